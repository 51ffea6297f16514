package io.switchboard.poller.provider;

import static io.switchboard.poller.provider.ProviderFixture.API_KEY;
import static io.switchboard.poller.provider.ProviderFixture.NOW;
import static io.switchboard.poller.provider.ProviderFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.provider.ProviderAnswer.Page;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MightyCallClientTest {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration HASTY = Duration.ofMillis(300);
    private static final ProviderRequest TEAM = new ProviderRequest.Team();
    private static final String TEAM_PATH = "/v4/api/team";
    private static final String ACCESS = member("auth-token-200", "access_token");

    private final ProviderFixture provider = new ProviderFixture();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void aRequestCarriesTokenAndKey() {
        provider.answer("/v4/api/calls", 200, Samples.text("calls-list-200"));
        var client = provider.loggedIn(PATIENT);

        var answer = await(client.fetch(new ProviderRequest.Calls(NOW.minusSeconds(3_600), NOW, 0, 500)));

        assertThat(answer).isInstanceOf(Page.class);
        assertThat(((Page) answer).records()).hasSize(5);
        assertThat(provider.asked).singleElement().satisfies(asked -> {
            assertThat(asked.uri())
                    .isEqualTo("/v4/api/calls?startUtc=2026-03-09T18%3A00%3A00&endUtc=2026-03-09T19%3A00%3A00"
                            + "&skip=0&pageSize=500");
            assertThat(asked.headers())
                    .containsEntry("authorization", "Bearer " + ACCESS)
                    .containsEntry("x-api-key", API_KEY)
                    .containsEntry("accept", "application/json");
        });
    }

    @Test
    void withoutATokenNothingIsSent() {
        assertThat(failure(provider.client(PATIENT).fetch(TEAM)).kind()).isEqualTo(Kind.TOKEN_REJECTED);
        assertThat(provider.asked).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} is {2}, after one request")
    @CsvSource(
            nullValues = "-",
            value = {
                "401,error-401-denied,TOKEN_REJECTED",
                "400,auth-400-invalid_client,BAD_REQUEST",
                "429,limit-exceeded-429,LIMIT_EXCEEDED",
                "403,limit-exceeded-429,LIMIT_EXCEEDED",
                "400,limit-exceeded-429,LIMIT_EXCEEDED",
                "200,limit-exceeded-429,LIMIT_EXCEEDED",
                "429,messages-send-429,THROTTLED",
                "403,contactcenter-403-role,FORBIDDEN",
                "404,journal-404,NOT_FOUND",
                "400,calls-get-400-not-found,NOT_FOUND",
                "200,calls-get-400-not-found,NOT_FOUND",
                "400,calls-list-400-model-state,BAD_REQUEST",
                "500,error-500,SERVER_ERROR",
                "503,-,SERVER_ERROR",
                "302,-,MALFORMED",
                "200,-,MALFORMED",
                "204,-,MALFORMED",
                "200,profile-200,MALFORMED",
            })
    void everyAnswerIsClassifiedAfterOneRequest(int status, String sample, Kind kind) {
        provider.answer(
                TEAM_PATH,
                response -> response.setStatusCode(status)
                        .putHeader("Location", "/v4/api/elsewhere")
                        .end(sample == null ? "" : Samples.text(sample)));
        var client = provider.loggedIn(PATIENT);

        assertThat(failure(client.fetch(TEAM)).kind()).isEqualTo(kind);

        assertThat(provider.asked).hasSize(1);
        assertThat(requests("team", kind.word())).isEqualTo(1);
    }

    @Test
    void anEmptyPageThatSpeaksOfTheLimitIsNoPage() {
        provider.answer(TEAM_PATH, 200, "{\"users\":[],\"errorInfo\":\"Limit Exceeded\"}");

        assertThat(failure(provider.loggedIn(PATIENT).fetch(TEAM)).kind()).isEqualTo(Kind.LIMIT_EXCEEDED);
    }

    @Test
    void theHeaderSaysWhenToComeAgain() {
        provider.answer(
                TEAM_PATH,
                response -> response.setStatusCode(429)
                        .putHeader("Retry-After", "90")
                        .end());

        assertThat(failure(provider.loggedIn(PATIENT).fetch(TEAM)))
                .isEqualTo(new Failure(Kind.THROTTLED, "429", NOW.plusSeconds(90)));
    }

    @Test
    void silenceTimesOut() {
        provider.answer(TEAM_PATH, response -> {});

        assertThat(failure(provider.loggedIn(HASTY).fetch(TEAM)).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void aBodyThatDripsTimesOutAsAWhole() {
        var hungUp = Promise.<Void>promise();
        provider.answer(TEAM_PATH, response -> {
            response.setChunked(true).closeHandler(ignored -> hungUp.tryComplete());
            var ignored = provider.vertx.setPeriodic(50, timer -> drip(response));
        });

        assertThat(failure(provider.loggedIn(HASTY).fetch(TEAM)).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(await(hungUp.future())).as("the connection is given up").isNull();
    }

    @Test
    void aConnectionThatIsResetIsUnreachableAndNotTriedAgain() {
        provider.answer(TEAM_PATH, response -> hangUp(response));

        assertThat(failure(provider.loggedIn(PATIENT).fetch(TEAM)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void anAnswerThatIsCutOffIsUnreachable() {
        provider.answer(TEAM_PATH, response -> {
            response.putHeader("Content-Length", "1000");
            var ignored = response.write("{\"users\":[").onComplete(written -> hangUp(response));
        });

        assertThat(failure(provider.loggedIn(PATIENT).fetch(TEAM)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void nobodyThereIsUnreachable() {
        var client = provider.client(PATIENT);
        var ignored = await(provider.server.close());

        assertThat(kind(client.logIn())).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void whatIsNotHttpIsMalformed() {
        var other = await(provider.vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                    var ignored = socket.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
                }))
                .listen(0, "127.0.0.1"));
        var client = provider.client(URI.create("http://127.0.0.1:" + other.actualPort()), PATIENT);

        assertThat(kind(client.logIn())).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void anAnswerIsBounded() {
        provider.answer(TEAM_PATH, 200, "x".repeat(1_001));
        var exchange = new HttpExchange(provider.vertx.createHttpClient(), PATIENT, 1_000);
        var request = Origin.of(provider.base()).request(HttpMethod.GET, TEAM_PATH);

        var failure =
                await(exchange.send(request, Buffer.buffer()).otherwiseEmpty().map(answer -> answer == null));
        var cause = await(exchange.send(request, Buffer.buffer())
                .<Failure>map(answer -> new Failure(Kind.SERVER_ERROR, "", null))
                .otherwise(HttpExchange::failure));

        assertThat(failure).isTrue();
        assertThat(cause.kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void theOwnStatusBelongsToTheOwnProfile() {
        provider.answer("/v4/api/profile", 200, Samples.text("profile-200"));
        provider.answer("/v4/api/profile/status", 200, Samples.text("profile-status-200"));
        var client = provider.loggedIn(PATIENT);

        assertThat(ids(client.fetch(new ProviderRequest.OwnStatus()))).containsExactly("me");
        assertThat(ids(client.fetch(new ProviderRequest.Profile(null)))).containsExactly("101");
        assertThat(ids(client.fetch(new ProviderRequest.OwnStatus()))).containsExactly("101");
    }

    @Test
    void aVirtualThreadMayWaitForIt() {
        provider.answer(TEAM_PATH, 200, Samples.text("team-200"));
        var client = provider.loggedIn(PATIENT);
        var rows = Promise.<Integer>promise();
        var verticle = new AbstractVerticle() {
            @Override
            public void start() {
                rows.complete(((Page) client.fetch(TEAM).await()).rows());
            }
        };

        var ignored = await(provider.vertx.deployVerticle(
                verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));

        assertThat(await(rows.future())).isEqualTo(3);
    }

    private static void drip(HttpServerResponse response) {
        if (!response.closed()) {
            var ignored = response.write(" ");
        }
    }

    private static void hangUp(HttpServerResponse response) {
        var ignored = response.reset();
    }

    private double requests(String endpoint, String outcome) {
        return provider.registry
                .get("switchboard.provider.requests")
                .tag("endpoint", endpoint)
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static List<String> ids(Future<ProviderAnswer> answer) {
        return ((Page) await(answer)).records().stream().map(ProviderRecord::id).toList();
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
