package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.table.Freshness;
import io.vertx.core.Future;
import java.util.Map;

/** {@code GET /openapi.json}: the checked-in description of this API. */
final class OpenApiHandler {
    private final Map<String, Object> document = OpenApiDocument.load();

    Future<Answer> show(ApiRequest request) {
        return Future.succeededFuture(Refusals.first(request.parameters().problem())
                .orElseGet(() -> new Resource(document, Freshness.UNKNOWN)));
    }
}
