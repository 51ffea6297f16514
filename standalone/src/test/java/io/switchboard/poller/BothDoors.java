package io.switchboard.poller;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.gateway.Gateway;
import io.switchboard.gateway.GatewaySettings;
import io.switchboard.projector.Projector;
import io.switchboard.projector.ProjectorSettings;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.standalone.embedded.LoopbackPort;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Gateway, poller and projector with a simulated provider for each account, which sends its webhooks to the gateway. */
final class BothDoors implements AutoCloseable {
    private final Infrastructure infrastructure;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, SimulatedProvider> providers = new TreeMap<>();
    private final int gatewayPort = LoopbackPort.free();
    private final int apiPort = LoopbackPort.free();
    private final Gateway gateway;
    private final Projector projector;
    final PollerUnderTest poller;

    private BothDoors(Infrastructure infrastructure, Path folder, Map<String, Map<String, String>> accounts)
            throws Exception {
        this.infrastructure = infrastructure;
        var tokens = new StringBuilder();
        accounts.keySet().forEach(id -> tokens.append("- {id: %s, webhook_tokens: [%s]}%n".formatted(id, token(id))));
        var webhooksOnly = Files.writeString(folder.resolve("webhooks-only.yaml"), tokens);
        var file = folder.resolve("accounts.yaml");
        poller = new PollerUnderTest(vertx, infrastructure, Map.of("MIGHTYCALL_ACCOUNTS_FILE", file.toString()));
        poller.ensureTopics();
        gateway = startGateway(webhooksOnly, folder.resolve("spool"));
        var entries = new StringBuilder();
        for (var account : accounts.entrySet()) {
            var id = account.getKey();
            var more = new HashMap<>(account.getValue());
            more.put("SIMULATOR_WEBHOOK_URLS", webhookUrl(id));
            var provider = SimulatedProvider.start(vertx, id, more);
            providers.put(id, provider);
            entries.append(provider.account(id, token(id)));
        }
        var written = Files.writeString(file, entries);
        assert written.equals(file);
        projector = startProjector();
        poller.start();
    }

    static BothDoors start(Infrastructure infrastructure, Path folder, Map<String, Map<String, String>> accounts)
            throws Exception {
        return new BothDoors(infrastructure, folder, accounts);
    }

    private Gateway startGateway(Path accounts, Path spool) throws Exception {
        var reader = reader(Map.of(
                "MIGHTYCALL_ACCOUNTS_FILE", accounts.toString(),
                "GATEWAY_PORT", Integer.toString(gatewayPort),
                "GATEWAY_MANAGEMENT_PORT", "0",
                "SPOOL_DIR", spool.toString()));
        var settings = GatewaySettings.of(reader);
        reader.verify();
        return Gateway.start(vertx, settings, Meters.registry("gateway")).await(30, TimeUnit.SECONDS);
    }

    private Projector startProjector() throws Exception {
        var reader = reader(Map.of(
                "DATABASE_URL",
                infrastructure.databaseUrl(),
                "API_PORT",
                Integer.toString(apiPort),
                "PROJECTOR_MANAGEMENT_PORT",
                "0",
                "POLLER_MANAGEMENT_URLS",
                poller.managementUrl(),
                "GATEWAY_MANAGEMENT_URLS",
                "http://127.0.0.1:" + gateway.managementPort(),
                "API_TOKENS",
                "all=platform_admin,alpha=platform_admin@alpha,beta=platform_admin@beta"));
        var settings = ProjectorSettings.of(reader);
        reader.verify();
        return Projector.start(vertx, settings, Meters.registry("projector")).await(60, TimeUnit.SECONDS);
    }

    private SettingsReader reader(Map<String, String> more) {
        var environment = new HashMap<>(poller.environment);
        environment.putAll(more);
        return SettingsReader.of(environment);
    }

    SimulatedProvider provider(String account) {
        return Objects.requireNonNull(providers.get(account));
    }

    String webhookUrl(String account) {
        return "http://127.0.0.1:" + gatewayPort + "/webhooks/mightycall/" + token(account);
    }

    private static String token(String account) {
        return "webhook-token-of-" + account;
    }

    HttpResponse<byte[]> get(String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Anything but a read; an empty body is none. */
    HttpResponse<byte[]> ask(String method, String path, String token, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                .timeout(Duration.ofSeconds(70))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    JsonNode json(String path, String token) {
        return SimulatedProvider.parsed(text(get(path, token)));
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What a person orders through the API, done. */
    JsonNode sync(String account, String... resources) {
        var body = "{\"account\":\"%s\",\"resources\":[%s]}"
                .formatted(account, resources.length == 0 ? "" : "\"" + String.join("\",\"", resources) + "\"");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + "/v1/sync"))
                .header("Authorization", "Bearer all")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        var id = SimulatedProvider.parsed(text(send(request))).path("id").asText();
        PollerUnderTest.until(
                () -> json("/v1/jobs/" + id, "all").path("status").asText().equals("done"));
        return json("/v1/jobs/" + id, "all");
    }

    /** A webhook of an account, whatever its body. */
    int deliver(String account, String body) {
        return send(HttpRequest.newBuilder(URI.create(webhookUrl(account)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    /** The columns of each row, joined by spaces. */
    List<String> rows(String sql) {
        try (var connection = infrastructure.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                var line = new ArrayList<String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join(" ", line));
            }
            return lines;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() throws Exception {
        for (var provider : providers.values()) {
            provider.close();
        }
        poller.close();
        var ended = List.of(
                projector.close().await(20, TimeUnit.SECONDS) == null,
                gateway.close().await(20, TimeUnit.SECONDS) == null,
                vertx.close().await(20, TimeUnit.SECONDS) == null);
        assert !ended.contains(false);
        http.close();
    }
}
