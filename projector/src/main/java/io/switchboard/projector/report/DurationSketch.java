package io.switchboard.projector.report;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

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
    private static final long[] NOTHING = {};

    /** Of the cells from {@link #first} on: a call has one or two of them, an hour some hundred. */
    private long[] counts = NOTHING;

    private int first;

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
        var bytes = new ByteArrayOutputStream(counts.length * 3);
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                Varints.write(bytes, first + i);
                Varints.write(bytes, zig(counts[i]));
            }
        }
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
        add(other, 1);
    }

    public void subtract(DurationSketch other) {
        add(other, -1);
    }

    void add(DurationSketch other, int times) {
        for (var i = 0; i < other.counts.length; i++) {
            move(other.first + i, times * other.counts[i]);
        }
    }

    public boolean isEmpty() {
        return Arrays.stream(counts).allMatch(count -> count == 0);
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** How many lasted no longer than this; exact where {@link #isExactAt}. */
    public long countUpTo(long micros) {
        var cells = Math.clamp(DurationCells.of(micros) + 1 - first, 0, counts.length);
        return Arrays.stream(counts, 0, cells).sum();
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
        for (var i = 0; i < counts.length; i++) {
            wanted -= counts[i];
            if (wanted <= 0) {
                return DurationCells.middle(first + i);
            }
        }
        throw new IllegalStateException("nothing was counted");
    }

    private void move(int cell, long times) {
        if (cell < 0 || cell >= DurationCells.COUNT) {
            throw new IllegalArgumentException("no such cell: " + cell);
        }
        if (times != 0) {
            makeRoom(cell);
            counts[cell - first] += times;
        }
    }

    private void makeRoom(int cell) {
        var length = counts.length;
        if (length == 0) {
            first = cell;
            counts = new long[1];
        } else if (cell < first) {
            var from = Math.max(0, Math.min(cell, first - length / 2));
            var wider = new long[first + length - from];
            System.arraycopy(counts, 0, wider, first - from, length);
            first = from;
            counts = wider;
        } else if (cell - first >= length) {
            counts = Arrays.copyOf(
                    counts, Math.min(DurationCells.COUNT - first, Math.max(cell - first + 1, length + length / 2)));
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
        return other instanceof DurationSketch sketch && Arrays.equals(sketch.encode(), encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        var text = new StringBuilder("DurationSketch");
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                text.append(' ').append(first + i).append('=').append(counts[i]);
            }
        }
        return text.toString();
    }
}
