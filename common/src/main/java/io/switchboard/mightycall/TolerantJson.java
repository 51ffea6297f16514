package io.switchboard.mightycall;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;

/**
 * The JSON that is accepted from the provider: trailing commas and unescaped control characters too, numbers and strings
 * of any length (whoever wants one bounds it), because what nobody needs must not make an event unreadable.
 */
public final class TolerantJson {

    /** How deep an event may nest; deeper ones are not read. */
    public static final int MAX_EVENT_DEPTH = 64;

    /** How deep the parser follows at all, so that one event of an array may be too deep and the others not. */
    private static final int MAX_PARSER_DEPTH = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_PARSER_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final int ENCODING_PROBE = 4;

    private TolerantJson() {}

    /** Opens a parser on UTF-8 text that starts here. */
    public static JsonParser parser(byte[] bytes, int start) throws IOException {
        // The parser would take text with a NUL among its first bytes for UTF-16 and so read what nobody redacted.
        for (var i = start; i < Math.min(bytes.length, start + ENCODING_PROBE); i++) {
            if (bytes[i] == 0) {
                throw new IOException("not UTF-8 text");
            }
        }
        return FACTORY.createParser(bytes, start, bytes.length - start);
    }

    /** Fails when anything but white space follows the document that was read. */
    public static void expectEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new IOException("more after the end");
        }
    }

    /** Where the text starts, after a byte order mark and white space; the length when there is none. */
    public static int startOfText(byte[] bytes) {
        var i = startsWithByteOrderMark(bytes) ? 3 : 0;
        while (i < bytes.length && (bytes[i] == ' ' || (bytes[i] >= '\t' && bytes[i] <= '\r'))) {
            i++;
        }
        return i;
    }

    private static boolean startsWithByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }
}
