package io.switchboard.poller.provider;

import static io.switchboard.poller.provider.ProviderFixture.API_KEY;
import static io.switchboard.poller.provider.ProviderFixture.USER_KEY;
import static io.switchboard.poller.provider.ProviderFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.provider.ProviderAnswer.Page;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MightyCallSecrecyTest {
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
                        "contacts",
                        "message",
                        "make-call",
                        "set-status",
                        "contact",
                        "comment");
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

    private static String member(String sample, String name) {
        return java.util.Objects.requireNonNull(Members.read(Samples.bytes(sample)))
                .byName()
                .getOrDefault(name, "");
    }
}
