package io.switchboard.projector.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls at the same time.
 *
 * @param peak the most at any instant
 * @param peakAt the first instant at which there were so many; null when there were none
 * @param micros what all of them lasted within the bucket, in microseconds
 */
public record Load(Bucket bucket, long peak, @Nullable Instant peakAt, long micros) {

    /** The load of all of a range from those of its buckets: the first of the highest peaks. */
    public static Load over(Bucket range, List<Load> buckets) {
        var highest = buckets.stream()
                .max(Comparator.comparingLong(Load::peak))
                .map(Load::peak)
                .orElse(0L);
        return new Load(
                range,
                highest,
                buckets.stream()
                        .filter(load -> load.peak == highest)
                        .findFirst()
                        .map(Load::peakAt)
                        .orElse(null),
                buckets.stream().mapToLong(Load::micros).sum());
    }

    /** The mean number of calls at the same time: erlangs. */
    public double mean() {
        return micros / (bucket.length().toNanos() / 1e3);
    }
}
