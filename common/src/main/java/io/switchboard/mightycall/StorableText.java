package io.switchboard.mightycall;

import org.jspecify.annotations.Nullable;

/**
 * Text that every store takes: NUL and lone surrogates, which Postgres refuses, become visible as {@code \}{@code u0000}
 * and {@code \}{@code ud800}, and what is too long is cut.
 */
final class StorableText {

    private StorableText() {}

    /** The text cut to so many characters, then made visible; null stays null. */
    static @Nullable String ofNullable(@Nullable String text, int maxLength) {
        return text == null ? null : of(text, maxLength);
    }

    static String of(String text, int maxLength) {
        var end = Math.min(text.length(), maxLength);
        if (end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))) {
            end--;
        }
        for (var i = 0; i < end; i++) {
            if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
                return visible(text, end);
            }
        }
        return text.substring(0, end);
    }

    private static String visible(String text, int end) {
        var storable = new StringBuilder(end + 16);
        var i = 0;
        while (i < end) {
            var codePoint = text.codePointAt(i);
            var length = i + 1 < end ? Character.charCount(codePoint) : 1;
            if (length == 2) {
                storable.appendCodePoint(codePoint);
            } else if (codePoint == 0 || Character.isSurrogate(text.charAt(i))) {
                storable.append(String.format("\\u%04x", (int) text.charAt(i)));
            } else {
                storable.append(text.charAt(i));
            }
            i += length;
        }
        return storable.toString();
    }
}
