package io.switchboard.projector.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The OpenAPI document as a tree whose references can be followed. */
final class OpenApiTree {
    static final JsonNode DOCUMENT = new ObjectMapper().valueToTree(OpenApiDocument.load());

    /** The parts of a schema that apply to the same value as the schema itself. */
    private static final Set<String> BESIDE = Set.of("allOf", "anyOf", "oneOf", "if", "then", "else", "not");

    private OpenApiTree() {}

    /** What a reference leads to, or the node itself. */
    static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The schema with what it refers to in its place. */
    static JsonNode inlined(JsonNode schema) {
        return inlined(schema, new TreeSet<>());
    }

    /**
     * The same, taking no member that it does not describe: clients are told to ignore those, the document has to know
     * them. An object without described members stays open only where it says so.
     */
    static JsonNode closed(JsonNode schema) {
        return closed(inlined(schema), false);
    }

    /** Calls back for every node with the JSON pointer that leads to it. */
    static void walk(JsonNode node, String pointer, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(pointer, node);
        node.properties()
                .forEach(member -> walk(
                        member.getValue(),
                        pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"),
                        visitor));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(node.get(i), pointer + "/" + i, visitor);
        }
    }

    /** The types that a schema allows; empty when it does not say. */
    static List<String> types(JsonNode schema) {
        var types = new ArrayList<String>();
        if (schema.path("type").isTextual()) {
            types.add(schema.path("type").textValue());
        }
        schema.path("type").forEach(type -> types.add(type.asText()));
        return types;
    }

    private static JsonNode inlined(JsonNode node, Set<String> underway) {
        if (node instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(inlined(element, underway)));
            return copy;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        if (node.path("$ref").isTextual()) {
            var target = node.path("$ref").asText();
            if (!underway.add(target)) {
                throw new AssertionError("a schema that holds itself cannot be inlined: " + target);
            }
            var found = inlined(resolve(node), underway);
            var removed = underway.remove(target);
            assert removed;
            return found;
        }
        var copy = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(member -> copy.set(member.getKey(), inlined(member.getValue(), underway)));
        return copy;
    }

    private static JsonNode closed(JsonNode schema, boolean partOfAnother) {
        if (!(schema instanceof ObjectNode)) {
            return schema;
        }
        var copy = ((ObjectNode) schema).objectNode();
        var parts = false;
        for (var member : schema.properties()) {
            var beside = BESIDE.contains(member.getKey());
            parts |= beside;
            copy.set(member.getKey(), closedMember(member.getKey(), member.getValue(), beside));
        }
        var saysSo = schema.has("additionalProperties") || schema.has("unevaluatedProperties");
        if (!partOfAnother
                && !saysSo
                && (schema.has("properties") || types(schema).contains("object") || parts)) {
            copy.put(parts ? "unevaluatedProperties" : "additionalProperties", false);
        }
        return copy;
    }

    private static JsonNode closedMember(String keyword, JsonNode value, boolean beside) {
        switch (keyword) {
            case "properties", "patternProperties", "$defs" -> {
                var copy = JsonNodeFactory.instance.objectNode();
                value.properties().forEach(one -> copy.set(one.getKey(), closed(one.getValue(), false)));
                return copy;
            }
            case "items", "additionalProperties", "unevaluatedProperties", "if", "then", "else", "not" -> {
                return closed(value, beside);
            }
            case "allOf", "anyOf", "oneOf", "prefixItems" -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                value.forEach(one -> copy.add(closed(one, beside)));
                return copy;
            }
            default -> {
                return value;
            }
        }
    }
}
