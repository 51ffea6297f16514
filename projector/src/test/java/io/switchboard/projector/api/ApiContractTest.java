package io.switchboard.projector.api;

import static io.switchboard.projector.api.DocumentedApi.assertProblem;
import static io.switchboard.projector.api.DocumentedApi.body;
import static io.switchboard.projector.api.DocumentedApi.header;
import static io.switchboard.projector.api.DocumentedApi.operations;
import static io.switchboard.projector.api.DocumentedApi.resolve;
import static io.switchboard.projector.api.DocumentedApi.settings;
import static io.switchboard.projector.api.DocumentedApi.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.access.Role;
import io.switchboard.runtime.Meters;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every route of the OpenAPI document, asked over HTTP while the database is away. */
class ApiContractTest {
    private static final String OPERATIONS = "io.switchboard.projector.api.DocumentedApi#operations";

    private static DocumentedApi api;

    @BeforeAll
    static void start() throws IOException {
        api = new DocumentedApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static Stream<String> paths() throws IOException {
        return operations().map(Operation::path).distinct();
    }

    static Stream<Operation> reads() throws IOException {
        return operations().filter(Operation::isRead);
    }

    static Stream<Arguments> operationsAndRoles() throws IOException {
        return operations().flatMap(operation -> Stream.of(Role.values()).map(role -> Arguments.of(operation, role)));
    }

    @Test
    void theDocumentAndTheRouterHaveTheSameOperations() throws IOException {
        var settings = settings("0");
        var stream = ApiServer.stream(api.vertx, settings, api.sources(), Meters.registry("projector"));
        var routed = ApiRoutes.of(api.vertx, settings, api.sources(), stream).stream()
                .map(ApiRoute::name);

        assertThat(routed)
                .containsExactlyInAnyOrderElementsOf(
                        operations().map(Operation::toString).toList());
    }

    @Test
    void aFileTakesTheFiltersOfItsList() {
        var filters = names("/v1/calls")
                .filter(name -> !List.of("limit", "cursor", "If-None-Match").contains(name))
                .toList();

        assertThat(names("/v1/exports/calls.ndjson")).containsExactlyElementsOf(filters);
        assertThat(names("/v1/exports/calls.csv").filter(name -> !name.equals("profile")))
                .containsExactlyElementsOf(filters);
    }

    private static Stream<String> names(String path) {
        var get = operations()
                .filter(one -> one.path().equals(path) && one.isRead())
                .findFirst()
                .orElseThrow();
        return StreamSupport.stream(get.document().path("parameters").spliterator(), false)
                .map(parameter -> resolve(parameter).path("name").asText());
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("operationsAndRoles")
    void aRoleDoesWhatTheDocumentSaysAndNothingElse(Operation operation, Role role) {
        var status = api.ask(operation, List.of("Authorization", "Bearer " + token(role)))
                .statusCode();

        if (operation.roles().isEmpty() || operation.roles().contains(role.word())) {
            assertThat(status).isNotIn(401, 403, 404, 405, 500);
        } else {
            assertThat(status).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @MethodSource(OPERATIONS)
    void withoutAKnownTokenNothingIsDone(Operation operation) throws IOException {
        var open = operation.roles().isEmpty();
        for (var header : List.of("", "Bearer wrong", "Bearer", "Basic dG9rZW4=", token(Role.VIEWER))) {
            var answer =
                    api.ask(operation, header.isEmpty() ? List.of("X-User-Id", "1") : List.of("Authorization", header));

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
        var answer = api.send("GET", "/v1/pipeline", List.of("Authorization", scheme + token(Role.VIEWER)));

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
                var answer = api.send(
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
    @MethodSource("reads")
    void everyParameterOfTheDocumentIsKnown(Operation operation) {
        for (var parameter : operation.document().path("parameters")) {
            var resolved = resolve(parameter);
            if (resolved.path("in").asText().equals("query")) {
                var answer = api.get(
                        operation.example() + "?" + resolved.path("name").asText() + "=%00",
                        token(Role.PLATFORM_ADMIN));

                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("control character");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/call", "/v1/calls/1/2/3", "/V1/calls", "/favicon.ico", "/v1/calls/%00/x"})
    void anUnknownPathIsAProblem(String path) throws IOException {
        assertProblem(api.get(path, token(Role.VIEWER)), "not-found");
        assertProblem(api.get(path, ""), "not-found");
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
        var answer = api.get(path, token(Role.PLATFORM_ADMIN));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertProblem(answer, "invalid-parameter");
    }

    @Test
    void whileTheDatabaseIsAwayTheAnswerIsAProblemThatSaysWhenToComeBack() throws IOException {
        var answer = api.get("/v1/calls", token(Role.VIEWER));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isNotEmpty();
        assertProblem(answer, "unavailable");
        assertThat(body(answer).path("detail").asText()).doesNotContain("select", "127.0.0.1");
    }

    @Test
    void thePipelineIsShownWithoutTheDatabase() {
        var answer = api.get("/v1/pipeline", token(Role.VIEWER));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"stages\":[],\"pollers\":[],\"request_budget\":null,\"dead_letters\":null,\"repair\":null}");
        assertThat(header(answer, "Switchboard-As-Of")).isEmpty();
    }

    @Test
    void everyAnswerCarriesTheSafeHeaders() {
        for (var answer : List.of(
                api.get("/openapi.json", ""), api.get("/nothing", ""), api.get("/v1/calls", token(Role.VIEWER)))) {
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
        assertThat(header(api.send("GET", "/openapi.json", List.of("X-Request-Id", "job-7:a")), "X-Request-Id"))
                .isEqualTo("job-7:a");
        for (var bad : List.of("a b", "<script>", "x".repeat(129), "-a")) {
            assertThat(header(api.send("GET", "/openapi.json", List.of("X-Request-Id", bad)), "X-Request-Id"))
                    .hasSize(36);
        }
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() {
        var first = api.get("/openapi.json", "");
        var again = api.send("GET", "/openapi.json", List.of("If-None-Match", header(first, "ETag")));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
    }

    @Test
    void headIsGetWithoutABody() {
        var head = api.send("HEAD", "/openapi.json", List.of());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(api.get("/openapi.json", ""), "ETag"));
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
        var answer = api.raw(line);

        assertThat(answer).matches("(?s)HTTP/1.[01] (400|401|404).*application/problem\\+json.*");
    }

    @Test
    void anEndlessUrlIsRefused() throws IOException {
        assertThat(api.raw("GET /v1/calls?client=" + "1".repeat(20_000) + " HTTP/1.1"))
                .matches("(?s)HTTP/1.[01] 414 .*")
                .contains("application/problem+json");
    }

    @Test
    void requestsAreCountedByRouteAndStatusClass() {
        var unused = api.get("/v1/calls/7df52a62", token(Role.VIEWER));

        var scrape = api.registry.scrape();
        assertThat(scrape)
                .contains("switchboard_api_requests_total{route=\"/v1/calls/{id}\",status_class=\"5xx\"}")
                .contains("switchboard_api_requests_total{route=\"unmatched\",status_class=\"2xx\"} 0.0")
                .contains("switchboard_api_request_duration_seconds_bucket{route=\"/v1/calls\",le=\"0.01\"}")
                .doesNotContain("7df52a62");
    }

    @Test
    void aTakenPortIsExplained() {
        var sources = api.sources();
        var start = ApiServer.start(
                Vertx.vertx(), settings(Integer.toString(api.port())), sources, Meters.registry("projector"));

        assertThat(start.toCompletionStage().toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("API_PORT");
    }
}
