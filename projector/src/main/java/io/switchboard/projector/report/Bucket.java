package io.switchboard.projector.report;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time that calls are counted by: those that started at {@code start} or later and before {@code end}. A local
 * day has 23, 24 or 25 hours.
 */
public record Bucket(Instant start, Instant end) {
    public Bucket {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(start + " is not before " + end);
        }
    }

    public Duration length() {
        return Duration.between(start, end);
    }
}
