package io.switchboard.projector.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.RawHttp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Every way to get the body of an operation wrong, made from its schema and its example. */
final class BadBodies {
    private static final String MEDIA_TYPE = "/requestBody/content/application~1json";
    private static final List<String> NO_OBJECTS = List.of(
            "[]",
            "[{}]",
            "null",
            "7",
            "true",
            "\"text\"",
            "{",
            "}",
            "{}{}",
            "{} x",
            "{'a':1}",
            "\u0000",
            "\uFEFF",
            "{\"a\":}",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            "<a/>",
            "a=1");
    private static final List<String> OTHER_TYPES = List.of(
            "text/plain", "application/xml", "application/jsonp", "multipart/form-data", "", "/", "application/");
    private static final int TOO_MANY_BYTES = 70_000;

    private final Operation operation;
    private final JsonNode schema;
    private final ObjectNode example;
    private final SplittableRandom random;
    private final List<BadRequest> found = new ArrayList<>();

    private BadBodies(Operation operation, SplittableRandom random) {
        this.operation = operation;
        this.random = random;
        schema = OpenApiTree.inlined(operation.document().at(MEDIA_TYPE).path("schema"));
        example = (ObjectNode) readable(operation.body());
    }

    /** None when the operation takes no body. */
    static List<BadRequest> of(Operation operation, SplittableRandom random) {
        if (!operation.document().has("requestBody")) {
            return List.of();
        }
        var bad = new BadBodies(operation, random);
        bad.whole();
        bad.strangers();
        bad.schema.path("properties").properties().forEach(member -> bad.member(member.getKey(), member.getValue()));
        bad.reversed();
        return bad.found;
    }

    private void whole() {
        for (var text : NO_OBJECTS) {
            found.add(BadRequest.naming(request().json(text), "(body)"));
        }
        for (var type : OTHER_TYPES) {
            var request = new Request(
                    operation.method(), target(), "", example.toString().getBytes(StandardCharsets.UTF_8));
            found.add(new BadRequest(request.with("Content-Type: " + type), List.of(), List.of(415)));
        }
        if (operation.document().at("/requestBody/required").asBoolean()) {
            found.add(new BadRequest(request(), List.of(), List.of(400, 415)));
            found.add(BadRequest.naming(request().json(""), "(body)"));
            found.add(BadRequest.naming(request().json(" "), "(body)"));
        }
        var big = example.deepCopy().put("colour", "x".repeat(TOO_MANY_BYTES));
        found.add(new BadRequest(request().json(big.toString()), List.of(), List.of(413)));
    }

    private void strangers() {
        found.add(BadRequest.naming(
                request().json(example.deepCopy().put("colour", "red").toString()), "colour"));
        found.add(BadRequest.naming(
                request().json(example.deepCopy().putNull("colour").toString()), "colour"));
    }

    private void reversed() {
        if (schema.path("properties").has("from") && schema.path("properties").has("to")) {
            for (var to : List.of("2026-03-08T23:59:59Z", "2026-03-09T00:00:00Z")) {
                var body =
                        example.deepCopy().put("from", "2026-03-09T00:00:00Z").put("to", to);
                found.add(BadRequest.naming(request().json(body.toString()), "from", "to"));
            }
        }
    }

    private void member(String name, JsonNode member) {
        for (var value : wrong(name, member)) {
            found.add(BadRequest.naming(
                    request().json(example.deepCopy().set(name, value).toString()), name));
        }
        if (required(name)) {
            var without = example.deepCopy();
            without.remove(name);
            found.add(BadRequest.naming(request().json(without.toString()), name));
            found.add(BadRequest.naming(request().json(without.putNull(name).toString()), name));
        }
        var value = example.has(name) ? example.path(name).toString() : "1";
        var twice = "{\"%s\":%s,\"%s\":%s}".formatted(name, value, name, value);
        found.add(BadRequest.naming(request().json(twice), "(body)"));
    }

    private List<JsonNode> wrong(String name, JsonNode member) {
        var make = JsonNodeFactory.instance;
        var types = OpenApiTree.types(member);
        var wrong = new ArrayList<JsonNode>();
        if (!types.contains("string")) {
            wrong.add(make.textNode("x"));
        } else {
            wrong.add(make.textNode(" "));
            wrong.add(make.textNode("a\u0000b"));
            BadValues.of(name, member, random).forEach(text -> wrong.add(make.textNode(text)));
        }
        if (!types.contains("integer") && !types.contains("number")) {
            wrong.add(make.numberNode(7));
        } else {
            wrong.add(make.numberNode(-1e300));
        }
        if (!types.contains("boolean")) {
            wrong.add(make.booleanNode(true));
        }
        if (!types.contains("object")) {
            wrong.add(make.objectNode().put("a", 1));
        }
        if (!types.contains("array")) {
            wrong.add(make.arrayNode().add("x"));
        } else {
            wrong.add(make.arrayNode().add(make.objectNode()));
            wrong.add(make.arrayNode().addNull());
            if (member.has("maxItems")) {
                var many = make.arrayNode();
                IntStream.rangeClosed(0, member.path("maxItems").asInt())
                        .forEach(i -> many.add(example.path(name).path(0)));
                wrong.add(many);
            }
            BadValues.of(name, member.path("items"), random)
                    .forEach(text -> wrong.add(make.arrayNode().add(text)));
        }
        return wrong;
    }

    private boolean required(String name) {
        for (var required : schema.path("required")) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private Request request() {
        return new Request(operation.method(), target());
    }

    private String target() {
        var target = DocumentedApi.withRequired(operation);
        return target.substring(0, target.length() - 1);
    }

    private static JsonNode readable(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
