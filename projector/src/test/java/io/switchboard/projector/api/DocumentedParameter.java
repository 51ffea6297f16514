package io.switchboard.projector.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.projector.api.DocumentedApi.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A parameter of an operation, its references followed.
 *
 * @param document as it is described
 */
record DocumentedParameter(JsonNode document) {
    static List<DocumentedParameter> of(Operation operation) {
        return StreamSupport.stream(operation.document().path("parameters").spliterator(), false)
                .map(OpenApiTree::resolve)
                .map(DocumentedParameter::new)
                .toList();
    }

    static List<DocumentedParameter> ofQuery(Operation operation) {
        return of(operation).stream().filter(one -> one.in().equals("query")).toList();
    }

    String name() {
        return document.path("name").asText();
    }

    String in() {
        return document.path("in").asText();
    }

    boolean required() {
        return document.path("required").asBoolean();
    }

    JsonNode schema() {
        return OpenApiTree.inlined(document.path("schema"));
    }

    boolean isList() {
        return OpenApiTree.types(schema()).contains("array");
    }

    /** Whether the values of a list are parameters of their own. */
    boolean isRepeated() {
        return isList() && document.path("explode").asBoolean(true);
    }

    /** The schema of one value. */
    JsonNode one() {
        return isList() ? schema().path("items") : schema();
    }

    JsonNode example() {
        return document.has("example")
                ? document.path("example")
                : document.path("examples").path(0).path("value");
    }

    /** Parameters that this one cannot stand beside: {@code x-not-with} names them. */
    boolean standsWith(List<DocumentedParameter> others) {
        return others.stream().noneMatch(other -> names(other, name()) || names(this, other.name()));
    }

    /** The example as it stands in a URL: {@code name=value}, several where it repeats. */
    String written() {
        return values().map(this::written).collect(Collectors.joining("&"));
    }

    /** Another value in its place. */
    String written(String value) {
        return encode(name()) + "=" + encode(value);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Stream<String> values() {
        if (!example().isArray()) {
            return Stream.of(example().asText());
        }
        var values = StreamSupport.stream(example().spliterator(), false).map(JsonNode::asText);
        return isRepeated() ? values : Stream.of(values.collect(Collectors.joining(",")));
    }

    private static boolean names(DocumentedParameter one, String name) {
        return StreamSupport.stream(one.document().path("x-not-with").spliterator(), false)
                .anyMatch(other -> other.asText().equals(name));
    }
}
