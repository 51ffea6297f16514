package io.switchboard.projector.api.query;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One way in which a stored number's digits can fit what a client wrote.
 *
 * @param digits what is compared
 * @param whole whether a stored number must be exactly these digits, or only end in them
 */
public record PhoneMatch(String digits, boolean whole) implements Comparable<PhoneMatch> {
    /** The fewest digits by which a client can be looked for. */
    public static final int FEWEST_DIGITS = 4;

    private static final int MOST_DIGITS = 20;
    private static final Pattern WRITING =
            Pattern.compile("(?:[tT][eE][lL]:)?[\\s\\u00a0]*\\+?[\\d\\s\\u00a0().\\-/\\u2010-\\u2015]*");

    /** Shortest numbers that are read as dialled abroad: behind {@code 00} and, from North America, {@code 011}. */
    private static final int SHORTEST_AFTER_00 = 10;

    private static final int SHORTEST_AFTER_011 = 13;
    private static final int SHORTEST_NATIONAL = 9;
    private static final int NORTH_AMERICAN = 11;

    @Override
    public int compareTo(PhoneMatch other) {
        return Comparator.comparing(PhoneMatch::digits)
                .thenComparing(PhoneMatch::whole)
                .compare(this, other);
    }

    /** The ways in which a number, in any writing, or its last digits can fit; empty when the text is neither. */
    public static Optional<Set<PhoneMatch>> parse(String text) {
        if (!WRITING.matcher(text).matches()) {
            return Optional.empty();
        }
        var digits = text.replace("(0)", "").replaceAll("[^0-9]", "");
        if (digits.length() < FEWEST_DIGITS || digits.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        var matches = new TreeSet<PhoneMatch>();
        international(text, digits)
                .ifPresentOrElse(number -> addWhole(matches, number), () -> addEnding(matches, digits));
        return Optional.of(matches);
    }

    private static Optional<String> international(String text, String digits) {
        if (text.contains("+")) {
            return Optional.of(digits);
        }
        if (digits.startsWith("00") && digits.length() >= SHORTEST_AFTER_00) {
            return Optional.of(digits.substring(2));
        }
        if (digits.startsWith("011") && digits.length() >= SHORTEST_AFTER_011) {
            return Optional.of(digits.substring(3));
        }
        return Optional.empty();
    }

    private static void addWhole(Set<PhoneMatch> matches, String number) {
        matches.add(new PhoneMatch(number, true));
        addWithoutCountry(matches, number);
    }

    private static void addEnding(Set<PhoneMatch> matches, String digits) {
        matches.add(new PhoneMatch(digits, false));
        if (digits.startsWith("0") && digits.length() >= SHORTEST_NATIONAL) {
            matches.add(new PhoneMatch(digits.substring(1), false)); // without the trunk prefix
        }
        addWithoutCountry(matches, digits);
    }

    // North American numbers are also stored without their country code.
    private static void addWithoutCountry(Set<PhoneMatch> matches, String number) {
        if (number.startsWith("1") && number.length() == NORTH_AMERICAN) {
            matches.add(new PhoneMatch(number.substring(1), true));
        }
    }

    /** The words for a fault. */
    public static String takes() {
        return String.join(
                " ",
                List.of(
                        "a phone number in any writing (such as %2B13125550117), or at least its last",
                        String.valueOf(FEWEST_DIGITS), "digits"));
    }
}
