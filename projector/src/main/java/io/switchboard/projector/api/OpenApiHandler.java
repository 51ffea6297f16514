package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.table.Freshness;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** {@code GET /openapi.json}: the checked-in description of this API. */
final class OpenApiHandler {
    static final String RESOURCE = "/io/switchboard/projector/api/openapi.json";

    private final Map<String, Object> document = load();

    Future<Answer> show(ApiRequest request) {
        return Future.succeededFuture(Refusals.first(request.parameters().problem())
                .orElseGet(() -> new Resource(document, Freshness.UNKNOWN)));
    }

    private static Map<String, Object> load() {
        try (var stream = OpenApiHandler.class.getResourceAsStream(RESOURCE)) {
            var bytes = Objects.requireNonNull(stream, RESOURCE).readAllBytes();
            return new JsonObject(Buffer.buffer(bytes)).getMap();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
