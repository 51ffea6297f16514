package io.switchboard.projector.api.query;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number that the provider is to dial: as E.164 where it is written with its country, else its digits as they are, for
 * only the account's country says what they mean. Reads its tables from the class path: not for event loops.
 */
public final class DialledNumber {
    /** The words for a fault. */
    public static final String TAKES = "a phone number such as +13125550117, or 2 to 15 digits";

    private static final int LONGEST = 40;
    private static final Pattern WRITING = Pattern.compile("\\+?[\\d ().-]+");
    private static final Pattern DIGITS = Pattern.compile("\\d{2,15}");

    private DialledNumber() {}

    /** Whether the number is in service is for the provider to say; its length has to be possible. */
    public static Optional<String> parse(String text) {
        if (text.length() > LONGEST || !WRITING.matcher(text).matches()) {
            return Optional.empty();
        }
        if (text.startsWith("+")) {
            return international(text);
        }
        return Optional.of(text.replaceAll("\\D", ""))
                .filter(digits -> DIGITS.matcher(digits).matches());
    }

    private static Optional<String> international(String text) {
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(text, null);
            return numbers.isPossibleNumber(number)
                    ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) { // what is wrong may quote the number: it goes nowhere
            return Optional.empty();
        }
    }
}
