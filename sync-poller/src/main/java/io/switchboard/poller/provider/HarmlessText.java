package io.switchboard.poller.provider;

import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The provider's own words as far as an operator may read them: short, without secrets, numbers and addresses. */
final class HarmlessText {
    private static final int MAX_CHARACTERS = 160;
    private static final String MASK = "…";

    /** Control characters and line separators would break a log line. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cf}]+");

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>'\"]+@[^\\s<>'\"]+");
    /** Ids, keys and tokens: long, with a digit somewhere. */
    private static final Pattern OPAQUE = Pattern.compile("(?=[\\w+/=-]*\\d)[\\w+/=-]{16,}");
    /** Five digits and more, however they are grouped. */
    private static final Pattern DIGITS = Pattern.compile("\\+?\\(?\\d(?:[\\s().-]{0,2}\\d){4,}");

    private HarmlessText() {}

    /** Null when nothing harmless is left. */
    static @Nullable String of(@Nullable String text, Collection<String> secrets) {
        if (text == null || text.length() > 4 * MAX_CHARACTERS) {
            return null;
        }
        var harmless = text;
        for (var secret : secrets) {
            harmless = secret.isEmpty() ? harmless : harmless.replace(secret, MASK);
        }
        for (var pattern : new Pattern[] {ADDRESS, OPAQUE, DIGITS}) {
            harmless = pattern.matcher(harmless).replaceAll(MASK);
        }
        harmless = UNPRINTABLE.matcher(harmless).replaceAll(" ").strip();
        return harmless.isEmpty() || harmless.length() > MAX_CHARACTERS ? null : harmless;
    }
}
