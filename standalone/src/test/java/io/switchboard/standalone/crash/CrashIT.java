package io.switchboard.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults under load; each test ends with the ledger check. */
class CrashIT {
    private static final int RATE = 500;
    private static final long SEED = 42;
    private static final Duration HEALTH = Duration.ofSeconds(10);

    @TempDir
    private Path data;

    private Installation installation;

    @BeforeEach
    void start() {
        installation = new Installation(data);
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void aKilledGatewayLosesNothingItAcknowledged() throws Exception {
        var unused = installation.startProjector();
        var random = new SplittableRandom(SEED);

        installation.load().start(RATE);
        for (var kill = 0; kill < 4; kill++) {
            pass(Duration.ofMillis(500 + random.nextInt(2_000)));
            installation.gateway().killNow();
            installation.restartGateway();
        }
        pass(Duration.ofSeconds(1));
        installation.load().stop();

        installation.awaitProjected();
        assertThat(installation.ledger().acknowledged()).isGreaterThan(RATE);
        installation.assertNothingLost();
    }

    @Test
    void aKilledBrokerCostsNoWebhook() throws Exception {
        var unused = installation.startProjector();

        installation.load().start(RATE);
        pass(Duration.ofSeconds(3));
        installation.broker().killNow();
        pass(Duration.ofSeconds(8));
        installation.restartBroker();
        pass(Duration.ofSeconds(3));
        installation.load().stop();

        assertEveryWebhookWasAccepted();
        installation.awaitProjected();
        installation.assertNothingLost();
        assertMetricsAgree();
    }

    @Test
    void aHungBrokerCostsNoWebhook() throws Exception {
        var unused = installation.startProjector();

        installation.load().start(RATE);
        pass(Duration.ofSeconds(3));
        installation.broker().pause();
        await().atMost(HEALTH).until(() -> installation.gatewayStatus().contains("does not answer"));
        pass(Duration.ofSeconds(5));
        assertThat(installation.readiness()).isEqualTo(200);
        installation.broker().resume();
        pass(Duration.ofSeconds(3));
        installation.load().stop();

        assertEveryWebhookWasAccepted();
        installation.awaitProjected();
        installation.assertNothingLost();
        assertMetricsAgree();
    }

    @Test
    void aGatewayKilledWhileTheBrokerIsAwayLosesNothing() throws Exception {
        var unused = installation.startProjector();

        installation.load().start(RATE);
        pass(Duration.ofSeconds(1));
        installation.broker().killNow();
        pass(Duration.ofSeconds(2));
        installation.gateway().killNow();
        installation.restartGateway();
        pass(Duration.ofSeconds(2));
        installation.gateway().killNow();
        installation.restartBroker();
        installation.restartGateway();
        installation.load().stop();

        installation.awaitProjected();
        assertThat(installation.ledger().spooled()).isPositive();
        installation.assertNothingLost();
    }

    @Test
    void aProjectorKilledInMidBatchLeavesTheTablesAtTheirPositions() throws Exception {
        var random = new SplittableRandom(SEED);
        installation.load().start(2 * RATE);
        var projector = installation.startProjector();
        for (var kill = 0; kill < 12; kill++) {
            pass(Duration.ofMillis(100 + random.nextInt(1_200)));
            projector.killNow();
            projector = kill % 3 == 2 ? installation.startProjector() : installation.launchProjector();
        }
        installation.load().stop();

        installation.awaitProjected();
        installation.assertNothingLost();
    }

    @Test
    void aStoppedPostgresIsWaitedForAndNothingIsMissing() throws Exception {
        var projector = installation.startProjector();

        installation.load().start(RATE);
        pass(Duration.ofSeconds(2));
        installation.postgres().stopImmediately();
        await().atMost(HEALTH).until(() -> installation.projectorReadiness() == 503);
        pass(Duration.ofSeconds(8));
        assertThat(installation.readiness()).isEqualTo(200);
        var unused = installation.postgres().restart();
        var before = installation.positions();
        var back = System.nanoTime();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> !installation.positions().equals(before));
        System.out.printf("flowing %.1f s after Postgres was back%n", (System.nanoTime() - back) / 1e9);
        await().atMost(HEALTH).until(() -> installation.projectorReadiness() == 200);
        installation.load().stop();

        assertEveryWebhookWasAccepted();
        assertThat(projector.isAlive()).isTrue();
        installation.awaitProjected();
        installation.assertNothingLost();
    }

    @Test
    void twoProjectorsShareTheWorkAndAZombieWritesNothing() throws Exception {
        var first = installation.startProjector();
        var second = installation.startProjector();

        installation.load().start(RATE);
        pass(Duration.ofSeconds(3));
        first.pause();
        pass(Duration.ofSeconds(12));
        first.resume();
        pass(Duration.ofSeconds(3));
        second.killNow();
        pass(Duration.ofSeconds(2));
        installation.load().stop();

        installation.awaitProjected();
        installation.assertNothingLost();
    }

    private void assertEveryWebhookWasAccepted() {
        assertThat(installation.ledger().refused()).isZero();
        assertThat(installation.ledger().unanswered()).isZero();
    }

    private void assertMetricsAgree() throws Exception {
        var scrape = installation.scrape();
        assertThat(Installation.sum(scrape, "switchboard_webhook_requests_total", "outcome=\"accepted\""))
                .isEqualTo(installation.ledger().acknowledged());
        assertThat(Installation.sum(scrape, "switchboard_webhook_events_total", "durability=\"spooled\""))
                .isEqualTo(installation.ledger().spooled());
    }

    /** Lets the load run on. */
    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
