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
    private static final byte MASK = '*';

    /** Strings inside strings are followed five deep, so that a body of backslashes costs no more than any other. */
    private static final int MAX_LEVEL = 31;

    private final byte[] bytes;
    private final JsonBytes json;
    private final List<String> found = new ArrayList<>(1);

    private ApiKeyRedaction(byte[] bytes) {
        this.bytes = bytes;
        this.json = new JsonBytes(bytes);
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
                if (afterName != JsonBytes.NOT_HERE) {
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
        if (afterName == JsonBytes.NOT_HERE) {
            return;
        }
        var level = json.backslashesBefore(openingQuote);
        if (level > MAX_LEVEL) {
            return;
        }
        var afterQuote = json.afterQuote(json.skipSpace(afterName, level), level);
        if (afterQuote == JsonBytes.NOT_HERE) {
            return;
        }
        var colon = json.skipSpace(afterQuote, level);
        if (json.at(colon) == ':') {
            redactValue(json.skipSpace(colon + 1, level), level);
        }
    }

    /** Where the name that starts here ends, each letter in either case, plain or escaped. */
    private int afterName(int start) {
        var i = start;
        for (var letter : NAME) {
            while (json.at(i) == 0) { // the other half of a UTF-16 character
                i++;
            }
            if ((json.at(i) | 0x20) == letter) {
                i++;
            } else {
                i = afterEscaped(i, letter);
                if (i == JsonBytes.NOT_HERE) {
                    return JsonBytes.NOT_HERE;
                }
            }
        }
        return i;
    }

    private int afterEscaped(int start, byte letter) {
        var i = start;
        while (json.at(i) == '\\' && i - start <= MAX_LEVEL) {
            i++;
        }
        if (i == start || json.at(i) != 'u' || i + 4 >= bytes.length) {
            return JsonBytes.NOT_HERE;
        }
        return (json.hex(i + 1, 4) | 0x20) == letter ? i + 5 : JsonBytes.NOT_HERE;
    }

    private void redactValue(int start, int level) {
        var afterQuote = json.afterQuote(start, level);
        if (afterQuote != JsonBytes.NOT_HERE) {
            var end = json.endOfString(afterQuote, level);
            remember(afterQuote, end, level);
            mask(afterQuote, end);
        } else if (json.at(start) == '{' || json.at(start) == '[') {
            redactStructure(start, level);
        } else {
            var end = json.endOfScalar(start);
            remember(start, end, level);
            maskScalar(start, end, level);
        }
    }

    private void redactStructure(int start, int level) {
        var depth = 0;
        var i = start;
        do {
            var b = json.at(i);
            var afterQuote = json.afterQuote(i, level);
            if (afterQuote != JsonBytes.NOT_HERE) {
                var end = json.endOfString(afterQuote, level);
                mask(afterQuote, end);
                i = end + level + 1;
            } else if (JsonBytes.isScalarByte(b)) {
                var end = json.endOfScalar(i);
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
        while (i < bytes.length && !JsonBytes.isWordByte(json.at(i)) && json.at(i) != MASK) {
            quote = json.at(i) == 0 || json.at(i) == '\\' ? quote : JsonBytes.isQuote(json.at(i)) ? json.at(i) : 0;
            i += json.isPercentEncoded(i) ? 3 : 1;
        }
        if (quote != 0) {
            while (i < bytes.length && json.at(i) != quote) {
                maskByte(i++);
            }
            i++;
        }
        // Unquoted, or something stands between the closing quote and the next delimiter: part of a broken value.
        while (i < bytes.length && !JsonBytes.isDelimiter(json.at(i))) {
            maskByte(i++);
        }
    }

    private void remember(int start, int end, int level) {
        if (level > 0 || start >= end || json.isNull(start, end)) {
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
        if (start >= end || json.isNull(start, end)) {
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
}
