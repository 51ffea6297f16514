package io.switchboard.projector.projection;

import org.jspecify.annotations.Nullable;

/**
 * Text as Postgres can hold it: NUL becomes its picture (U+2400) and a lone surrogate the replacement character (U+FFFD),
 * so that both stay visible. The raw bytes stay in the log.
 */
final class PlainText {
    private static final char NUL_PICTURE = '\u2400';
    private static final char REPLACEMENT = '\ufffd';

    private PlainText() {}

    static String of(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text);
            }
        }
        return text;
    }

    static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** The first characters of a text that may be any length; never half a surrogate pair. */
    static String start(String text, int length) {
        return of(text.length() <= length ? text : text.substring(0, length));
    }

    private static String replaced(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == 0) {
                plain.append(NUL_PICTURE);
            } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                plain.append(REPLACEMENT);
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }
}
