package io.switchboard.projector.report;

import org.jspecify.annotations.Nullable;

/**
 * How long things took.
 *
 * @param count how many are behind it
 * @param micros their sum, in microseconds
 * @param p50 the median in seconds, null of nothing; likewise the others
 */
public record Spread(
        long count,
        long micros,
        @Nullable Double p50,
        @Nullable Double p90,
        @Nullable Double p95) {

    /** Of nothing. */
    public static final Spread NONE = new Spread(0, 0, null, null, null);

    static Spread of(Durations durations) {
        if (durations.count() <= 0) {
            return NONE;
        }
        var sketch = durations.sketch();
        return new Spread(
                durations.count(),
                durations.micros(),
                sketch.quantile(0.5) / 1e6,
                sketch.quantile(0.9) / 1e6,
                sketch.quantile(0.95) / 1e6);
    }

    /** Counts and sums add up, percentiles do not: the sum has none. */
    Spread plus(Spread other) {
        return new Spread(count + other.count, micros + other.micros, null, null, null);
    }

    /** Seconds; null of nothing. */
    public @Nullable Double mean() {
        return count == 0 ? null : micros / 1e6 / count;
    }
}
