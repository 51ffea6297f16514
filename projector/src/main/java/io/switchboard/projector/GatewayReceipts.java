package io.switchboard.projector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.event.EventId;
import io.switchboard.projector.api.ReceiptSource;
import io.switchboard.projector.api.view.Receipt;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the gateways, on their management ports, for events that they acknowledged and the tables do not have yet. */
final class GatewayReceipts implements ReceiptSource {
    private static final long TIMEOUT_MILLIS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final List<URI> gateways;

    GatewayReceipts(HttpClient client, List<URI> gateways) {
        this.client = client;
        this.gateways = gateways;
    }

    /** The first gateway that knows the event answers; one that is away fails the search only when no other knows. */
    @Override
    public Future<Optional<Receipt>> find(EventId id) {
        var answers = gateways.stream().map(gateway -> ask(gateway, id)).toList();
        return Future.join(answers)
                .transform(all -> answers.stream()
                        .filter(answer -> answer.succeeded() && answer.result().isPresent())
                        .findFirst()
                        .orElseGet(() -> all.succeeded()
                                ? Future.succeededFuture(Optional.empty())
                                : Future.failedFuture(all.cause())));
    }

    private Future<Optional<Receipt>> ask(URI gateway, EventId id) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(gateway.getHost())
                .setPort(gateway.getPort())
                .setURI("/receipts/" + id)
                .setTimeout(TIMEOUT_MILLIS);
        return client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body().compose(body -> switch (response.statusCode()) {
                    case 200 -> receipt(id, body);
                    case 404 -> Future.succeededFuture(Optional.empty());
                    default -> Future.failedFuture("a gateway answered " + response.statusCode());
                }));
    }

    private static Future<Optional<Receipt>> receipt(EventId id, Buffer body) {
        try {
            var json = JSON.readTree(body.getBytes());
            var place = json.path("topic").isTextual()
                    ? new Receipt.Place(
                            json.path("topic").asText(),
                            json.path("partition").asInt(),
                            json.path("offset").asLong())
                    : null;
            return Future.succeededFuture(Optional.of(new Receipt(
                    id,
                    Receipt.Status.valueOf(json.path("status").asText().toUpperCase(Locale.ROOT)),
                    json.path("account").isTextual() ? json.path("account").asText() : null,
                    time(json.path("received_at")),
                    time(json.path("replicated_at")),
                    null,
                    place,
                    null)));
        } catch (IOException | IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
    }

    private static @Nullable Instant time(JsonNode time) {
        return time.isTextual() ? Instant.parse(time.asText()) : null;
    }
}
