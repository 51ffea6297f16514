package io.switchboard.projector.api.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchboard.projector.api.access.Masking;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a refused record for a person to look at: their beginning, as text. What signs a link is left out for
 * everybody. For roles that see masked numbers every number in it is masked, wherever it stands; so is, where the text is
 * JSON, what a person wrote, said or is called.
 */
public final class SamplePayload {
    private static final int LONGEST = 16 * 1024;
    private static final String HIDDEN = "•••";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Members that hold what a person wrote, said or is called. */
    private static final Pattern PERSONAL =
            Pattern.compile("(?i).*(name|text|body|comment|message|content|transcri|email|note|title).*");

    private static final Pattern SIGNATURE = Pattern.compile("(https?:(?:\\\\?/){2}[^\\s\"'<>?]*)\\?[^\\s\"'<>]*");

    private SamplePayload() {}

    /** @param value null when the log does not hold the record any more */
    public static Map<String, @Nullable Object> of(byte @Nullable [] value, Masking masking) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("state", value == null ? "gone" : "kept");
        json.put("bytes", value == null ? null : value.length);
        json.put("text", value == null ? null : text(value, masking));
        json.put("truncated", value != null && value.length > LONGEST);
        return json;
    }

    /** The log cannot be asked now. */
    public static Map<String, @Nullable Object> unknown() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("state", "unknown");
        json.put("bytes", null);
        json.put("text", null);
        json.put("truncated", false);
        return json;
    }

    private static String text(byte[] value, Masking masking) {
        var start = new String(Arrays.copyOf(value, Math.min(value.length, LONGEST)), StandardCharsets.UTF_8);
        var unsigned = SIGNATURE.matcher(start).replaceAll("$1?…");
        return masking == Masking.PLAIN ? unsigned : masked(unsigned, masking);
    }

    private static String masked(String text, Masking masking) {
        try {
            var node = JSON.readTree(text);
            if (node != null && node.isContainerNode()) {
                return JSON.writeValueAsString(masked(node, masking));
            }
        } catch (JsonProcessingException | StackOverflowError notJson) {
            // is masked as text
        }
        return String.valueOf(masking.text(text));
    }

    private static JsonNode masked(JsonNode node, Masking masking) {
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(masked(element, masking)));
            return array;
        }
        if (node.isObject()) {
            var object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(member -> object.set(
                            String.valueOf(masking.text(member.getKey())),
                            member.getValue().isTextual()
                                            && PERSONAL.matcher(member.getKey()).matches()
                                    ? JsonNodeFactory.instance.textNode(HIDDEN)
                                    : masked(member.getValue(), masking)));
            return object;
        }
        return node.isTextual() || node.isNumber()
                ? JsonNodeFactory.instance.textNode(String.valueOf(masking.text(node.asText())))
                : node;
    }
}
