package io.switchboard.gateway;

import static io.switchboard.gateway.GatewayFixtures.TOKEN;
import static io.switchboard.gateway.GatewayFixtures.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.kafka.KafkaSettings;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.runtime.StartFailure;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway while its brokers are away: refused, unknown, or accepting connections and saying nothing. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GatewayTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    @Test
    void takesWebhooksWithoutBrokersAndKeepsThemForTheNextStart() throws Exception {
        var gateway = start("127.0.0.1:1");
        var answer = post(gateway, webhook("IncomingCall", "a"));
        var id = new JsonObject(answer.body()).getString("event_id");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("spooled");
        assertThat(get(gateway, "/readyz").statusCode()).isEqualTo(200);
        assertThat(get(gateway, "/receipts/" + id).body()).contains("\"status\":\"spooled\"", "\"offset\":null");
        assertThat(get(gateway, "/receipts/00000000000000000000000000000000").statusCode())
                .isEqualTo(404);
        assertThat(get(gateway, "/receipts/nonsense").statusCode()).isEqualTo(404);
        gateway.close().await();

        var next = start("127.0.0.1:1");
        assertThat(get(next, "/receipts/" + id).body()).contains("\"status\":\"spooled\"");
        assertThat(get(next, "/metrics").body()).contains("switchboard_spool_records 1.0");
        next.close().await();
    }

    @Test
    void startsWhileNoBrokersNameResolves() throws Exception {
        var gateway = start("no-such-host.invalid:9092");

        assertThat(post(gateway, webhook("IncomingCall", "a")).body()).contains("spooled");
        gateway.close().await();
    }

    @Test
    void closesInTimeThoughTheBrokersHang() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var gateway = start("127.0.0.1:" + silent.getLocalPort());
            assertThat(post(gateway, webhook("IncomingCall", "a")).body()).contains("spooled");
            var before = System.nanoTime();

            gateway.close().await();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
        }
    }

    @Test
    void aSecondGatewayOnTheSameSpoolDoesNotStart() {
        var gateway = start("127.0.0.1:1");

        assertThatThrownBy(() -> start("127.0.0.1:1"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("another process has it open");

        gateway.close().await();
    }

    @Test
    void aClientSettingThatIsWrongRefusesTheStartAndLeavesTheSpoolFree() {
        var wrong = settings("127.0.0.1:1", Map.of("KAFKA_CLIENT_ACKS", "some"));

        assertThatThrownBy(() ->
                        Gateway.start(vertx, wrong, Meters.registry("gateway")).await())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("KAFKA_*");

        SqliteSpool.open(vertx, folder, GatewayFixtures.SPOOL_BYTES).close();
    }

    @Test
    void aTakenPortRefusesTheStartInOneLine() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var settings = settings("127.0.0.1:1", Map.of());
            var onTakenPort = new GatewaySettings(
                    settings.bindAddress(),
                    taken.getLocalPort(),
                    0,
                    settings.senders(),
                    settings.kafka(),
                    settings.spoolDir(),
                    settings.spoolMaxBytes(),
                    settings.ackTimeout(),
                    settings.maxInFlightBytes());

            assertThatThrownBy(() -> Gateway.start(vertx, onTakenPort, Meters.registry("gateway"))
                            .await())
                    .isInstanceOf(StartFailure.class)
                    .message()
                    .contains("GATEWAY_PORT")
                    .doesNotContain("\n");
        }
    }

    private Gateway start(String brokers) {
        return Gateway.start(vertx, settings(brokers, Map.of()), Meters.registry("gateway"))
                .await();
    }

    private GatewaySettings settings(String brokers, Map<String, String> more) {
        var environment = new java.util.HashMap<>(more);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", brokers);
        return new GatewaySettings(
                "127.0.0.1",
                0,
                0,
                List.of(new GatewaySettings.Sender("default", List.of(TOKEN), Optional.empty())),
                KafkaSettings.of(SettingsReader.of(environment)),
                folder,
                GatewayFixtures.SPOOL_BYTES,
                Duration.ofMillis(100),
                4L << 20);
    }

    private HttpResponse<String> post(Gateway gateway, String body) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + gateway.port() + "/webhooks/mightycall/" + TOKEN);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(Gateway gateway, String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
