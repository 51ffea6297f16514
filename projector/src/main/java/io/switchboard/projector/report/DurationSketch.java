package io.switchboard.projector.report;

import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often durations fell into each of the {@link DurationCells}: what percentiles of many hours are computed from without
 * averaging percentiles. Two sketches add up, and what was added can be taken away again. Not safe for several threads.
 *
 * <pre>
 *   encoded:  ( cell  varint | count  zigzag varint )*
 * </pre>
 *
 * <p>Encodings one behind the other are the encoding of the sum: a database adds sketches up by concatenation. Only
 * {@link #encode} makes each cell stand once.
 */
public final class DurationSketch {
    private final SortedMap<Integer, Long> counts = new TreeMap<>();

    /** The sum of all sketches in the bytes. */
    public static DurationSketch decode(byte[] encoded) {
        var sketch = new DurationSketch();
        var reader = new Varints(encoded);
        while (reader.hasMore()) {
            sketch.move(Math.toIntExact(reader.next()), zag(reader.next()));
        }
        return sketch;
    }

    public byte[] encode() {
        var bytes = new ByteArrayOutputStream(counts.size() * 3);
        counts.forEach((cell, count) -> {
            Varints.write(bytes, cell);
            Varints.write(bytes, zig(count));
        });
        return bytes.toByteArray();
    }

    /**
     * Adds a duration, or takes it away.
     *
     * @param times how often; negative to take away
     */
    public void add(long micros, long times) {
        move(DurationCells.of(micros), times);
    }

    public void add(DurationSketch other) {
        other.counts.forEach(this::move);
    }

    public void subtract(DurationSketch other) {
        other.counts.forEach((cell, count) -> move(cell, -count));
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many lasted no longer than this; exact where {@link #isExactAt}. */
    public long countUpTo(long micros) {
        return counts.headMap(DurationCells.of(micros) + 1).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Whether {@link #countUpTo} is exact for this duration. */
    public static boolean isExactAt(long micros) {
        return DurationCells.isBoundary(micros);
    }

    /**
     * The duration that this share of them does not exceed, in microseconds: the middle of the cell in which it lies.
     *
     * @param share between 0 and 1
     * @throws IllegalStateException when it is empty
     */
    public long quantile(double share) {
        var wanted = Math.max(1, (long) Math.ceil(share * count()));
        for (var cell : counts.entrySet()) {
            wanted -= cell.getValue();
            if (wanted <= 0) {
                return DurationCells.middle(cell.getKey());
            }
        }
        throw new IllegalStateException("nothing was counted");
    }

    private void move(int cell, long times) {
        if (cell < 0 || cell >= DurationCells.COUNT) {
            throw new IllegalArgumentException("no such cell: " + cell);
        }
        if (times != 0) {
            counts.merge(cell, times, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    private static long zig(long count) {
        return (count << 1) ^ (count >> 63);
    }

    private static long zag(long coded) {
        return (coded >>> 1) ^ -(coded & 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DurationSketch sketch && sketch.counts.equals(counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return "DurationSketch" + counts;
    }
}
