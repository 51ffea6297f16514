package io.switchboard.projector.api.access;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of clients are shown. Masked, a number of ten and more digits keeps its first four and last two
 * ({@code +1312•••••17}), one of five to nine its last two; shorter ones and the names of widgets are not personal.
 */
public enum Masking {
    PLAIN,
    MASKED;

    private static final int LONG_NUMBER = 10;
    private static final int SHORT_NUMBER = 5;
    private static final int KEPT_IN_FRONT = 4;
    private static final int KEPT_AT_THE_END = 2;

    /** A whole text that is a number in some writing. */
    private static final Pattern NUMBER = Pattern.compile("\\s*\\+?[\\d\\s().\\-/]*\\d[\\s)]*");

    /** A number inside other text, such as a caller's name that is a number. */
    private static final Pattern NUMBER_WITHIN = Pattern.compile("\\+?\\(?\\d(?:[\\s().\\-/]{0,2}\\d){4,}");

    /** An address of a call: a number in some writing, or the name of a widget, which stays. */
    public @Nullable String address(@Nullable String address) {
        return this == PLAIN || address == null || !NUMBER.matcher(address).matches() ? address : masked(address);
    }

    /** Free text that may hold a number, such as the name a caller's line presents. */
    public @Nullable String text(@Nullable String text) {
        if (this == PLAIN || text == null) {
            return text;
        }
        return NUMBER_WITHIN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(masked(found.group())));
    }

    /** What a person wrote, said or is called: not shown at all to roles that see masked numbers. */
    public @Nullable String personal(@Nullable String text) {
        return this == PLAIN ? text : null;
    }

    private static String masked(String number) {
        var digits = number.replaceAll("\\D", "");
        if (digits.length() < SHORT_NUMBER) {
            return number;
        }
        var front = digits.length() >= LONG_NUMBER ? KEPT_IN_FRONT : 0;
        var hidden = digits.length() - front - KEPT_AT_THE_END;
        return (number.strip().startsWith("+") ? "+" : "")
                + digits.substring(0, front)
                + "•".repeat(hidden)
                + digits.substring(digits.length() - KEPT_AT_THE_END);
    }
}
