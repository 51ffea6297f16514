package io.switchboard.mightycall;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read loosely: names in any case, the last of one name wins, null is absent, and every scalar is its text.
 * What has another shape than asked for is absent.
 */
final class LooseObject {
    private final Map<String, Object> members = new HashMap<>();

    private LooseObject() {}

    /** Reads the object whose start the parser has just seen. */
    static LooseObject read(JsonParser parser) throws IOException {
        return readObject(parser, 1);
    }

    /** The trimmed text of a scalar; null when blank or absent. Names are given in lower case. */
    @Nullable
    String text(String name) {
        if (!(members.get(name) instanceof String text)) {
            return null;
        }
        var trimmed = text.strip();
        return trimmed.isEmpty() ? null : trimmed;
    }

    @Nullable
    LooseObject object(String name) {
        return members.get(name) instanceof LooseObject object ? object : null;
    }

    /** The objects of a list, or the one object that stands in its place. */
    List<LooseObject> objects(String name) {
        return switch (members.get(name)) {
            case LooseObject single -> List.of(single);
            case List<?> list ->
                list.stream()
                        .filter(LooseObject.class::isInstance)
                        .map(LooseObject.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    /** The scalars of a list, trimmed, without blank ones; or the one scalar that stands in its place. */
    List<String> texts(String name) {
        var found = members.get(name) instanceof List<?> list ? list : Arrays.asList(members.get(name));
        return found.stream()
                .filter(String.class::isInstance)
                .map(text -> ((String) text).strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static LooseObject readObject(JsonParser parser, int depth) throws IOException {
        var object = new LooseObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName().toLowerCase(Locale.ROOT);
            var value = readValue(parser, parser.nextToken(), depth);
            if (value == null) {
                object.members.remove(name);
            } else {
                object.members.put(name, value);
            }
        }
        return object;
    }

    private static @Nullable Object readValue(JsonParser parser, JsonToken token, int depth) throws IOException {
        if (token.isStructStart() && depth == TolerantJson.MAX_EVENT_DEPTH) {
            throw new StreamConstraintsException("too deep");
        }
        return switch (token) {
            case START_OBJECT -> readObject(parser, depth + 1);
            case START_ARRAY -> {
                var list = new ArrayList<>();
                for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    var value = readValue(parser, next, depth + 1);
                    if (value != null) {
                        list.add(value);
                    }
                }
                yield list;
            }
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }
}
