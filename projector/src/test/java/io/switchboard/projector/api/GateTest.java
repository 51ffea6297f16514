package io.switchboard.projector.api;

import static io.switchboard.projector.api.DocumentedApi.assertProblem;
import static io.switchboard.projector.api.DocumentedApi.header;
import static io.switchboard.projector.api.DocumentedApi.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.access.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits, origins and signed tokens, over HTTP. */
class GateTest {
    private static final String PAGE = "https://dashboard.example";

    @Test
    void aCallerMayAskSoOftenAMinuteAndIsToldHowOftenStill() throws IOException {
        try (var api = new DocumentedApi(Map.of("API_RATE_LIMIT", "3"))) {
            for (int left = 2; left >= 0; left--) {
                var answer = api.get("/v1/pipeline", token(Role.VIEWER));
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(header(answer, "RateLimit-Policy")).isEqualTo("\"default\";q=3;w=60");
                assertThat(header(answer, "RateLimit")).matches("\"default\";r=" + left + ";t=(60|59|58|57)");
            }

            var refused = api.get("/v1/calls", token(Role.VIEWER));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertProblem(refused, "rate-limited");
            assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 60);
            assertThat(header(refused, "RateLimit")).startsWith("\"default\";r=0;t=");
            assertThat(refused.body()).doesNotContain(token(Role.VIEWER));

            assertThat(api.get("/v1/pipeline", token(Role.OPERATOR)).statusCode())
                    .isEqualTo(200);
            assertThat(api.get("/openapi.json", "").statusCode()).isEqualTo(200);
            assertThat(header(api.get("/openapi.json", ""), "RateLimit")).isEmpty();
            assertThat(api.get("/v1/pipeline", "").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void whoHasItAlreadyPaysNothingAndWhoMayNotPays() throws IOException {
        try (var api = new DocumentedApi(Map.of("API_RATE_LIMIT", "3"))) {
            var bearer = "Bearer " + token(Role.VIEWER);
            var tag = header(api.get("/v1/pipeline", token(Role.VIEWER)), "ETag");
            for (int i = 0; i < 5; i++) {
                var again = api.send("GET", "/v1/pipeline", List.of("Authorization", bearer, "If-None-Match", tag));
                assertThat(again.statusCode()).isEqualTo(304);
                assertThat(header(again, "RateLimit")).startsWith("\"default\";r=2;");
            }
            assertThat(api.get("/v1/audit", token(Role.VIEWER)).statusCode()).isEqualTo(403);
            assertThat(api.get("/v1/audit", token(Role.VIEWER)).statusCode()).isEqualTo(403);
            assertThat(api.get("/v1/audit", token(Role.VIEWER)).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void pagesOfOtherOriginsReadNothing() throws IOException {
        try (var api = new DocumentedApi()) {
            var answer = api.send("GET", "/openapi.json", List.of("Origin", PAGE));
            assertThat(corsHeaders(answer)).isEmpty();
            var preflight =
                    api.send("OPTIONS", "/v1/calls", List.of("Origin", PAGE, "Access-Control-Request-Method", "GET"));
            assertThat(preflight.statusCode()).isEqualTo(405);
            assertThat(corsHeaders(preflight)).isEmpty();
        }
    }

    @Test
    void pagesOfAnAllowedOriginMayAskAndRead() throws IOException {
        try (var api = new DocumentedApi(Map.of("API_CORS_ORIGINS", PAGE + ",http://localhost:5173"))) {
            var preflight = api.send(
                    "OPTIONS", "/v1/messages", List.of("Origin", PAGE, "Access-Control-Request-Method", "POST"));
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo(PAGE);
            assertThat(header(preflight, "Access-Control-Allow-Methods")).isEqualTo("DELETE, GET, HEAD, POST, PUT");
            assertThat(header(preflight, "Access-Control-Allow-Headers")).contains("Authorization", "Idempotency-Key");
            assertThat(header(preflight, "Access-Control-Allow-Credentials")).isEmpty();
            assertThat(preflight.headers().allValues("Vary")).contains("Origin");

            var answer = api.send("GET", "/openapi.json", List.of("Origin", PAGE));
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(PAGE);
            assertThat(header(answer, "Access-Control-Expose-Headers")).contains("ETag", "RateLimit", "Link");
            assertThat(String.join(",", answer.headers().allValues("Vary"))).contains("Origin", "Authorization");
            var refused = api.send("GET", "/v1/calls", List.of("Origin", PAGE));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(header(refused, "Access-Control-Allow-Origin")).isEqualTo(PAGE);

            for (var stranger : List.of("https://dashboard.example.evil.example", "null", "https://evil.example")) {
                var read = api.send("GET", "/openapi.json", List.of("Origin", stranger));
                assertThat(corsHeaders(read)).isEmpty();
                assertThat(read.headers().allValues("Vary")).contains("Origin");
                assertThat(api.send(
                                        "OPTIONS",
                                        "/v1/calls",
                                        List.of("Origin", stranger, "Access-Control-Request-Method", "GET"))
                                .statusCode())
                        .isEqualTo(405);
            }
        }
    }

    @Test
    void whileTheKeysAreOutOfReachFixedTokensGoOnAndSignedOnesAreToldToComeBack() throws IOException {
        var settings = Map.of(
                "API_JWT_JWKS_URL", "http://127.0.0.1:1/keys",
                "API_JWT_ISSUER", "https://id.example",
                "API_JWT_AUDIENCE", "switchboard");
        try (var api = new DocumentedApi(settings)) {
            assertThat(api.get("/v1/pipeline", token(Role.VIEWER)).statusCode()).isEqualTo(200);

            var signed = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJzdWIiOiJ4In0.AAAA";
            var answer = api.get("/v1/pipeline", signed);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(header(answer, "Retry-After")).isNotEmpty();
            assertProblem(answer, "unavailable");
            var unknown = api.get("/v1/pipeline", "some-token");
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(header(unknown, "WWW-Authenticate")).contains("error=\"invalid_token\"");
        }
    }

    private static List<String> corsHeaders(HttpResponse<String> answer) {
        return answer.headers().map().keySet().stream()
                .filter(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"))
                .toList();
    }
}
