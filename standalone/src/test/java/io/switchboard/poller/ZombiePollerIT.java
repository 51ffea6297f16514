package io.switchboard.poller;

import static io.switchboard.poller.PollerUnderTest.ACCOUNT;
import static io.switchboard.poller.PollerUnderTest.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.standalone.SwitchboardMain;
import io.switchboard.standalone.embedded.LoopbackPort;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.ProcessUnderTest;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two poller processes on one log: one polls, and whoever was thought dead and is not spends and writes nothing. */
@ExtendWith(RealInfrastructure.class)
class ZombiePollerIT {
    private static final int LIMIT = 60;
    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration WATCHED = Duration.ofSeconds(8);

    private final HttpClient http = HttpClient.newHttpClient();

    /** One of the two. */
    private record Process(ProcessUnderTest process, int port) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }

    @Test
    void whoeverLeadsSpendsAndAZombieDoesNothing(Infrastructure infrastructure) throws Exception {
        var vertx = Vertx.vertx();
        try (var provider = SimulatedProvider.start(
                        vertx,
                        "zombies",
                        Map.of("SIMULATOR_HISTORY_CALLS", "20", "SIMULATOR_DAILY_REQUESTS", "" + LIMIT));
                var log = new PollerUnderTest(vertx, infrastructure, provider.credentials())) {
            log.ensureTopics();
            try (var first = launch(log);
                    var second = launch(log)) {
                awaitReady(first);
                awaitReady(second);
                until(() -> leads(first) != leads(second));
                log.awaitFirstCycle(ACCOUNT);
                var zombie = leads(first) ? first : second;
                var heir = zombie == first ? second : first;

                freezeInMidRequest(zombie, provider, log);
                until(() -> leads(heir));
                assertThat(log.awaitJob(ACCOUNT, "frozen").status()).isEqualTo(Job.Status.DONE);

                var asked = provider.asked();
                var done = log.job(ACCOUNT, "frozen");
                var losses = losses(zombie);
                zombie.process().resume();
                until(() -> losses(zombie) > losses);
                Awaitility.await()
                        .during(WATCHED)
                        .atMost(WATCHED.multipliedBy(2))
                        .until(() -> provider.asked() <= asked + 1);
                assertThat(log.job(ACCOUNT, "frozen")).isEqualTo(done);
                assertSpentIsCounted(provider, log, 0);
                until(() -> leads(zombie) != leads(heir));
                assertThat(log.sync(ACCOUNT, "after-the-return", "calls").status())
                        .isEqualTo(Job.Status.DONE);
                assertSpentIsCounted(provider, log, 0);

                // A new balance of the group may have given the account back.
                var killed = leads(heir) ? heir : zombie;
                var survivor = killed == heir ? zombie : heir;
                killed.process().killNow();
                until(() -> leads(survivor));
                assertThat(log.sync(ACCOUNT, "after-the-kill", "calls").status())
                        .isEqualTo(Job.Status.DONE);
                assertSpentIsCounted(provider, log, 1);
                assertThat(provider.stats().at("/api/window/refused").asInt()).isZero();
            }
        } finally {
            http.close();
            var closed = vertx.close().await(20, TimeUnit.SECONDS);
            assert closed == null;
        }
    }

    /** The leader has asked and is stopped before the answer comes; orders go on to be given. */
    private static void freezeInMidRequest(Process leader, SimulatedProvider provider, PollerUnderTest log)
            throws Exception {
        provider.turn("{\"api_latency_ms\":2000}");
        var asked = provider.asked();
        log.order(ACCOUNT, "frozen", Order.Kind.SYNC, "calls");
        until(() -> provider.asked() > asked);
        leader.process().pause();
        provider.turn("{\"api_latency_ms\":0}");
    }

    private static int losses(Process poller) {
        return poller.process().output().split("no longer polled from here", -1).length - 1;
    }

    /** Every request that came in was in the ledger before; a crash may have wasted one that never was sent. */
    private static void assertSpentIsCounted(SimulatedProvider provider, PollerUnderTest log, int crashes) {
        until(() -> {
            var spent = log.budget(ACCOUNT).map(BudgetReport::spent).orElseThrow();
            return spent >= provider.counted() && spent <= provider.counted() + crashes;
        });
        assertThat(provider.counted()).isLessThanOrEqualTo(LIMIT);
    }

    private static Process launch(PollerUnderTest log) {
        var environment = new HashMap<>(log.environment);
        var port = LoopbackPort.free();
        environment.put("POLLER_MANAGEMENT_PORT", Integer.toString(port));
        environment.put("POLL_DAILY_REQUESTS", Integer.toString(LIMIT));
        return new Process(ProcessUnderTest.java(SwitchboardMain.class, environment, "poller"), port);
    }

    private static void awaitReady(Process poller) {
        var unused = poller.process().awaitLine("poller ready", START);
    }

    private boolean leads(Process poller) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + poller.port() + "/statusz"))
                .timeout(Duration.ofSeconds(2));
        var status = http.send(request.build(), BodyHandlers.ofString()).body();
        return SimulatedProvider.parsed(status).findPath("leads").asBoolean();
    }
}
