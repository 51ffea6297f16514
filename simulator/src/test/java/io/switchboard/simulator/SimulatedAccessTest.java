package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, and how often. */
class SimulatedAccessTest extends ApiFixture {
    @ParameterizedTest
    @CsvSource({"wrong, simulated-user-key", "5f1c0de0-0000-4a11-8b22-00000000a001, wrong"})
    void wrongCredentialsAreAnInvalidClient(String key, String secret) {
        start();

        var answer = form("client_credentials", "client_id", key, "client_secret", secret);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.bodyAsJsonObject()).isEqualTo(sample("auth-400-invalid_client"));
    }

    @Test
    void aRefreshTokenWorksOnceAndTheOldAccessTokenOn() {
        start();
        var first = signIn();
        token = first.getString("access_token");
        var refresh = first.getString("refresh_token");

        var second = form("refresh_token", "refresh_token", refresh);
        var again = form("refresh_token", "refresh_token", refresh);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(again.bodyAsJsonObject()).isEqualTo(new JsonObject().put("error", "invalid_grant"));
        assertThat(ask("/team").statusCode()).isEqualTo(200);
        token = second.bodyAsJsonObject().getString("access_token");
        assertThat(ask("/team").statusCode()).isEqualTo(200);
    }

    @Test
    void aRefreshMayRevokeTheOldAccessToken() {
        environment.put("SIMULATOR_API_REFRESH", "revokes");
        start();
        var pair = signIn();
        token = pair.getString("access_token");

        var refreshed = form("refresh_token", "refresh_token", pair.getString("refresh_token"));

        assertThat(refreshed.statusCode()).isEqualTo(200);
        assertThat(ask("/team").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenMayEndEarlierThanItSays() {
        environment.put("SIMULATOR_TOKEN_SECONDS", "1");
        start();
        var deadline = System.nanoTime() + 10_000_000_000L;
        while (ask("/team").statusCode() == 200 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(ask("/team").statusCode()).isEqualTo(401);
        assertThat(ask("/team").bodyAsJsonObject()).isEqualTo(sample("error-401-denied"));
        assertThat(signIn().getInteger("expires_in")).isEqualTo(86_399);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer, key, required, 200",
        "bearer, key, required, 200",
        "BEARER, key, required, 200",
        "Bearer, '', required, 401",
        "Bearer, '', optional, 200",
        "Bearer, wrong, optional, 401",
        "Basic, key, required, 401"
    })
    void dataCallsShowATokenAndTheKey(String scheme, String key, String switched, int status) {
        start();
        turn("api_key_header", switched);
        var request = client.get(port, "127.0.0.1", "/v4/api/team").putHeader("Authorization", scheme + " " + token);
        if (!key.isEmpty()) {
            request.putHeader("x-api-key", key.equals("key") ? API_KEY : key);
        }

        assertThat(await(request.send()).statusCode()).isEqualTo(status);
    }

    @Test
    void pingNeedsNeither() {
        start();

        var answer = await(client.get(port, "127.0.0.1", "/v4/api/ping").send());

        assertThat(answer.bodyAsJsonObject()).isEqualTo(sample("ping-200"));
    }

    @Test
    void aJsonTokenRequestIsReadWhereTheSwitchSaysSo() {
        start();
        var body = new JsonObject()
                .put("grant_type", "client_credentials")
                .put("client_id", API_KEY)
                .put("client_secret", USER_KEY);

        assertThat(await(client.post(port, "127.0.0.1", "/v4/auth/token").sendJsonObject(body))
                        .bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("error", "unsupported_grant_type"));
        turn("api_token_json", "on");
        assertThat(await(client.post(port, "127.0.0.1", "/v4/auth/token").sendJsonObject(body))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void requestsOfTheKeyAreCountedAndOthersAreNot() {
        start();
        assertThat(ask("/team").statusCode()).isEqualTo(200);
        assertThat(ask("/nothing").statusCode()).isEqualTo(404);
        var ping = await(client.get(port, "127.0.0.1", "/v4/api/ping").send());
        var stranger = await(client.get(port, "127.0.0.1", "/v4/api/team").send());

        var api = stats().getJsonObject("api");

        assertThat(ping.statusCode()).isEqualTo(200);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(api.getJsonObject("window").getInteger("counted")).isEqualTo(3); // the token too
        assertThat(api.getJsonObject("requests").getJsonObject("GET /team"))
                .isEqualTo(new JsonObject().put("asked", 2).put("counted", 1).put("refused", 0));
        assertThat(api.getJsonObject("mishaps").getInteger("unauthorized")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"403, 403", "429, 429", "400, 400", "200, 200"})
    void pastTheLimitEverythingIsRefusedInTheGuiseChosen(String guise, int status) {
        environment.put("SIMULATOR_DAILY_REQUESTS", "3");
        environment.put("SIMULATOR_API_LIMIT_ANSWER", guise);
        start();
        assertThat(ask("/team").statusCode()).isEqualTo(200);
        assertThat(ask("/team").statusCode()).isEqualTo(200);

        var refused = ask("/team");

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.bodyAsJsonObject()).isEqualTo(sample("limit-exceeded-429"));
        assertThat(form("client_credentials").statusCode()).isEqualTo(status);
        var window = stats().getJsonObject("api").getJsonObject("window");
        assertThat(window.getInteger("counted")).isEqualTo(3);
        assertThat(window.getInteger("refused")).isEqualTo(2);
        assertThat(window.getInteger("limit")).isEqualTo(3);
        assertThat(stats().getJsonObject("api").getJsonObject("requests").getJsonObject("GET /team"))
                .isEqualTo(new JsonObject().put("asked", 3).put("counted", 2).put("refused", 1));
    }

    @Test
    void tokensMayBeFreeOfCharge() {
        environment.put("SIMULATOR_API_COUNT_TOKENS", "off");
        start();

        assertThat(stats().getJsonObject("api").getJsonObject("window").getInteger("counted"))
                .isZero();
    }

    @Test
    void theKeysMayBeChosen() {
        environment.put("SIMULATOR_USER_KEY", "another");
        start();
        var form = MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", "client_credentials")
                .add("client_id", API_KEY)
                .add("client_secret", "another");

        assertThat(await(client.request(HttpMethod.POST, port, "127.0.0.1", "/v4/auth/token")
                                .sendForm(form))
                        .statusCode())
                .isEqualTo(200);
    }
}
