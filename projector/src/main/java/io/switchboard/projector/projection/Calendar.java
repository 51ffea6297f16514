package io.switchboard.projector.projection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as the tables hold them: UTC, microseconds, years 1 to 9999 (what RFC 3339 can write and Postgres can keep). */
final class Calendar {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Calendar() {}

    /** A time that the tables cannot hold. */
    static final class OutOfRange extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfRange() {
            super("a time beyond the calendar", null, false, false);
        }
    }

    static boolean holds(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The column's value; throws {@link OutOfRange}. */
    static @Nullable OffsetDateTime column(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        if (!holds(time)) {
            throw new OutOfRange();
        }
        return micros(time).atOffset(ZoneOffset.UTC);
    }
}
