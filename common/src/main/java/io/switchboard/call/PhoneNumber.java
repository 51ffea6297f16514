package io.switchboard.call;

/** Numbers as people and systems write them: with or without plus, country code, brackets and blanks. */
final class PhoneNumber {
    private static final int NORTH_AMERICAN_DIGITS = 11;

    private PhoneNumber() {}

    /** Whether the text has digits at all: names of widgets and words such as "anonymous" have none. */
    static boolean hasDigits(String text) {
        return text.chars().anyMatch(PhoneNumber::isDigit);
    }

    /** Whether two texts write the same number: the same digits, the leading 1 of North America aside. */
    static boolean areSame(String a, String b) {
        return a.equals(b) || (hasDigits(a) && digits(a).equals(digits(b)));
    }

    private static String digits(String text) {
        var digits = text.chars()
                .filter(PhoneNumber::isDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return digits.length() == NORTH_AMERICAN_DIGITS && digits.startsWith("1") ? digits.substring(1) : digits;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
