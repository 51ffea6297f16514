package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.projector.api.access.Role;
import io.switchboard.projector.api.order.OrderLog;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.SettingsReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The API over a database that is away, asked over HTTP, and what its document says of it. */
final class DocumentedApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final PrometheusMeterRegistry registry = Meters.registry("projector");
    final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final ApiServer server;

    DocumentedApi() throws IOException {
        this(Map.of());
    }

    /** @param more settings beside the usual ones */
    DocumentedApi(Map<String, String> more) throws IOException {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        pool = ApiPool.create(vertx, new PgConnectOptions().setHost("127.0.0.1").setPort(closed));
        server = await(ApiServer.start(vertx, settings("0", more), sources(), registry));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        await(server.close());
        await(pool.close());
        await(vertx.close());
    }

    static ApiSettings settings(String port) {
        return settings(port, Map.of());
    }

    private static ApiSettings settings(String port, Map<String, String> more) {
        var tokens = new ArrayList<String>();
        for (var role : Role.values()) {
            tokens.add(token(role) + "=" + role.word());
        }
        var environment = new HashMap<>(Map.of(
                "API_TOKENS",
                String.join(",", tokens),
                "BIND_ADDRESS",
                "127.0.0.1",
                "API_PORT",
                port,
                "API_RATE_LIMIT",
                "0"));
        environment.putAll(more);
        return ApiSettings.of(SettingsReader.of(environment));
    }

    ApiSources sources() {
        var effects = new Effects(pool, OrderLog.NONE, RecordingSource.NONE);
        return new ApiSources(pool, List::of, ReceiptSource.NONE, InstantSource.system(), effects);
    }

    /** One method of one path, as documented. */
    record Operation(String method, String path, JsonNode document) {
        /** The path with the examples of its parameters. */
        String example() {
            var filled = path;
            for (var parameter : DocumentedParameter.of(this)) {
                if (parameter.in().equals("path")) {
                    var value = DocumentedParameter.encode(parameter.example().asText());
                    filled = filled.replace("{" + parameter.name() + "}", value);
                }
            }
            return filled;
        }

        /** The body's example; empty when it takes none. */
        String body() {
            return document.at("/requestBody/content/application~1json/example").isMissingNode()
                    ? ""
                    : document.at("/requestBody/content/application~1json/example")
                            .toString();
        }

        List<String> roles() {
            var words = new ArrayList<String>();
            document.path("x-roles").forEach(word -> words.add(word.asText()));
            return words;
        }

        boolean isRead() {
            return method.equals("GET");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Operation> operations() {
        var operations = new ArrayList<Operation>();
        OpenApiTree.DOCUMENT
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations.stream();
    }

    static JsonNode resolve(JsonNode node) {
        return OpenApiTree.resolve(node);
    }

    /** The path with the parameters that have to be there, ready for one more. */
    static String withRequired(Operation operation) {
        var query = new StringBuilder(operation.example()).append('?');
        for (var parameter : DocumentedParameter.ofQuery(operation)) {
            if (parameter.required()) {
                query.append(parameter.written()).append('&');
            }
        }
        return query.toString();
    }

    HttpResponse<String> ask(Operation operation, List<String> headers) {
        var path = withRequired(operation);
        return send(operation.method(), path.substring(0, path.length() - 1), operation.body(), headers);
    }

    static JsonNode body(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    static void assertProblem(HttpResponse<String> answer, String type) throws IOException {
        var problem = body(answer);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.path("type").asText()).endsWith("/" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("request_id").asText()).isEqualTo(header(answer, "X-Request-Id"));
    }

    static String token(Role role) {
        return "token-of-" + role.word();
    }

    HttpResponse<String> get(String path, String token) {
        return send("GET", path, token.isEmpty() ? List.of() : List.of("Authorization", "Bearer " + token));
    }

    HttpResponse<String> send(String method, String path, List<String> headers) {
        return send(method, path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, List<String> headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty() && !headers.contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String raw(String line) throws IOException {
        return raw(line, "");
    }

    String raw(String line, String body) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
