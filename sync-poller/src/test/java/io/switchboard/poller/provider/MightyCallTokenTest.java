package io.switchboard.poller.provider;

import static io.switchboard.poller.provider.ProviderFixture.API_KEY;
import static io.switchboard.poller.provider.ProviderFixture.NOW;
import static io.switchboard.poller.provider.ProviderFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.runtime.Account;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MightyCallTokenTest {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final ProviderRequest TEAM = new ProviderRequest.Team();
    private static final String TOKEN_PATH = "/v4/auth/token";
    private static final String REFRESH = member("auth-token-200", "refresh_token");

    private final ProviderFixture provider = new ProviderFixture();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void loggingInSendsTheKeysAsAForm() {
        var answer = await(provider.client(PATIENT).logIn());

        assertThat(answer).isEqualTo(new TokenAnswer.Granted(NOW.plusSeconds(86_399)));
        assertThat(provider.asked).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.uri()).isEqualTo(TOKEN_PATH);
            assertThat(asked.headers())
                    .containsEntry("x-api-key", API_KEY)
                    .containsEntry("content-type", "application/x-www-form-urlencoded")
                    .containsEntry("accept", "application/json")
                    .doesNotContainKey("authorization");
            assertThat(asked.body())
                    .isEqualTo("grant_type=client_credentials&client_id=" + API_KEY
                            + "&client_secret=secret%2Bof%2Fthe%20user%26key%3D");
        });
    }

    @Test
    void renewingUsesTheRefreshTokenAndKeepsTheNewOne() {
        var client = provider.loggedIn(PATIENT);
        provider.answer(TOKEN_PATH, 200, Samples.text("auth-refresh-200"));

        assertThat(await(client.renew())).isInstanceOf(TokenAnswer.Granted.class);
        assertThat(await(client.renew())).isInstanceOf(TokenAnswer.Granted.class);

        assertThat(provider.asked)
                .extracting(ProviderFixture.Asked::body)
                .containsExactly(
                        "grant_type=refresh_token&refresh_token=" + REFRESH.replace("=", "%3D"),
                        "grant_type=refresh_token&refresh_token="
                                + member("auth-refresh-200", "refresh_token").replace("=", "%3D"));
        assertThat(provider.asked)
                .extracting(asked -> asked.headers().get("x-api-key"))
                .containsOnly(API_KEY);
    }

    @Test
    void aRejectedRefreshTokenIsForgottenAndTheKeysAreLeft() {
        var client = provider.loggedIn(PATIENT);
        provider.answer(TOKEN_PATH, 400, "{\"error\":\"invalid_grant\"}");

        assertThat(kind(client.renew())).isEqualTo(Kind.TOKEN_REJECTED);
        assertThat(provider.asked).hasSize(1);
        provider.answer(TOKEN_PATH, 200, Samples.text("auth-token-200"));
        assertThat(await(client.renew())).isInstanceOf(TokenAnswer.Granted.class);

        assertThat(provider.asked.stream().toList().getLast().body()).startsWith("grant_type=client_credentials");
    }

    @Test
    void aRefreshThatFailsOtherwiseKeepsTheRefreshToken() {
        var client = provider.loggedIn(PATIENT);
        provider.answer(TOKEN_PATH, 500, "");

        assertThat(kind(client.renew())).isEqualTo(Kind.SERVER_ERROR);
        assertThat(kind(client.renew())).isEqualTo(Kind.SERVER_ERROR);

        assertThat(provider.asked.stream().toList().getLast().body()).startsWith("grant_type=refresh_token");
    }

    @Test
    void wrongKeysNeedAPerson() {
        provider.answer(TOKEN_PATH, 400, Samples.text("auth-400-invalid_client"));

        assertThat(kind(provider.client(PATIENT).logIn())).isEqualTo(Kind.CREDENTIALS_REJECTED);
    }

    @ParameterizedTest(name = "{0} lives {1} s")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"access_token\":\"a\"} | 3600",
                "{\"access_token\":\"a\",\"expires_in\":\"60\"} | 60",
                "{\"access_token\":\"a\",\"expires_in\":-1} | 3600",
                "{\"ACCESS_TOKEN\":\"a\",\"Expires_In\":7200,} | 7200",
            })
    void aTokenLivesAsLongAsItSays(String body, long seconds) {
        provider.answer(TOKEN_PATH, 200, body);

        assertThat(await(provider.client(PATIENT).logIn()))
                .isEqualTo(new TokenAnswer.Granted(NOW.plusSeconds(seconds)));
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsMalformed() {
        provider.answer(TOKEN_PATH, 200, "{\"access_token\":\"a\\r\\nHost: b\"}");
        var client = provider.client(PATIENT);

        assertThat(kind(client.logIn())).isEqualTo(Kind.MALFORMED);
        assertThat(failure(client.fetch(TEAM)).kind()).isEqualTo(Kind.TOKEN_REJECTED);
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void keysThatNoHeaderCanCarryAreRefusedUnsent() {
        var odd = new Account(
                "default", Optional.of("a\nb"), Optional.of("c"), provider.base(), List.of(), Optional.empty());
        var client = new MightyCallClient(
                provider.vertx, odd, new ProviderMetrics(provider.registry), InstantSource.fixed(NOW), PATIENT);

        assertThat(kind(client.logIn())).isEqualTo(Kind.CREDENTIALS_REJECTED);
        assertThat(provider.asked).isEmpty();
    }

    private static Kind kind(Future<TokenAnswer> answer) {
        return ((TokenAnswer.Refused) await(answer)).failure().kind();
    }

    private static Failure failure(Future<ProviderAnswer> answer) {
        return ((ProviderAnswer.Refused) await(answer)).failure();
    }

    private static String member(String sample, String name) {
        return java.util.Objects.requireNonNull(Members.read(Samples.bytes(sample)))
                .byName()
                .getOrDefault(name, "");
    }
}
