package io.switchboard.mightycall;

/** The text of a JSON string found without a parser. */
final class JsonText {

    private JsonText() {}

    /** Resolves the escapes of a string's content; one that is not valid stays as it is. */
    static String unescape(String content) {
        if (content.indexOf('\\') < 0) {
            return content;
        }
        var text = new StringBuilder(content.length());
        var i = 0;
        while (i < content.length()) {
            var length = escapeLength(content, i);
            text.append(length == 1 ? content.charAt(i) : character(content, i));
            i += length;
        }
        return text.toString();
    }

    private static int escapeLength(String content, int at) {
        if (content.charAt(at) != '\\' || at + 1 == content.length()) {
            return 1;
        }
        if (content.charAt(at + 1) != 'u') {
            return "\"\\/bfnrt".indexOf(content.charAt(at + 1)) < 0 ? 1 : 2;
        }
        var end = at + 6;
        return end <= content.length()
                        && content.substring(at + 2, end).chars().allMatch(c -> Character.digit(c, 16) >= 0)
                ? 6
                : 1;
    }

    private static char character(String content, int at) {
        return switch (content.charAt(at + 1)) {
            case 'u' -> (char) Integer.parseInt(content, at + 2, at + 6, 16);
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> content.charAt(at + 1);
        };
    }
}
