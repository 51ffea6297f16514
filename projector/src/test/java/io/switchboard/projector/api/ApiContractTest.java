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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every route of the OpenAPI document, asked over HTTP while the database is away. */
class ApiContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PrometheusMeterRegistry REGISTRY = Meters.registry("projector");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Vertx vertx;
    private static Pool pool;
    private static ApiServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        vertx = Vertx.vertx();
        pool = ApiPool.create(vertx, new PgConnectOptions().setHost("127.0.0.1").setPort(closed));
        server = await(ApiServer.start(vertx, settings("0"), sources(), REGISTRY));
        try (var stream = ApiContractTest.class.getResourceAsStream(OpenApiHandler.RESOURCE)) {
            document = JSON.readTree(stream);
        }
    }

    @AfterAll
    static void stop() {
        await(server.close());
        await(pool.close());
        await(vertx.close());
    }

    private static ApiSettings settings(String port) {
        var tokens = new ArrayList<String>();
        for (var role : Role.values()) {
            tokens.add(token(role) + "=" + role.word());
        }
        return ApiSettings.of(SettingsReader.of(
                Map.of("API_TOKENS", String.join(",", tokens), "BIND_ADDRESS", "127.0.0.1", "API_PORT", port)));
    }

    private static ApiSources sources() {
        var effects = new Effects(pool, OrderLog.NONE, RecordingSource.NONE);
        return new ApiSources(pool, List::of, ReceiptSource.NONE, InstantSource.system(), effects);
    }

    /** One method of one path, as documented. */
    record Operation(String method, String path, JsonNode document) {
        /** The path with the examples of its parameters. */
        String example() {
            var filled = path;
            for (var parameter : document.path("parameters")) {
                var resolved = resolve(parameter);
                if (resolved.path("in").asText().equals("path")) {
                    filled = filled.replace(
                            "{" + resolved.path("name").asText() + "}",
                            resolved.path("example").asText());
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

    static Stream<Operation> operations() throws IOException {
        try (var stream = ApiContractTest.class.getResourceAsStream(OpenApiHandler.RESOURCE)) {
            var operations = new ArrayList<Operation>();
            JSON.readTree(stream)
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(method -> operations.add(new Operation(
                                    method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
            return operations.stream();
        }
    }

    static Stream<String> paths() throws IOException {
        return operations().map(Operation::path).distinct();
    }

    static Stream<Operation> reads() throws IOException {
        return operations().filter(Operation::isRead);
    }

    static Stream<Operation> bodies() throws IOException {
        return operations().filter(operation -> operation.document().has("requestBody"));
    }

    static Stream<Arguments> operationsAndRoles() throws IOException {
        return operations().flatMap(operation -> Stream.of(Role.values()).map(role -> Arguments.of(operation, role)));
    }

    @Test
    void theDocumentAndTheRouterHaveTheSameOperations() throws IOException {
        var routed = ApiRoutes.of(vertx, settings("0"), sources()).stream().map(ApiRoute::name);

        assertThat(routed)
                .containsExactlyInAnyOrderElementsOf(
                        operations().map(Operation::toString).toList());
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("operationsAndRoles")
    void aRoleDoesWhatTheDocumentSaysAndNothingElse(Operation operation, Role role) {
        var status = ask(operation, List.of("Authorization", "Bearer " + token(role)))
                .statusCode();

        if (operation.roles().isEmpty() || operation.roles().contains(role.word())) {
            assertThat(status).isNotIn(401, 403, 404, 405, 500);
        } else {
            assertThat(status).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void withoutAKnownTokenNothingIsDone(Operation operation) throws IOException {
        var open = operation.roles().isEmpty();
        for (var header : List.of("", "Bearer wrong", "Bearer", "Basic dG9rZW4=", token(Role.VIEWER))) {
            var answer =
                    ask(operation, header.isEmpty() ? List.of("X-User-Id", "1") : List.of("Authorization", header));

            assertThat(answer.statusCode()).isEqualTo(open ? 200 : 401);
            if (!open) {
                assertThat(header(answer, "WWW-Authenticate")).startsWith("Bearer realm=");
                assertProblem(answer, "unauthorized");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
    void theSchemeMayBeWrittenInAnyCase(String scheme) {
        var answer = send("GET", "/v1/pipeline", List.of("Authorization", scheme + token(Role.VIEWER)));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void otherMethodsAreRefusedWithWhatIsAllowed(String path) throws IOException {
        var there = operations().filter(one -> one.path().equals(path)).toList();
        var taken = there.stream().map(Operation::method).toList();
        var allowed = taken.stream()
                .map(method -> method.equals("GET") ? "GET, HEAD" : method)
                .collect(Collectors.joining(", "));
        for (var method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            if (!allowed.contains(method)) {
                var answer = send(
                        method,
                        there.getFirst().example(),
                        List.of("Authorization", "Bearer " + token(Role.PLATFORM_ADMIN)));

                assertThat(answer.statusCode()).isEqualTo(405);
                assertThat(header(answer, "Allow")).isEqualTo(allowed);
                if (!method.equals("HEAD")) {
                    assertProblem(answer, "method-not-allowed");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anUnknownParameterIsRefusedEverywhere(Operation operation) throws IOException {
        var answer = send(
                operation.method(),
                withRequired(operation) + "colour=red",
                operation.body(),
                List.of("Authorization", "Bearer " + token(Role.PLATFORM_ADMIN)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertProblem(answer, "invalid-parameter");
        assertThat(body(answer).path("errors").path(0).path("parameter").asText())
                .isEqualTo("colour");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void everyParameterOfTheDocumentIsKnown(Operation operation) {
        for (var parameter : operation.document().path("parameters")) {
            var resolved = resolve(parameter);
            if (resolved.path("in").asText().equals("query")) {
                var answer = get(
                        operation.example() + "?" + resolved.path("name").asText() + "=%00",
                        token(Role.PLATFORM_ADMIN));

                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("control character");
            }
        }
    }

    static Stream<Arguments> badBodies() throws IOException {
        var bodies = List.of(
                "[]",
                "[{}]",
                "null",
                "7",
                "\"text\"",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":1}",
                "{\"colour\":\"red\"}",
                "{'a':1}",
                "[".repeat(5_000),
                "{\"a\":".repeat(5_000),
                "\u0000",
                "{\"account\":7}",
                "{\"account\":\"\"}",
                "{\"account\":\"\\u0000\"}",
                "{\"resources\":\"calls\"}",
                "{\"resources\":[7]}",
                "{\"resources\":[\"colours\"]}",
                "{\"from\":7,\"to\":8}",
                "{\"from\":\"2026-02-30T00:00:00Z\",\"to\":\"2026-03-01T00:00:00Z\"}",
                "{\"from\":\"2026-03-01\",\"to\":\"2026-03-02\"}",
                "{\"from\":\"2026-03-02T00:00:00Z\",\"to\":\"2026-03-01T00:00:00Z\",\"dry_run\":1}");
        return bodies().flatMap(operation -> bodies.stream().map(body -> Arguments.of(operation, body)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badBodies")
    void aBodyThatCannotBeUsedIsRefused(Operation operation, String body) throws IOException {
        var answer =
                send("POST", operation.path(), body, List.of("Authorization", "Bearer " + token(Role.PLATFORM_ADMIN)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertProblem(answer, "invalid-body");
        assertThat(body(answer).path("errors").isEmpty()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyHasToBeJsonAndSmall(Operation operation) throws IOException {
        var bearer = "Bearer " + token(Role.PLATFORM_ADMIN);
        for (var type : List.of("text/plain", "application/xml", "application/jsonp")) {
            var answer = send("POST", operation.path(), "{}", List.of("Authorization", bearer, "Content-Type", type));
            assertThat(answer.statusCode()).isEqualTo(415);
            assertProblem(answer, "unsupported-media-type");
        }
        var big = "{\"account\":\"" + "x".repeat(70_000) + "\"}";
        assertThat(send("POST", operation.path(), big, List.of("Authorization", bearer))
                        .statusCode())
                .isEqualTo(413);
        assertThat(raw("POST " + operation.path() + " HTTP/1.1\r\nTransfer-Encoding: chunked", chunks(90_000)))
                .matches("(?s)HTTP/1.1 413 .*application/problem\\+json.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "with space", "snow\u2603man"})
    void anIdempotencyKeyThatCannotBeOneIsRefused(String key) throws IOException {
        var answer = raw(
                "POST /v1/sync HTTP/1.1\r\nAuthorization: Bearer " + token(Role.OPERATOR)
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nIdempotency-Key: " + key,
                "{}");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("invalid-header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/call", "/v1/calls/1/2/3", "/V1/calls", "/favicon.ico", "/v1/calls/%00/x"})
    void anUnknownPathIsAProblem(String path) throws IOException {
        assertProblem(get(path, token(Role.VIEWER)), "not-found");
        assertProblem(get(path, ""), "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/calls/%00",
                "/v1/calls/%00/events",
                "/v1/receipts/xyz",
                "/v1/dead-letters/x",
                "/v1/dead-letters/99999999999999999999"
            })
    void anIdThatCannotBeOneIsRefused(String path) throws IOException {
        var answer = get(path, token(Role.PLATFORM_ADMIN));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertProblem(answer, "invalid-parameter");
    }

    @Test
    void whileTheDatabaseIsAwayTheAnswerIsAProblemThatSaysWhenToComeBack() throws IOException {
        var answer = get("/v1/calls", token(Role.VIEWER));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isNotEmpty();
        assertProblem(answer, "unavailable");
        assertThat(body(answer).path("detail").asText()).doesNotContain("select", "127.0.0.1");
    }

    @Test
    void thePipelineIsShownWithoutTheDatabase() {
        var answer = get("/v1/pipeline", token(Role.VIEWER));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"stages\":[],\"pollers\":[],\"request_budget\":null}");
        assertThat(header(answer, "Switchboard-As-Of")).isEmpty();
    }

    @Test
    void everyAnswerCarriesTheSafeHeaders() {
        for (var answer :
                List.of(get("/openapi.json", ""), get("/nothing", ""), get("/v1/calls", token(Role.VIEWER)))) {
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
            assertThat(header(answer, "Cache-Control"))
                    .isEqualTo(answer.statusCode() == 200 ? "private, no-cache" : "no-store");
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(header(answer, "X-Request-Id")).isNotEmpty();
        }
    }

    @Test
    void aUsableRequestIdIsEchoedAndAnotherReplaced() {
        assertThat(header(send("GET", "/openapi.json", List.of("X-Request-Id", "job-7:a")), "X-Request-Id"))
                .isEqualTo("job-7:a");
        for (var bad : List.of("a b", "<script>", "x".repeat(129), "-a")) {
            assertThat(header(send("GET", "/openapi.json", List.of("X-Request-Id", bad)), "X-Request-Id"))
                    .hasSize(36);
        }
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() {
        var first = get("/openapi.json", "");
        var again = send("GET", "/openapi.json", List.of("If-None-Match", header(first, "ETag")));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
    }

    @Test
    void headIsGetWithoutABody() {
        var head = send("HEAD", "/openapi.json", List.of());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(get("/openapi.json", ""), "ETag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/calls/%zz HTTP/1.1",
                "GET /%c0%80 HTTP/1.1",
                "GET /v1/calls?client=%zz HTTP/1.1",
                "GARBAGE"
            })
    void whatCannotBeReadIsAProblemNotACrash(String line) throws IOException {
        var answer = raw(line);

        assertThat(answer).matches("(?s)HTTP/1.[01] (400|401|404).*application/problem\\+json.*");
    }

    @Test
    void anEndlessUrlIsRefused() throws IOException {
        assertThat(raw("GET /v1/calls?client=" + "1".repeat(20_000) + " HTTP/1.1"))
                .matches("(?s)HTTP/1.[01] 414 .*")
                .contains("application/problem+json");
    }

    @Test
    void requestsAreCountedByRouteAndStatusClass() {
        var unused = get("/v1/calls/7df52a62", token(Role.VIEWER));

        var scrape = REGISTRY.scrape();
        assertThat(scrape)
                .contains("switchboard_api_requests_total{route=\"/v1/calls/{id}\",status_class=\"5xx\"}")
                .contains("switchboard_api_requests_total{route=\"unmatched\",status_class=\"2xx\"} 0.0")
                .contains("switchboard_api_request_duration_seconds_bucket{route=\"/v1/calls\",le=\"0.01\"}")
                .doesNotContain("7df52a62");
    }

    @Test
    void aTakenPortIsExplained() {
        var sources = sources();
        var start = ApiServer.start(
                Vertx.vertx(), settings(Integer.toString(server.port())), sources, Meters.registry("projector"));

        assertThat(start.toCompletionStage().toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("API_PORT");
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The path with the parameters that have to be there, ready for one more. */
    private static String withRequired(Operation operation) {
        var query = new StringBuilder(operation.example()).append('?');
        for (var parameter : operation.document().path("parameters")) {
            if (parameter.path("in").asText().equals("query")
                    && parameter.path("required").asBoolean()) {
                query.append(parameter.path("name").asText())
                        .append('=')
                        .append(parameter.path("example").asText())
                        .append('&');
            }
        }
        return query.toString();
    }

    private static HttpResponse<String> ask(Operation operation, List<String> headers) {
        var path = withRequired(operation);
        return send(operation.method(), path.substring(0, path.length() - 1), operation.body(), headers);
    }

    private static JsonNode body(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, String type) throws IOException {
        var problem = body(answer);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.path("type").asText()).endsWith("/" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("request_id").asText()).isEqualTo(header(answer, "X-Request-Id"));
    }

    private static String token(Role role) {
        return "token-of-" + role.word();
    }

    private static HttpResponse<String> get(String path, String token) {
        return send("GET", path, token.isEmpty() ? List.of() : List.of("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> send(String method, String path, List<String> headers) {
        return send(method, path, "", headers);
    }

    private static HttpResponse<String> send(String method, String path, String body, List<String> headers) {
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

    private static String raw(String line) throws IOException {
        return raw(line, "");
    }

    private static String chunks(int bytes) {
        return "3e8\r\n%s\r\n".formatted("x".repeat(1_000)).repeat(bytes / 1_000) + "0\r\n\r\n";
    }

    private static String raw(String line, String body) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
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
