package io.switchboard.poller.provider;

import static io.switchboard.poller.provider.ProviderFixture.API_KEY;
import static io.switchboard.poller.provider.ProviderFixture.NOW;
import static io.switchboard.poller.provider.ProviderFixture.USER_KEY;
import static io.switchboard.poller.provider.ProviderFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class MightyCallClientTest {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration HASTY = Duration.ofMillis(300);
    private static final ProviderRequest TEAM = new ProviderRequest.Team();
    private static final String TEAM_PATH = "/v4/api/team";
    private static final String TOKEN_PATH = "/v4/auth/token";
    private static final String ACCESS = member("auth-token-200", "access_token");
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
        var odd = new io.switchboard.runtime.Account(
                "default", Optional.of("a\nb"), Optional.of("c"), provider.base(), List.of(), Optional.empty());
        var client = new MightyCallClient(
                provider.vertx,
                odd,
                new ProviderMetrics(provider.registry),
                java.time.InstantSource.fixed(NOW),
                PATIENT);

        assertThat(kind(client.logIn())).isEqualTo(Kind.CREDENTIALS_REJECTED);
        assertThat(provider.asked).isEmpty();
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

    @Test
    void noSecretIsLoggedOrShown() {
        var echo = "{\"message\":\"" + String.join(" ", API_KEY, USER_KEY, REFRESH, ACCESS.substring(0, 40)) + "\"}";
        var shown = new ArrayList<String>();

        var logged = logged(() -> {
            var client = provider.client(HASTY);
            shown.add(client.toString());
            shown.add(await(client.logIn()).toString());
            for (var answer : misbehaviour(echo)) {
                provider.answer(TEAM_PATH, answer);
                provider.answer(TOKEN_PATH, answer);
                shown.add(await(client.fetch(TEAM)).toString());
                shown.add(await(client.renew()).toString());
                shown.add(await(client.logIn()).toString());
            }
        });

        assertThat(shown).hasSizeGreaterThan(10);
        shown.addAll(logged);
        assertThat(String.join("\n", shown))
                .doesNotContain(API_KEY, USER_KEY, "secret%2Bof", ACCESS.substring(4, 30), REFRESH.substring(0, 20));
    }

    @Test
    void aMemberThatNobodyDescribesIsToldOnceAndCounted() {
        provider.answer(TEAM_PATH, 200, "{\"users\":[{\"id\":\"a\",\"mood\":\"good\",\"+13125550117\":1}]}");
        var client = provider.loggedIn(PATIENT);

        var logged = logged(() -> {
            var ignored = await(client.fetch(TEAM));
            var again = await(client.fetch(TEAM));
            assertThat(again).isInstanceOf(Page.class);
        });

        assertThat(logged).filteredOn(line -> line.contains("team: mood")).hasSize(1);
        assertThat(String.join("\n", logged)).doesNotContain("555");
        assertThat(provider.registry
                        .get("switchboard.provider.unknown.members")
                        .tag("resource", "team")
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void everySeriesIsThereFromTheStart() {
        var ignored = new ProviderMetrics(provider.registry);

        assertThat(provider.registry.find("switchboard.provider.requests").counters())
                .hasSize(Endpoint.values().length * (Kind.values().length + 1));
        assertThat(provider.registry
                        .find("switchboard.provider.request.duration")
                        .timers())
                .extracting(timer -> timer.getId().getTag("endpoint"))
                .containsExactlyInAnyOrder(
                        "token",
                        "calls",
                        "call",
                        "journal",
                        "voicemails",
                        "phone-numbers",
                        "team",
                        "profile",
                        "status",
                        "contacts");
        assertThat(provider.registry
                        .find("switchboard.provider.unknown.members")
                        .counters())
                .hasSize(8);
    }

    private List<Consumer<HttpServerResponse>> misbehaviour(String echo) {
        return List.of(
                response -> response.setStatusCode(400).end(echo),
                response -> response.setStatusCode(401).end(echo),
                response -> response.setStatusCode(200).end(echo),
                response -> response.setStatusCode(500).end(echo.replace('"', ' ')),
                response -> hangUp(response),
                response -> {});
    }

    private static void drip(HttpServerResponse response) {
        if (!response.closed()) {
            var ignored = response.write(" ");
        }
    }

    private static void hangUp(HttpServerResponse response) {
        var ignored = response.reset();
    }

    /** What is logged meanwhile, by anybody, at any level. */
    private static List<String> logged(Runnable run) {
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        var loggers = List.of("io.switchboard", "io.vertx", "io.netty").stream()
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList();
        loggers.forEach(logger -> {
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(appender);
        });
        try {
            run.run();
        } finally {
            loggers.forEach(logger -> {
                logger.detachAppender(appender);
                logger.setAdditive(true);
                logger.setLevel(null);
            });
        }
        return List.copyOf(appender.list).stream()
                .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
                .toList();
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
