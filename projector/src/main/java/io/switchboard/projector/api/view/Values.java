package io.switchboard.projector.api.view;

import io.switchboard.projector.api.query.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How instants and durations stand in JSON. */
final class Values {
    private static final double NANOS = 1e9;

    private Values() {}

    static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : written(instant);
    }

    static String written(Instant instant) {
        return Timestamps.format(instant);
    }

    static @Nullable Double seconds(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        var micros = duration.truncatedTo(ChronoUnit.MICROS);
        return micros.getSeconds() + micros.getNano() / NANOS;
    }
}
