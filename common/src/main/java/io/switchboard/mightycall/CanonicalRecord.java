package io.switchboard.mightycall;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for all JSON that says the same of a provider's record, so that a record has a new identity exactly when its
 * meaning has changed.
 *
 * <p>Members are sorted by their names in lower case; of one name in two cases the last counts. A member that is null or an
 * object without members is as good as absent, as the provider leaves out at will what it emits as null at other times; an
 * element of a list keeps its place. Numbers and strings stay as they are written. Of a link only scheme, host and path
 * count: what follows is signed anew on every read.
 */
public final class CanonicalRecord {
    /** A longer record says nothing that anybody stores. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Pattern LINK_TAIL = Pattern.compile("[?#].*", Pattern.DOTALL);

    private CanonicalRecord() {}

    /**
     * The canonical JSON of an object; null when the bytes are none: not JSON, more than {@link #MAX_BYTES}, or nested deeper
     * than {@link TolerantJson#MAX_EVENT_DEPTH}. Never throws.
     */
    public static @Nullable String of(byte[] record) {
        if (record.length > MAX_BYTES) {
            return null;
        }
        try (var parser = TolerantJson.parser(record, TolerantJson.startOfText(record))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            var object = object(parser, 1);
            TolerantJson.expectEnd(parser);
            return object == null ? "{}" : object;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String object(JsonParser parser, int depth) throws IOException {
        var members = new TreeMap<String, String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName().toLowerCase(Locale.ROOT);
            parser.nextToken();
            var value = value(parser, depth);
            if (value == null) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        }
        if (members.isEmpty()) {
            return null;
        }
        var text = new StringBuilder("{");
        members.forEach((name, value) -> text.append(text.length() == 1 ? "" : ",")
                .append(quoted(name))
                .append(':')
                .append(value));
        return text.append('}').toString();
    }

    private static @Nullable String value(JsonParser parser, int depth) throws IOException {
        if (parser.currentToken().isStructStart() && depth == TolerantJson.MAX_EVENT_DEPTH) {
            throw new StreamConstraintsException("too deep");
        }
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> array(parser, depth + 1);
            case VALUE_STRING -> quoted(withoutSignature(parser.getText()));
            default -> parser.getText();
        };
    }

    private static String array(JsonParser parser, int depth) throws IOException {
        var elements = new ArrayList<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var element = value(parser, depth);
            elements.add(element == null ? "null" : element);
        }
        return "[" + String.join(",", elements) + "]";
    }

    /** A link up to its path; any other text as it is. Spaces and a missing slash do not make it another link. */
    private static String withoutSignature(String text) {
        var looksLikeLink = text.regionMatches(true, 0, "http:/", 0, 6) || text.regionMatches(true, 0, "https:/", 0, 7);
        var link = looksLikeLink ? RecordingUri.repaired(text) : null;
        return link == null ? text : LINK_TAIL.matcher(link).replaceFirst("");
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
