package io.switchboard.projector.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a value is what a schema of the document describes. */
final class SchemaCheck {
    private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/schema/2022-10-07";
    private static final Map<JsonNode, Validator> KNOWN = new ConcurrentHashMap<>();

    private SchemaCheck() {}

    /** What is wrong with the value; members that the schema does not describe too. Empty when all is well. */
    static List<String> faults(JsonNode schema, JsonNode value) {
        var validator = KNOWN.computeIfAbsent(
                schema,
                fresh -> Validator.create(
                        JsonSchema.of(new JsonObject(OpenApiTree.closed(fresh).toString())), options()));
        return faults(validator, value);
    }

    /** What keeps a document from being OpenAPI 3.1. */
    static List<String> faultsOfDocument(JsonNode document) {
        var schema = JsonSchema.of(resource(OPENAPI.substring("https://".length())));
        return faults(
                SchemaRepository.create(options()).dereference(OPENAPI, schema).validator(OPENAPI), document);
    }

    private static List<String> faults(Validator validator, JsonNode value) {
        var result = validator.validate(Json.decodeValue(value.toString()));
        if (Boolean.TRUE.equals(result.getValid())) {
            return List.of();
        }
        var errors = result.getErrors();
        return errors == null || errors.isEmpty()
                ? List.of(String.valueOf(result.getError()))
                : errors.stream()
                        .map(error -> error.getInstanceLocation() + ": " + error.getError())
                        .toList();
    }

    private static JsonSchemaOptions options() {
        return new JsonSchemaOptions()
                .setBaseUri("https://switchboard.example/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
    }

    private static JsonObject resource(String name) {
        try (var stream = JsonSchema.class.getClassLoader().getResourceAsStream(name)) {
            return new JsonObject(io.vertx.core.buffer.Buffer.buffer(
                    Objects.requireNonNull(stream, name).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
