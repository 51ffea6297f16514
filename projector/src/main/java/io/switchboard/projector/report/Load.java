package io.switchboard.projector.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls at the same time.
 *
 * @param peak the most at any instant
 * @param peakAt the first instant at which there were so many; null when there were none
 * @param micros what all of them lasted within the bucket, in microseconds
 */
public record Load(Bucket bucket, long peak, @Nullable Instant peakAt, long micros) {

    /** The mean number of calls at the same time: erlangs. */
    public double mean() {
        return micros / (bucket.length().toNanos() / 1e3);
    }
}
