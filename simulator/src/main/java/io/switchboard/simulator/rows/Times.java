package io.switchboard.simulator.rows;

import io.switchboard.simulator.rows.RowSettings.Offset;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times are written. */
public final class Times {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** The provider's clock has seven digits. */
    private static final int NANOS_PER_TICK = 100;

    private static final int TICKS_PER_SECOND = 10_000_000;

    private Times() {}

    /** A time that is documented with {@code +00:00}. */
    public static String numeric(Instant instant, RowSettings form) {
        return text(instant, Offset.NUMERIC, form);
    }

    /** A time without an offset and without a fraction, whatever the switches say. */
    public static String bare(Instant instant) {
        return SECONDS.format(instant);
    }

    static String text(Instant instant, Offset documented, RowSettings form) {
        var fraction = fraction(instant, form);
        var offset = form.offset() == Offset.DOCUMENTED ? documented : form.offset();
        return SECONDS.format(instant) + (fraction.isEmpty() ? "" : "." + fraction) + offset.text();
    }

    private static String fraction(Instant instant, RowSettings form) {
        var ticks = Integer.toString(TICKS_PER_SECOND + instant.getNano() / NANOS_PER_TICK);
        var end = 1 + form.fractionDigits();
        while (form.trimZeros().on() && end > 1 && ticks.charAt(end - 1) == '0') {
            end--;
        }
        return ticks.substring(1, end);
    }
}
