package io.switchboard.projector.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.event.EventId;
import io.switchboard.projector.api.access.AccessTokens;
import io.switchboard.projector.api.view.Receipt;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/** The query API over a real Postgres, asked over HTTP. Its clock stands still until a test moves it. */
final class ApiUnderTest implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    static final String TOKENS =
            "v=viewer,s=supervisor,o=operator,a=platform_admin,west=supervisor@west,ops-west=operator@west";

    private static final ObjectMapper JSON = new ObjectMapper();

    final EmbeddedPostgres postgres;
    final Map<EventId, Receipt> underway = new ConcurrentHashMap<>();
    final List<PipelineSource.Stage> stages = new ArrayList<>();
    final PrometheusMeterRegistry registry = Meters.registry("projector");
    volatile Instant now = NOW;
    volatile boolean gatewayAnswers = true;

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final ApiServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiUnderTest(Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        postgres = EmbeddedPostgres.start(
                new EmbeddedPostgres.Settings(folder.resolve("data"), Path.of("target", "postgres-binaries"), 0));
        Flyway.configure().dataSource(jdbcUrl(), null, null).load().migrate();
        pool = ApiPool.create(vertx, PgConnectOptions.fromUri(postgres.databaseUrl()));
        server = await(ApiServer.start(
                vertx, settings(), new ApiSources(pool, () -> stages, this::receipt, () -> now), registry));
    }

    /** What came back. */
    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + response.body(), e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** One member of each item. */
        List<String> each(String member) {
            var values = new ArrayList<String>();
            json().path("data").forEach(item -> values.add(item.path(member).asText()));
            return values;
        }
    }

    Reply get(String path, String token, String... headers) {
        return send("GET", path, token, headers);
    }

    Reply send(String method, String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    int port() {
        return server.port();
    }

    Connection connect() throws SQLException {
        return postgres.connect(EmbeddedPostgres.DATABASE);
    }

    void sql(String... statements) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    void empty() {
        sql(
                "truncate call, call_leg, call_event, dead_letter, quarantined_event, projection_position restart identity");
        now = NOW;
        gatewayAnswers = true;
        underway.clear();
        stages.clear();
    }

    @Override
    public void close() {
        await(server.close());
        await(pool.close());
        await(vertx.close());
        postgres.close();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Future<java.util.Optional<Receipt>> receipt(EventId id) {
        return gatewayAnswers
                ? Future.succeededFuture(java.util.Optional.ofNullable(underway.get(id)))
                : Future.failedFuture("the gateway does not answer");
    }

    private String jdbcUrl() throws SQLException {
        try (var connection = connect()) {
            var uri = URI.create(postgres.databaseUrl());
            var credentials = uri.getUserInfo().split(":", 2);
            return connection.getMetaData().getURL()
                    + (connection.getMetaData().getURL().contains("?") ? "&" : "?") + "user=" + credentials[0]
                    + "&password=" + credentials[1];
        }
    }

    private static ApiSettings settings() {
        var settings = ApiSettings.of(SettingsReader.of(
                Map.of(AccessTokens.VARIABLE, TOKENS, "BIND_ADDRESS", "127.0.0.1", ApiSettings.PORT, "0")));
        return settings;
    }
}
