package io.switchboard.mightycall;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of the provider's records are read, whatever the record: texts bounded and storable, words by closed
 * tables, durations by the unit of the field and never by the size of the number. What cannot be read is null.
 */
final class RecordFields {
    /** A name, a number, a label. */
    static final int SHORT_TEXT = 512;

    /** What people write or say: a message, a comment, a transcript. */
    static final int LONG_TEXT = 16_384;

    static final int MOST_ITEMS = 100;

    private static final int MAX_DURATION_LENGTH = 18;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";

    private RecordFields() {}

    static @Nullable String text(LooseObject object, String name) {
        return StorableText.ofNullable(object.text(name), SHORT_TEXT);
    }

    static @Nullable String longText(LooseObject object, String name) {
        return StorableText.ofNullable(object.text(name), LONG_TEXT);
    }

    static List<String> texts(LooseObject object, String name) {
        return object.texts(name).stream()
                .limit(MOST_ITEMS)
                .map(text -> StorableText.of(text, SHORT_TEXT))
                .toList();
    }

    /** The objects of a list, no more than anybody needs. */
    static Stream<LooseObject> objects(LooseObject object, String name) {
        return object.objects(name).stream().limit(MOST_ITEMS);
    }

    /** A word of a closed table: compared without case and without what stands between its parts. */
    static @Nullable String word(LooseObject object, String name, Map<String, String> table) {
        var text = object.text(name);
        return text == null ? null : table.get(squeezed(text));
    }

    /** A closed table of words that mean themselves. */
    static Map<String, String> table(String... words) {
        return Stream.of(words).collect(Collectors.toUnmodifiableMap(RecordFields::squeezed, word -> word));
    }

    static @Nullable Boolean truth(LooseObject object, String name) {
        var text = object.text(name);
        if ("true".equalsIgnoreCase(text)) {
            return Boolean.TRUE;
        }
        return "false".equalsIgnoreCase(text) ? Boolean.FALSE : null;
    }

    static @Nullable Instant time(LooseObject object, String name) {
        var text = object.text(name);
        return text == null ? null : ProviderTime.parse(text);
    }

    static @Nullable Long number(LooseObject object, String name) {
        var text = object.text(name);
        return text != null && isNumber(text) ? Long.valueOf(text) : null;
    }

    /** Whole seconds, however many. */
    static @Nullable Duration seconds(LooseObject object, String name) {
        var number = number(object, name);
        return number == null || number > LONGEST.toSeconds() ? null : Duration.ofSeconds(number);
    }

    /** {@code hh:mm:ss}, the hours perhaps more than a day of them. */
    static @Nullable Duration clock(LooseObject object, String name) {
        var text = object.text(name);
        var parts = text == null ? new String[0] : text.split(":", -1);
        if (parts.length != 3 || !Stream.of(parts).allMatch(RecordFields::isClockPart)) {
            return null;
        }
        var minutes = Integer.parseInt(parts[1]);
        var seconds = Integer.parseInt(parts[2]);
        var duration = Duration.ofHours(Integer.parseInt(parts[0]))
                .plusMinutes(minutes)
                .plusSeconds(seconds);
        return minutes > 59 || seconds > 59 || duration.compareTo(LONGEST) > 0 ? null : duration;
    }

    /** A GUID in lower case; null for other texts and for the one that the provider puts where it has none. */
    static @Nullable String guid(LooseObject object, String name) {
        var text = object.text(name);
        if (text == null || !CallIds.isGuid(text) || text.equals(NO_GUID)) {
            return null;
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isClockPart(String text) {
        return text.length() <= 4 && isNumber(text);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DURATION_LENGTH
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static String squeezed(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    }
}
