package io.switchboard.gateway;

import io.switchboard.event.EventId;
import io.switchboard.gateway.Receipts.Receipt;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /receipts/{event_id}} on the management port: where an event is that the projector may not have seen yet.
 * Knows the last events and those in the spool; 404 for any other.
 */
final class ReceiptsHandler implements Handler<HttpServerRequest> {
    static final String PREFIX = "/receipts/";

    private final Vertx vertx;
    private final Receipts receipts;
    private final Spool spool;

    ReceiptsHandler(Vertx vertx, Receipts receipts, Spool spool) {
        this.vertx = vertx;
        this.receipts = receipts;
        this.spool = spool;
    }

    @Override
    public void handle(HttpServerRequest request) {
        var id = EventId.parse(request.path().substring(PREFIX.length()));
        var response = request.response().putHeader("Content-Type", "application/json");
        vertx.executeBlocking(() -> id.flatMap(this::find), false)
                .onSuccess(found -> found.ifPresentOrElse(
                        receipt -> response.end(Json.encodeToBuffer(body(receipt))),
                        () -> response.setStatusCode(404).end("{\"status\":\"unknown\"}")))
                .onFailure(failure -> response.setStatusCode(503).end("{\"status\":\"unavailable\"}"));
    }

    private Optional<Receipt> find(EventId id) {
        return receipts.find(id)
                .or(() -> spool.find(id).map(event -> new Receipt(event.id(), event.receivedAt(), null)));
    }

    private static Map<String, Object> body(Receipt receipt) {
        var body = new LinkedHashMap<String, Object>();
        var position = receipt.position();
        body.put("event_id", receipt.id().toString());
        body.put("status", (position == null ? Durability.SPOOLED : Durability.REPLICATED).word());
        body.put("received_at", receipt.receivedAt().toString());
        body.put(
                "replicated_at", position == null ? null : position.appendedAt().toString());
        body.put("topic", position == null ? null : position.topic());
        body.put("partition", position == null ? null : position.partition());
        body.put("offset", position == null ? null : position.offset());
        return body;
    }
}
