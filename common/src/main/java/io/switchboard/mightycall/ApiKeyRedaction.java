package io.switchboard.mightycall;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Overwrites the value of every {@code ApiKey} in a body, in place and without changing its length.
 *
 * <p>It works on bytes, not on tokens, because a body that no parser accepts holds the credential too. There are two
 * passes:
 *
 * <ul>
 *   <li><em>strict</em>, on every body: the quoted name, a colon, a value. On valid JSON it meets exactly the members of
 *       that name and leaves valid JSON behind. The name may be escaped and may stand in JSON that is itself the text of
 *       a string ({@code \"ApiKey\"}); then the quotes around the value carry as many backslashes as those around the
 *       name.
 *   <li><em>loose</em>, only on bodies that could not be parsed: the name anywhere, and whatever seems to be its value.
 *       There it is better to overwrite too much.
 * </ul>
 *
 * A string keeps its quotes, its content becomes asterisks. Another scalar becomes a string of asterisks, or {@code 0}
 * when it has one byte. {@code null} says nothing and stays. Of an object or array every scalar and name is overwritten.
 */
final class ApiKeyRedaction {
    private static final byte[] NAME = "apikey".getBytes(StandardCharsets.US_ASCII);
    private static final int NOT_HERE = -1;
    private static final byte MASK = '*';

    private final byte[] bytes;
    private final List<String> found = new ArrayList<>(1);

    private ApiKeyRedaction(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The strict pass; returns the different keys found. */
    static List<String> strict(byte[] bytes) {
        var redaction = new ApiKeyRedaction(bytes);
        for (var i = 0; i < bytes.length - NAME.length; i++) {
            if (bytes[i] == '"' && mayStartName(bytes[i + 1])) {
                redaction.redactMember(i);
            }
        }
        return redaction.found;
    }

    /** The loose pass: additionally whatever follows the name, quoted or not. */
    static void loose(byte[] bytes) {
        var redaction = new ApiKeyRedaction(bytes);
        for (var i = 0; i <= bytes.length - NAME.length; i++) {
            if (mayStartName(bytes[i])) {
                var afterName = redaction.afterName(i);
                if (afterName != NOT_HERE) {
                    redaction.redactWhatFollows(afterName);
                }
            }
        }
    }

    private static boolean mayStartName(byte b) {
        return (b | 0x20) == 'a' || b == '\\';
    }

    private void redactMember(int openingQuote) {
        var afterName = afterName(openingQuote + 1);
        if (afterName == NOT_HERE) {
            return;
        }
        var level = backslashesBefore(openingQuote);
        var afterQuote = afterQuote(skipSpace(afterName, level), level);
        if (afterQuote == NOT_HERE) {
            return;
        }
        var colon = skipSpace(afterQuote, level);
        if (at(colon) == ':') {
            redactValue(skipSpace(colon + 1, level), level);
        }
    }

    /** Where the name that starts here ends, each letter in either case, plain or escaped. */
    private int afterName(int start) {
        var i = start;
        for (var letter : NAME) {
            while (at(i) == 0) { // the other half of a UTF-16 character
                i++;
            }
            if ((at(i) | 0x20) == letter) {
                i++;
            } else {
                i = afterEscaped(i, letter);
                if (i == NOT_HERE) {
                    return NOT_HERE;
                }
            }
        }
        return i;
    }

    private int afterEscaped(int start, byte letter) {
        var i = start;
        while (at(i) == '\\') {
            i++;
        }
        if (i == start || at(i) != 'u' || i + 4 >= bytes.length) {
            return NOT_HERE;
        }
        return (hex(i + 1, 4) | 0x20) == letter ? i + 5 : NOT_HERE;
    }

    private void redactValue(int start, int level) {
        var afterQuote = afterQuote(start, level);
        if (afterQuote != NOT_HERE) {
            var end = endOfString(afterQuote, level);
            remember(afterQuote, end, level);
            mask(afterQuote, end);
        } else if (at(start) == '{' || at(start) == '[') {
            redactStructure(start, level);
        } else {
            var end = endOfScalar(start);
            remember(start, end, level);
            maskScalar(start, end, level);
        }
    }

    private void redactStructure(int start, int level) {
        var depth = 0;
        var i = start;
        do {
            var b = at(i);
            var afterQuote = afterQuote(i, level);
            if (afterQuote != NOT_HERE) {
                var end = endOfString(afterQuote, level);
                mask(afterQuote, end);
                i = end + level + 1;
            } else if (isScalarByte(b)) {
                var end = endOfScalar(i);
                maskScalar(i, end, level);
                i = end;
            } else {
                depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
                i++;
            }
        } while (depth > 0 && i < bytes.length);
    }

    private void redactWhatFollows(int afterName) {
        var i = afterName;
        var quote = 0;
        while (i < bytes.length && !isWordByte(at(i)) && at(i) != MASK) {
            quote = at(i) == 0 || at(i) == '\\' ? quote : isQuote(at(i)) ? at(i) : 0;
            i += isPercentEncoded(i) ? 3 : 1;
        }
        if (quote != 0) {
            while (i < bytes.length && at(i) != quote) {
                maskByte(i++);
            }
            i++;
        }
        // Unquoted, or something stands between the closing quote and the next delimiter: part of a broken value.
        while (i < bytes.length && !isDelimiter(at(i))) {
            maskByte(i++);
        }
    }

    private void remember(int start, int end, int level) {
        if (level > 0 || start >= end || isNull(start, end)) {
            return;
        }
        var text = JsonText.unescape(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        if (!found.contains(text)) {
            found.add(text);
        }
    }

    private void mask(int start, int end) {
        for (var i = start; i < end; i++) {
            bytes[i] = MASK;
        }
    }

    private void maskByte(int i) {
        if (bytes[i] != 0) {
            bytes[i] = MASK;
        }
    }

    private void maskScalar(int start, int end, int level) {
        if (start >= end || isNull(start, end)) {
            return;
        }
        if (level > 0) {
            mask(start, end);
        } else if (end - start == 1) {
            bytes[start] = '0';
        } else {
            mask(start, end);
            bytes[start] = '"';
            bytes[end - 1] = '"';
        }
    }

    private boolean isNull(int start, int end) {
        return end - start == 4
                && bytes[start] == 'n'
                && bytes[start + 1] == 'u'
                && bytes[start + 2] == 'l'
                && bytes[start + 3] == 'l';
    }

    /** The position after {@code level} backslashes and a quote, when they stand here. */
    private int afterQuote(int start, int level) {
        for (var i = 0; i < level; i++) {
            if (at(start + i) != '\\') {
                return NOT_HERE;
            }
        }
        return at(start + level) == '"' ? start + level + 1 : NOT_HERE;
    }

    /**
     * Where the content of a string ends: before the backslashes of its closing quote. A quote at a deeper level has more
     * of them, and an even number of them closes the outermost string whatever the level. Without any, the end.
     */
    private int endOfString(int start, int level) {
        for (var i = start; i < bytes.length; i++) {
            if (bytes[i] == '"') {
                var backslashes = Math.min(backslashesBefore(i), i - start);
                if (backslashes % 2 == 0) {
                    return i;
                }
                if (backslashes <= level || (backslashes - level) % (2 * (level + 1)) == 0) {
                    return i - Math.min(backslashes, level);
                }
            }
        }
        return bytes.length;
    }

    private int endOfScalar(int start) {
        var i = start;
        while (i < bytes.length && isScalarByte(bytes[i])) {
            i++;
        }
        return i;
    }

    private int skipSpace(int start, int level) {
        var i = start;
        while (true) {
            if (isSpace(at(i))) {
                i++;
            } else if (level > 0 && at(i) == '\\' && (at(i + 1) == 'n' || at(i + 1) == 'r' || at(i + 1) == 't')) {
                i += 2;
            } else {
                return i;
            }
        }
    }

    private int backslashesBefore(int position) {
        var i = position;
        while (i > 0 && bytes[i - 1] == '\\') {
            i--;
        }
        return position - i;
    }

    private boolean isPercentEncoded(int i) {
        return at(i) == '%' && i + 2 < bytes.length && hex(i + 1, 2) >= 0;
    }

    /** The value of some hexadecimal digits; negative when they are not. */
    private int hex(int start, int digits) {
        var value = 0;
        for (var i = start; i < start + digits; i++) {
            var digit = Character.digit(at(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    /** The byte here as an unsigned number; -1 beyond the end. */
    private int at(int i) {
        return i < bytes.length ? bytes[i] & 0xff : -1;
    }

    private static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isQuote(int b) {
        return b == '"' || b == '\'';
    }

    private static boolean isDelimiter(int b) {
        return b == ',' || b == '}' || b == ']' || b == '&' || b == '\n';
    }

    private static boolean isScalarByte(int b) {
        return !isSpace(b) && !isDelimiter(b) && b != '{' && b != '[' && b != '"' && b != '\\' && b != ':';
    }

    private static boolean isWordByte(int b) {
        return b >= 0x80 || Character.isLetterOrDigit(b);
    }
}
