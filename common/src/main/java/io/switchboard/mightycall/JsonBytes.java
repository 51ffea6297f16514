package io.switchboard.mightycall;

/**
 * JSON as bytes that may be broken: where its strings and scalars end, as far as that can be said without a parser.
 *
 * <p>A <em>level</em> is the number of backslashes before a quote: 0 in a document, 1 in a document that is the text of a
 * string, 3 one string deeper.
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record JsonBytes(byte[] bytes) {
    static final int NOT_HERE = -1;

    boolean isNull(int start, int end) {
        return end - start == 4
                && bytes[start] == 'n'
                && bytes[start + 1] == 'u'
                && bytes[start + 2] == 'l'
                && bytes[start + 3] == 'l';
    }

    /** The position after {@code level} backslashes and a quote, when they stand here. */
    int afterQuote(int start, int level) {
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
    int endOfString(int start, int level) {
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

    int endOfScalar(int start) {
        var i = start;
        while (i < bytes.length && isScalarByte(bytes[i])) {
            i++;
        }
        return i;
    }

    int skipSpace(int start, int level) {
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

    int backslashesBefore(int position) {
        var i = position;
        while (i > 0 && bytes[i - 1] == '\\') {
            i--;
        }
        return position - i;
    }

    boolean isPercentEncoded(int i) {
        return at(i) == '%' && i + 2 < bytes.length && hex(i + 1, 2) >= 0;
    }

    /** The value of some hexadecimal digits; negative when they are not. */
    int hex(int start, int digits) {
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
    int at(int i) {
        return i < bytes.length ? bytes[i] & 0xff : -1;
    }

    static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    static boolean isQuote(int b) {
        return b == '"' || b == '\'';
    }

    static boolean isDelimiter(int b) {
        return b == ',' || b == '}' || b == ']' || b == '&' || b == '\n';
    }

    static boolean isScalarByte(int b) {
        return !isSpace(b) && !isDelimiter(b) && b != '{' && b != '[' && b != '"' && b != '\\' && b != ':';
    }

    static boolean isWordByte(int b) {
        return b >= 0x80 || Character.isLetterOrDigit(b);
    }
}
