package io.switchboard.projector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.standalone.embedded.LoopbackPort;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A whole projector of two accounts, {@code east} and {@code west}, asked over HTTP. */
public final class LiveApi implements AutoCloseable {
    private static final String TOKENS = "v=viewer,s=supervisor,o=operator,a=platform_admin,"
            + "oe=operator@east,ow=operator@west,se=supervisor@east,sw=supervisor@west,ae=platform_admin@east,aw=platform_admin@west";
    private static final String ACCOUNTS = """
            - id: east
              timezone: America/New_York
            - id: west
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Infrastructure infrastructure;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Future<Projector> starting;
    final ProjectorSettings settings;
    public final int port;

    private LiveApi(Infrastructure infrastructure, Map<String, String> more, Path folder) throws IOException {
        this.infrastructure = infrastructure;
        var accounts = Files.writeString(folder.resolve("accounts.yaml"), ACCOUNTS);
        port = LoopbackPort.free();
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                infrastructure.bootstrapServers(),
                "TOPIC_PREFIX",
                infrastructure.topicPrefix(),
                "TOPIC_PARTITIONS",
                "2",
                "DATABASE_URL",
                infrastructure.databaseUrl(),
                "PROJECTOR_MANAGEMENT_PORT",
                "0",
                "BIND_ADDRESS",
                "127.0.0.1",
                "API_PORT",
                Integer.toString(port),
                "API_TOKENS",
                TOKENS,
                "API_RATE_LIMIT",
                "0",
                "MIGHTYCALL_ACCOUNTS_FILE",
                accounts.toString()));
        environment.putAll(more);
        var reader = SettingsReader.of(environment);
        settings = ProjectorSettings.of(reader);
        reader.verify();
        starting = Projector.start(vertx, settings, Meters.registry("projector"));
    }

    public static LiveApi start(Infrastructure infrastructure, Map<String, String> more, Path folder) throws Exception {
        var api = new LiveApi(infrastructure, more, folder);
        var projector = api.starting.await(60, TimeUnit.SECONDS);
        assert projector != null;
        return api;
    }

    /** Its log is away: it starts as far as it can. */
    static LiveApi startWithoutKafka(Infrastructure infrastructure, Path folder) throws Exception {
        var nowhere = "127.0.0.1:" + LoopbackPort.free();
        var api = new LiveApi(infrastructure, Map.of("KAFKA_BOOTSTRAP_SERVERS", nowhere), folder);
        until(() -> api.get("/openapi.json", "").status() == 200);
        return api;
    }

    /** What came back. */
    record Reply(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError("not JSON", e);
            }
        }

        String text() {
            return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String problem() {
            return json().path("type").asText().replaceFirst(".*/", "");
        }
    }

    Reply get(String path, String token, String... headers) {
        return send("GET", path, token, "", headers);
    }

    Reply post(String path, String token, String body, String... headers) {
        return send("POST", path, token, body, headers);
    }

    Reply send(String method, String path, String token, String body, String... headers) {
        return sending(method, path, token, body, headers).join();
    }

    CompletableFuture<Reply> sending(String method, String path, String token, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(70))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Reply::new);
    }

    public void sql(String... statements) {
        try (var connection = infrastructure.connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column, as text. */
    List<String> column(String sql) {
        try (var connection = infrastructure.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    ProjectorStatus status() {
        return starting.result().status();
    }

    static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(condition);
    }

    @Override
    public void close() throws Exception {
        if (starting.succeeded()) {
            var closed = starting.result().close().await(10, TimeUnit.SECONDS);
            assert closed == null;
        }
        var closed = vertx.close().await(20, TimeUnit.SECONDS);
        assert closed == null;
    }
}
