package io.switchboard.projector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.projector.api.PipelineSource;
import io.switchboard.projector.api.view.PipelineView.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The gateways as stages of the pipeline: their {@code /statusz}, asked every two seconds, so that whoever asks the API is
 * answered from memory. What waits in a gateway is its spool.
 */
final class GatewayStages implements PipelineSource {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final long TIMEOUT_MILLIS = 1_500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final List<URI> gateways;
    private final Map<URI, Stage> known = new ConcurrentHashMap<>();

    /** Starts asking; ends with the client. */
    GatewayStages(Vertx vertx, HttpClient client, List<URI> gateways) {
        this.client = client;
        this.gateways = gateways;
        askAll();
        vertx.setPeriodic(INTERVAL.toMillis(), unused -> askAll());
    }

    @Override
    public List<Stage> stages() {
        return gateways.stream()
                .map(gateway ->
                        Objects.requireNonNullElseGet(known.get(gateway), () -> silent(gateway, "not asked yet")))
                .toList();
    }

    private void askAll() {
        for (var gateway : gateways) {
            var options = new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setHost(gateway.getHost())
                    .setPort(gateway.getPort())
                    .setURI("/statusz")
                    .setTimeout(TIMEOUT_MILLIS);
            client.request(options)
                    .compose(request -> request.send())
                    .compose(response -> response.body())
                    .onSuccess(body -> known.put(gateway, stage(gateway, body)))
                    .onFailure(failure -> known.put(gateway, silent(gateway, "does not answer")));
        }
    }

    /** Reads what a gateway says of itself; see the stages of its {@code /statusz}. */
    static Stage stage(URI gateway, Buffer body) {
        try {
            var status = JSON.readTree(body.getBytes());
            var stages = status.path("stages");
            var spool = stages.path("spool");
            return new Stage(
                    name(gateway),
                    state(status, stages),
                    detail(stages, spool),
                    null,
                    spool.path("records").isNumber() ? spool.path("records").asLong() : null,
                    oldest(spool.path("oldest_received_millis").asLong()),
                    null);
        } catch (IOException e) {
            return silent(gateway, "does not speak like a gateway");
        }
    }

    private static String state(JsonNode status, JsonNode stages) {
        if (!status.path("ready").asBoolean()) {
            return "refusing";
        }
        return stages.path("circuit").asText().equals("closed") ? "running" : "spooling";
    }

    private static @Nullable String detail(JsonNode stages, JsonNode spool) {
        var problems = new LinkedHashMap<String, Boolean>();
        problems.put("Kafka does not answer", !stages.path("kafka").asText().equals("answers"));
        problems.put("the spool takes nothing", !spool.path("accepting").asBoolean());
        var detail = problems.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        return detail.isEmpty() ? null : String.join("; ", detail);
    }

    private static @Nullable Instant oldest(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static Stage silent(URI gateway, String why) {
        return new Stage(name(gateway), "unreachable", why, null, null, null, null);
    }

    private static String name(URI gateway) {
        return "gateway " + gateway.getAuthority();
    }
}
