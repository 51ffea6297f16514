package io.switchboard.mightycall;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads the provider's times: ISO 8601 with 0 to 9 fraction digits and {@code Z}, an offset or neither (which means UTC),
 * or a date alone. Kept to 100 ns, the provider's own precision.
 */
public final class ProviderTime {
    private static final int EARLIEST_YEAR = 1970;
    private static final int LATEST_YEAR = 2199;
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int MAX_LENGTH = SECONDS_LENGTH + 1 + MAX_FRACTION_DIGITS + 6;

    private ProviderTime() {}

    /** Reads a time between 1970 and 2199; null for everything else. Never throws. */
    public static @Nullable Instant parse(String text) {
        var time = text.strip();
        if (time.length() < DATE_LENGTH || time.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return read(time);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Instant read(String text) {
        var date = date(text);
        if (date == null) {
            return null;
        }
        if (text.length() == DATE_LENGTH) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        var time = text.length() < SECONDS_LENGTH || !isDateTimeSeparator(text.charAt(DATE_LENGTH)) ? null : time(text);
        if (time == null) {
            return null;
        }
        var afterFraction = endOfFraction(text);
        var offset = afterFraction < 0 ? null : offset(text.substring(afterFraction));
        return offset == null ? null : date.atTime(time).toInstant(offset);
    }

    private static @Nullable LocalDate date(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        var year = number(text, 0, 4);
        if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
            return null;
        }
        return LocalDate.of(year, number(text, 5, 7), number(text, 8, 10));
    }

    private static @Nullable LocalTime time(String text) {
        if (text.charAt(13) != ':' || text.charAt(16) != ':') {
            return null;
        }
        return LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19), nanos(text));
    }

    private static boolean isDateTimeSeparator(char character) {
        return character == 'T' || character == 't' || character == ' ';
    }

    /** Where the fraction (absent, empty or at most nine digits) ends; -1 when it is longer. */
    private static int endOfFraction(String text) {
        if (text.length() == SECONDS_LENGTH || text.charAt(SECONDS_LENGTH) != '.') {
            return SECONDS_LENGTH;
        }
        var end = SECONDS_LENGTH + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end - SECONDS_LENGTH - 1 > MAX_FRACTION_DIGITS ? -1 : end;
    }

    private static int nanos(String text) {
        var end = Math.min(endOfFraction(text), SECONDS_LENGTH + 1 + 7);
        var ticks = 0;
        for (var i = SECONDS_LENGTH + 1; i < SECONDS_LENGTH + 1 + 7; i++) {
            ticks = ticks * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return ticks * 100;
    }

    private static @Nullable ZoneOffset offset(String text) {
        if (text.isEmpty() || text.equals("Z") || text.equals("z")) {
            return ZoneOffset.UTC;
        }
        var sign = text.charAt(0);
        if (text.length() != 6 || text.charAt(3) != ':' || (sign != '+' && sign != '-')) {
            return null;
        }
        var minutes = number(text, 1, 3) * 60 + number(text, 4, 6);
        if (number(text, 4, 6) > 59) {
            return null;
        }
        return ZoneOffset.ofTotalSeconds((sign == '-' ? -minutes : minutes) * 60);
    }

    private static int number(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                throw new NumberFormatException("not a digit");
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
