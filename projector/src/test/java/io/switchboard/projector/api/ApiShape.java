package io.switchboard.projector.api;

import static io.switchboard.projector.api.OpenApiTree.resolve;
import static io.switchboard.projector.api.OpenApiTree.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a client depends on in an OpenAPI document: operations, parameters, statuses, members and their types. Words for
 * people, examples and limits are left out. Written as lines {@code place = what}; a schema that has a name stands once,
 * under {@code #Name}.
 */
final class ApiShape {
    private static final String IS = " = ";
    private static final String REQUIRED = "required ";

    private final Map<String, String> lines = new TreeMap<>();

    private ApiShape() {}

    /** The lines of a document, sorted. */
    static List<String> of(JsonNode document) {
        var shape = new ApiShape();
        shape.put("version", document.at("/info/version").asText());
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> shape.operation(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue())));
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> shape.schema("#" + schema.getKey(), schema.getValue(), false));
        return shape.lines.entrySet().stream()
                .map(line -> line.getKey() + IS + line.getValue())
                .toList();
    }

    /** Places and what stands there, with named schemas in their places: a schema may change its name. */
    static Map<String, String> expanded(Collection<String> lines) {
        var kept = new TreeMap<String, String>();
        lines.forEach(line -> {
            var split = line.indexOf(IS);
            var unused = kept.put(line.substring(0, split), line.substring(split + IS.length()));
        });
        var expanded = new TreeMap<String, String>();
        kept.forEach((place, what) -> {
            if (!place.startsWith("#")) {
                expand(kept, expanded, place, what);
            }
        });
        return expanded;
    }

    private static void expand(Map<String, String> kept, Map<String, String> into, String place, String what) {
        var hash = what.indexOf('#');
        if (hash < 0) {
            var unused = into.put(place, what);
            return;
        }
        var name = what.substring(hash);
        var requirement = what.startsWith(REQUIRED) ? REQUIRED : "";
        kept.forEach((inside, found) -> {
            if (inside.equals(name)) {
                expand(kept, into, place, requirement + found);
            } else if (inside.startsWith(name + ".") || inside.startsWith(name + "[")) {
                expand(kept, into, place + inside.substring(name.length()), found);
            }
        });
    }

    private void operation(String name, JsonNode operation) {
        put(name, "operation");
        for (var parameter : operation.path("parameters")) {
            var found = resolve(parameter);
            var in = found.path("in")
                    .asText()
                    .substring(0, 1)
                    .replace("q", "?")
                    .replace("p", "/")
                    .replace("h", "^");
            schema(
                    name + " " + in + found.path("name").asText(),
                    found.path("schema"),
                    found.path("required").asBoolean());
        }
        var body = operation.path("requestBody");
        content(name + " body", body, body.path("required").asBoolean());
        operation.path("responses").properties().forEach(response -> {
            var status = name + " " + response.getKey();
            put(status, "status");
            if (response.getKey().startsWith("2")) {
                content(status, resolve(response.getValue()), false);
            }
        });
    }

    private void content(String name, JsonNode message, boolean required) {
        message.path("content")
                .properties()
                .forEach(content ->
                        schema(name + " " + content.getKey(), content.getValue().path("schema"), required));
    }

    private void schema(String name, JsonNode schema, boolean required) {
        if (schema.path("$ref").isTextual()) {
            put(
                    name,
                    (required ? REQUIRED : "") + "#"
                            + schema.path("$ref").asText().replaceFirst(".*/", ""));
            return;
        }
        put(name, (required ? REQUIRED : "") + kind(schema));
        var needed = new TreeSet<String>();
        schema.path("required").forEach(member -> needed.add(member.asText()));
        schema.path("properties")
                .properties()
                .forEach(member ->
                        schema(name + "." + member.getKey(), member.getValue(), needed.contains(member.getKey())));
        if (schema.has("items")) {
            schema(name + "[]", schema.path("items"), false);
        }
        if (schema.path("additionalProperties").isObject()) {
            schema(name + ".*", schema.path("additionalProperties"), false);
        }
        for (var parts : List.of("allOf", "anyOf", "oneOf")) {
            for (int i = 0; i < schema.path(parts).size(); i++) {
                schema(
                        parts.equals("allOf") ? name : name + "|" + i,
                        schema.path(parts).get(i),
                        false);
            }
        }
    }

    private static String kind(JsonNode schema) {
        var kind = String.join("|", new TreeSet<>(types(schema)));
        var words = new ArrayList<String>();
        schema.path("enum").forEach(word -> words.add(word.asText()));
        var format =
                schema.path("format").isTextual() ? ":" + schema.path("format").asText() : "";
        return (kind.isEmpty() ? "any" : kind) + format + (words.isEmpty() ? "" : " in " + String.join(",", words));
    }

    // What an allOf says at one place is said by several: the more exact words win.
    private void put(String name, String what) {
        var unused = lines.merge(name, what, (one, other) -> one.length() >= other.length() ? one : other);
    }
}
