package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.event.EventId;
import io.switchboard.projector.DatabaseUrl;
import io.switchboard.projector.Migrations;
import io.switchboard.projector.api.access.AccessTokens;
import io.switchboard.projector.api.export.ExportBounds;
import io.switchboard.projector.api.export.ExportConnections;
import io.switchboard.projector.api.order.OrderLog;
import io.switchboard.projector.api.stream.StreamLimits;
import io.switchboard.projector.api.view.PipelineView;
import io.switchboard.projector.api.view.Receipt;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The query API over a real Postgres, asked over HTTP. Its clock stands still until a test moves it. */
final class ApiUnderTest implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    static final String TOKENS =
            "v=viewer,s=supervisor,o=operator,a=platform_admin,west=supervisor@west,ops-west=operator@west,admin-west=platform_admin@west";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Infrastructure infrastructure;
    final Map<EventId, Receipt> underway = new ConcurrentHashMap<>();
    final List<PipelineView.Stage> stages = new ArrayList<>();
    final PrometheusMeterRegistry registry = Meters.registry("projector");
    volatile Instant now = NOW;
    volatile boolean gatewayAnswers = true;

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final Pool writes;
    private final ApiServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiUnderTest(Infrastructure infrastructure) {
        this(infrastructure, ExportBounds.DEFAULT, StreamLimits.DEFAULT);
    }

    ApiUnderTest(Infrastructure infrastructure, ExportBounds exports) {
        this(infrastructure, exports, StreamLimits.DEFAULT);
    }

    ApiUnderTest(Infrastructure infrastructure, StreamLimits stream) {
        this(infrastructure, ExportBounds.DEFAULT, stream);
    }

    private ApiUnderTest(Infrastructure infrastructure, ExportBounds exports, StreamLimits stream) {
        this.infrastructure = infrastructure;
        var database = DatabaseUrl.parse(infrastructure.databaseUrl());
        assertThat(new Migrations(database).attempt()).isEmpty();
        pool = ApiPool.create(vertx, database.connectOptions());
        writes = ApiPool.forWriting(vertx, database.connectOptions());
        var effects = new Effects(
                writes,
                OrderLog.NONE,
                RecordingSource.NONE,
                ExportConnections.of(vertx, database.connectOptions()),
                RepairDesk.NONE);
        server = await(ApiServer.start(
                vertx,
                settings(exports, stream),
                new ApiSources(pool, () -> stages, this::receipt, () -> now, effects),
                registry));
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
        if (path.startsWith("/v1/metrics/")) {
            sumHours();
        }
        return send("GET", path, token, headers);
    }

    /** What the projection would have added up, had it brought the calls. */
    private void sumHours() {
        sql("truncate report_hour; insert into report_hour select * from report_hour_of_calls");
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
        return infrastructure.connect();
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
        sql("""
                truncate audit_entry, call, call_leg, call_event, dead_letter, quarantined_event, projection_position, journal_entry,
                    voicemail, phone_number, contact, team_member, extension_source, agent_status, agent_status_seen,
                    poller_state, change_feed restart identity""");
        now = NOW;
        gatewayAnswers = true;
        underway.clear();
        stages.clear();
    }

    @Override
    public void close() {
        await(server.close());
        await(pool.close());
        await(writes.close());
        await(vertx.close());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Future<Optional<Receipt>> receipt(EventId id) {
        return gatewayAnswers
                ? Future.succeededFuture(Optional.ofNullable(underway.get(id)))
                : Future.failedFuture("the gateway does not answer");
    }

    private static ApiSettings settings(ExportBounds exports, StreamLimits stream) {
        return ApiSettings.of(SettingsReader.of(Map.of(
                        AccessTokens.VARIABLE,
                        TOKENS,
                        "BIND_ADDRESS",
                        "127.0.0.1",
                        ApiSettings.PORT,
                        "0",
                        "API_RATE_LIMIT",
                        "0")))
                .with(exports, stream);
    }
}
