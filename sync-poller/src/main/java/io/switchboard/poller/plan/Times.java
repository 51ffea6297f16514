package io.switchboard.poller.plan;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Arithmetic on times that come from outside and may be anything, without overflow. */
final class Times {
    static final Duration DAY = Duration.ofDays(1);

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    private Times() {}

    /** The time itself, or the nearest that can still be reckoned with. */
    static Instant sane(Instant time) {
        return min(max(time, EARLIEST), LATEST);
    }

    static @Nullable Instant saneOrNull(@Nullable Instant time) {
        return time == null ? null : sane(time);
    }

    static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    static Instant max(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    static Duration max(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Whether less than that lies between the two, whichever comes first: a clock may have been set back. */
    static boolean within(Duration distance, Instant a, Instant b) {
        return Duration.between(a, b).abs().compareTo(distance) < 0;
    }

    /** Twice as long with each failure, beginning with the first, at most the longest. */
    static Duration backOff(Duration first, Duration longest, int failures) {
        return min(longest, first.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20)));
    }
}
