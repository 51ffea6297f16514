package io.switchboard.simulator.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * When the windows begin in which requests are counted.
 *
 * @param time of day (UTC) at which they begin; null: with the first request after the last one ended
 */
public record Anchor(@Nullable LocalTime time) {
    public static final String TAKES = "first-request, midnight, or a time of day in UTC such as 07:30";

    public static final Anchor FIRST_REQUEST = new Anchor(null);

    /** @throws IllegalArgumentException when it is none */
    public static Anchor of(String word) {
        return switch (word) {
            case "first-request" -> FIRST_REQUEST;
            case "midnight" -> new Anchor(LocalTime.MIDNIGHT);
            default -> at(word);
        };
    }

    /** The window's beginning when one is to begin at {@code now} or was running already. */
    Instant windowStart(Instant now, Duration length) {
        if (time == null) {
            return now;
        }
        var since = now.getEpochSecond() - time.toSecondOfDay();
        return Instant.ofEpochSecond(now.getEpochSecond() - Math.floorMod(since, length.toSeconds()));
    }

    @Override
    public String toString() {
        if (time == null) {
            return "first-request";
        }
        return time.equals(LocalTime.MIDNIGHT) ? "midnight" : time.toString();
    }

    private static Anchor at(String word) {
        try {
            return new Anchor(LocalTime.parse(word));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(TAKES, e);
        }
    }
}
