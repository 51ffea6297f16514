package io.switchboard.gateway;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.kafka.InMemoryEventLog;
import io.switchboard.runtime.Meters;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The public port over a log in memory and a given spool, on an ephemeral port. */
final class RunningServer implements AutoCloseable {
    final InMemoryEventLog log = new InMemoryEventLog();
    final AtomicReference<Circuit> circuit = new AtomicReference<>(new Circuit.Closed());
    final Receipts receipts = new Receipts();
    final AtomicLong inFlightBytes = new AtomicLong();
    final PrometheusMeterRegistry registry = Meters.registry("ingest-gateway");
    final int port;

    private final Vertx vertx;
    private final String deployment;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RunningServer(GatewaySettings settings, Spool spool, Limits limits) {
        this.vertx = Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(200));
        var metrics = new GatewayMetrics(registry);
        metrics.watch(spool);
        var server = new WebhookServer(
                settings, new DurableLog.Doors(log, spool, circuit, receipts), inFlightBytes, metrics, limits);
        this.deployment = vertx.deployVerticle(server).await();
        this.port = server.port();
    }

    @CanIgnoreReturnValue
    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        return send("POST", "/webhooks/mightycall/" + GatewayFixtures.TOKEN, BodyPublishers.ofString(body), headers);
    }

    @CanIgnoreReturnValue
    HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body)
                .timeout(Duration.ofSeconds(8));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port);
    }

    /** How many requests were counted with an outcome. */
    double requests(String outcome) {
        return registry.get("switchboard.webhook.requests").tag("outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    void shutDown() {
        vertx.undeploy(deployment).await();
    }

    @Override
    public void close() {
        client.close();
        vertx.close().await();
    }
}
