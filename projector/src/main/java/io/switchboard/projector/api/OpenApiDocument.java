package io.switchboard.projector.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The description of this API, checked in as one file per area: each holds the paths of its area and the components that
 * no other needs; {@code about.json} holds what is shared.
 */
final class OpenApiDocument {
    private static final String FOLDER = "/io/switchboard/projector/api/openapi/";

    /** One file each; the order is the order of the paths in the document. */
    static final List<String> AREAS = List.of(
            "about",
            "calls",
            "lists",
            "reports",
            "people",
            "live",
            "exports",
            "operations",
            "orders",
            "repairs",
            "commands",
            "compatibility",
            "audit");

    private OpenApiDocument() {}

    /** The whole document; fails when two areas describe the same thing. */
    static Map<String, Object> load() {
        var document = new LinkedHashMap<String, Object>();
        AREAS.forEach(area -> merge(document, area(area), area));
        return document;
    }

    private static Map<String, Object> area(String name) {
        var file = FOLDER + name + ".json";
        try (var stream = OpenApiDocument.class.getResourceAsStream(file)) {
            var bytes = Objects.requireNonNull(stream, file).readAllBytes();
            return new JsonObject(Buffer.buffer(bytes)).getMap();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> into, Map<String, Object> from, String area) {
        from.forEach((name, value) -> {
            var there = into.putIfAbsent(name, value);
            if (there instanceof Map<?, ?> known && value instanceof Map<?, ?> more) {
                merge((Map<String, Object>) known, (Map<String, Object>) more, area);
            } else if (there != null) {
                throw new IllegalStateException(area + ".json describes again what is described: " + name);
            }
        });
    }
}
