package io.switchboard.projector.api.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as clients write them (RFC 3339 with an offset) and as answers show them (RFC 3339 in UTC). */
public final class Timestamps {
    /** What a parameter that is a time takes. */
    public static final String TAKES = "an RFC 3339 time with its offset, such as 2026-03-09T17:00:00Z or"
            + " 2026-03-09T12:00:00-05:00 (write the + of an offset as %2B)";

    private static final Pattern RFC_3339 =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[Tt](\\d{2}:\\d{2}:\\d{2})(\\.\\d{1,18})?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final int FRACTION_KEPT = 10; // the point and nine digits
    private static final int NANOS_OF_MICRO = 1_000;

    private Timestamps() {}

    /** Reads a time; empty for everything else, a plain date too: it means another instant in every zone. */
    public static Optional<Instant> parse(String text) {
        var parts = RFC_3339.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var fraction = parts.group(3) == null ? "" : parts.group(3);
        var kept = fraction.substring(0, Math.min(fraction.length(), FRACTION_KEPT));
        try {
            return Optional.of(OffsetDateTime.parse(parts.group(1) + "T" + parts.group(2) + kept + parts.group(4))
                    .toInstant());
        } catch (DateTimeException e) { // the thirteenth month
            return Optional.empty();
        }
    }

    /**
     * The first microsecond that is not before the instant: tables count in microseconds, so that both {@code >=} and
     * {@code <} keep their meaning.
     */
    public static Instant ceilToMicros(Instant instant) {
        var floor = instant.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(instant) ? instant : floor.plusNanos(NANOS_OF_MICRO);
    }

    /** RFC 3339 in UTC with the digits that are there: none, milliseconds, or as many as are not zero. */
    public static String format(Instant instant) {
        var text = instant.toString();
        var end = text.length() - 1; // the Z
        var point = text.indexOf('.');
        var least = point + 4; // the point and three digits
        while (point > 0 && end > least && text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end) + "Z";
    }
}
