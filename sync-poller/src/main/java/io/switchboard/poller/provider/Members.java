package io.switchboard.poller.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchboard.mightycall.TolerantJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scalars of a JSON object's own members, by name in lower case; objects and lists are passed over and noted as the
 * empty text.
 */
record Members(Map<String, String> byName) {

    /** Null when the bytes are not one JSON object. */
    static @Nullable Members read(byte[] bytes) {
        try (var parser = TolerantJson.parser(bytes, TolerantJson.startOfText(bytes))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            var members = read(parser);
            TolerantJson.expectEnd(parser);
            return members;
        } catch (IOException e) {
            return null;
        }
    }

    /** The trimmed text of a scalar; null when absent, null or blank. */
    @Nullable
    String text(String name) {
        var text = byName.getOrDefault(name, "").strip();
        return text.isEmpty() ? null : text;
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    private static Members read(JsonParser parser) throws IOException {
        var members = new HashMap<String, String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName().toLowerCase(Locale.ROOT);
            var value = parser.nextToken();
            if (value.isStructStart()) {
                var ignored = parser.skipChildren();
                members.put(name, "");
            } else if (value != JsonToken.VALUE_NULL) {
                members.put(name, parser.getText());
            }
        }
        return new Members(members);
    }

    /** Shows nothing of the object. */
    @Override
    public String toString() {
        return "Members[" + byName.size() + "]";
    }
}
