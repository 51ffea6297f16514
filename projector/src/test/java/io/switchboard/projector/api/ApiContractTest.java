package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.projector.api.access.Role;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
        var sources = new ApiSources(pool, List::of, ReceiptSource.NONE, InstantSource.system());
        server = await(ApiServer.start(vertx, settings("0"), sources, REGISTRY));
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

    static Stream<String> paths() throws IOException {
        try (var stream = ApiContractTest.class.getResourceAsStream(OpenApiHandler.RESOURCE)) {
            var names = new ArrayList<String>();
            JSON.readTree(stream).path("paths").fieldNames().forEachRemaining(names::add);
            return names.stream();
        }
    }

    static Stream<Arguments> pathsAndRoles() throws IOException {
        return paths().flatMap(path -> Stream.of(Role.values()).map(role -> Arguments.of(path, role)));
    }

    @Test
    void theDocumentAndTheRouterHaveTheSamePaths() throws IOException {
        var sources = new ApiSources(pool, List::of, ReceiptSource.NONE, InstantSource.system());
        var routed = ApiRoutes.of(settings("0"), sources).stream().map(ApiRoute::path);

        assertThat(routed).containsExactlyInAnyOrderElementsOf(paths().toList());
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("pathsAndRoles")
    void aRoleReadsWhatTheDocumentSaysAndNothingElse(String path, Role role) {
        var documented = new HashSet<String>();
        operation(path).path("x-roles").forEach(word -> documented.add(word.asText()));

        var status = get(example(path), token(role)).statusCode();

        if (documented.isEmpty() || documented.contains(role.word())) {
            assertThat(status).isNotIn(401, 403, 404, 405, 500);
        } else {
            assertThat(status).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void withoutAKnownTokenNothingIsRead(String path) throws IOException {
        var open = operation(path).path("x-roles").isEmpty();
        for (var header : List.of("", "Bearer wrong", "Bearer", "Basic dG9rZW4=", token(Role.VIEWER))) {
            var answer = send(
                    "GET",
                    example(path),
                    header.isEmpty() ? List.of("X-User-Id", "1") : List.of("Authorization", header));

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
        for (var method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            var answer = send(method, example(path), List.of("Authorization", "Bearer " + token(Role.PLATFORM_ADMIN)));

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
            assertProblem(answer, "method-not-allowed");
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void anUnknownParameterIsRefusedEverywhere(String path) throws IOException {
        var answer = get(example(path) + "?colour=red", token(Role.PLATFORM_ADMIN));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(assertProblem(answer, "invalid-parameter")
                        .path("errors")
                        .path(0)
                        .path("parameter")
                        .asText())
                .isEqualTo("colour");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyParameterOfTheDocumentIsKnown(String path) {
        for (var parameter : operation(path).path("parameters")) {
            var resolved = resolve(parameter);
            if (resolved.path("in").asText().equals("query")) {
                var answer =
                        get(example(path) + "?" + resolved.path("name").asText() + "=%00", token(Role.PLATFORM_ADMIN));

                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("control character");
            }
        }
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
                "/v1/calls/%ff",
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
        assertThat(answer.body()).isEqualTo("{\"stages\":[],\"request_budget\":null}");
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

        assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404).*application/problem\\+json.*");
    }

    @Test
    void anEndlessUrlIsRefused() throws IOException {
        assertThat(raw("GET /v1/calls?client=" + "1".repeat(20_000) + " HTTP/1.1"))
                .startsWith("HTTP/1.1 414")
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
        var sources = new ApiSources(pool, List::of, ReceiptSource.NONE, InstantSource.system());
        var start = ApiServer.start(
                Vertx.vertx(), settings(Integer.toString(server.port())), sources, Meters.registry("projector"));

        assertThat(start.toCompletionStage().toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("API_PORT");
    }

    private static JsonNode operation(String path) {
        return document.path("paths").path(path).path("get");
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The path with the examples of its parameters. */
    private static String example(String path) {
        var filled = path;
        for (var parameter : operation(path).path("parameters")) {
            var resolved = resolve(parameter);
            if (resolved.path("in").asText().equals("path")) {
                filled = filled.replace(
                        "{" + resolved.path("name").asText() + "}",
                        resolved.path("example").asText());
            }
        }
        return filled;
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
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
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
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
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
