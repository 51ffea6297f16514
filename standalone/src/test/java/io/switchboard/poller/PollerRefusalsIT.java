package io.switchboard.poller;

import static io.switchboard.poller.PollerUnderTest.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Resource;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PollerReport;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a poller does that may not ask: one poller with an account for each reason. */
@ExtendWith(RealInfrastructure.class)
class PollerRefusalsIT {
    private static final int LIMIT = 5;
    private static final int LEAST_BUDGET = 24;
    private static final List<String> GUISES = List.of("403", "429", "400", "200");
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration SHORT_SILENCE = Duration.ofSeconds(5);

    private static final Vertx VERTX = Vertx.vertx();
    private static final Map<String, SimulatedProvider> PROVIDERS = new TreeMap<>();
    private static LogCapture logs;
    private static PollerUnderTest poller;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        logs = LogCapture.begin();
        var accounts = new StringBuilder("- {id: nokeys}\n");
        provide("wrongkey", Map.of());
        var wrong = provider("wrongkey");
        accounts.append(wrong.account("wrongkey", "").replace(wrong.userKey, "not-the-user-key-at-all"));
        for (var guise : GUISES) {
            provide(
                    "limit" + guise,
                    Map.of("SIMULATOR_DAILY_REQUESTS", "" + LIMIT, "SIMULATOR_API_LIMIT_ANSWER", guise));
            accounts.append(provider("limit" + guise).account("limit" + guise, ""));
        }
        var file = Files.writeString(folder.resolve("accounts.yaml"), accounts);
        poller = new PollerUnderTest(VERTX, infrastructure, Map.of("MIGHTYCALL_ACCOUNTS_FILE", file.toString()));
        poller.start();
    }

    @AfterAll
    static void stop() throws Exception {
        poller.close();
        for (var provider : PROVIDERS.values()) {
            provider.close();
        }
        var closed = VERTX.close().await(20, TimeUnit.SECONDS);
        assert closed == null;
        logs.close();
    }

    @Test
    void aWrongKeyIsOneClearLineAndNotAskedWithAgain() throws Exception {
        awaitReport("wrongkey", PollerReport.State.HALTED);
        var provider = provider("wrongkey");
        assertThat(provider.asked()).isEqualTo(1);

        var job = poller.sync("wrongkey", "with-a-wrong-key");

        assertThat(job.status()).isEqualTo(Job.Status.FAILED);
        assertThat(job.error()).isEqualTo(PollerReport.AUTH_FAILED);
        assertThat(poller.report("wrongkey").orElseThrow().reason()).isEqualTo(PollerReport.AUTH_FAILED);
        assertThat(poller.readiness()).isEqualTo(200);
        staysAt(Map.of(provider, 1), SILENCE);
        assertThat(logs.lines().stream().filter(line -> line.startsWith("WARN") && line.contains("account wrongkey")))
                .singleElement()
                .asString()
                .contains("halted", PollerReport.AUTH_FAILED, "API key or the user key");
        assertThat(logs.lines()).noneMatch(line -> line.contains("not-the-user-key-at-all"));
    }

    @Test
    void withoutKeysItSaysSoAndFailsWhatIsOrdered() throws Exception {
        awaitReport("nokeys", PollerReport.State.IDLE);

        var job = poller.sync("nokeys", "without-keys");

        assertThat(job.status()).isEqualTo(Job.Status.FAILED);
        assertThat(job.error()).isEqualTo(PollerReport.NO_CREDENTIALS);
        assertThat(poller.report("nokeys").orElseThrow().reason()).isEqualTo(PollerReport.NO_CREDENTIALS);
        assertThat(poller.readiness()).isEqualTo(200);
    }

    @Test
    void theProvidersLimitStopsEverythingInWhateverGuiseItComes() throws Exception {
        var silent = new TreeMap<String, Integer>();
        for (var guise : GUISES) {
            var account = "limit" + guise;
            awaitReport(account, PollerReport.State.HALTED);
            var report = poller.report(account).orElseThrow();
            assertThat(report.reason()).as(account).isEqualTo(PollerReport.LIMIT_EXCEEDED);
            assertThat(report.until()).as(account).isAfter(Instant.now().plusSeconds(60));
            assertThat(provider(account).counted()).as(account).isEqualTo(LIMIT);
            assertThat(provider(account).asked()).as(account).isEqualTo(LIMIT + 1);
            silent.put(account, LIMIT + 1);
        }
        var job = poller.sync("limit200", "past-the-limit");

        assertThat(job.error()).isEqualTo(PollerReport.LIMIT_EXCEEDED);
        var expected = new java.util.HashMap<SimulatedProvider, Integer>();
        silent.forEach((account, asked) -> expected.put(provider(account), asked));
        staysAt(expected, SHORT_SILENCE);
        assertThat(poller.budget("limit403").orElseThrow().blockedUntil()).isNotNull();
    }

    @Test
    void itsOwnLimitIsKeptHoweverMuchIsWanted(Infrastructure infrastructure) throws Exception {
        try (var provider = SimulatedProvider.start(VERTX, "small", Map.of());
                var small = new PollerUnderTest(
                        VERTX,
                        infrastructure,
                        with(provider.credentials(), "POLL_DAILY_REQUESTS", "" + LEAST_BUDGET))) {
            small.start();
            PollerUnderTest.until(() -> small.resource(ACCOUNT, Resource.CALLS)
                    .filter(calls -> calls.lastSuccessAt() != null)
                    .isPresent());
            for (int i = 0; i < 5; i++) {
                small.order(ACCOUNT, "sync" + i, Order.Kind.SYNC, "calls", "journal", "contacts");
            }
            PollerUnderTest.until(() -> small.job(ACCOUNT, "sync4").isPresent());
            Awaitility.await()
                    .during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> provider.asked() <= LEAST_BUDGET);
            assertThat(small.budget(ACCOUNT).map(BudgetReport::spent)).hasValue(provider.counted());
            var people = share(small, "commands");
            assertThat(people.spent())
                    .as("people have spent what is theirs, and no more")
                    .isEqualTo(people.quota() + share(small, "backfill").quota());
            assertThat(small.job(ACCOUNT, "sync4").orElseThrow().status()).isNotEqualTo(Job.Status.DONE);
        }
    }

    private static SimulatedProvider provider(String name) {
        return Objects.requireNonNull(PROVIDERS.get(name));
    }

    private static void provide(String name, Map<String, String> more) throws Exception {
        PROVIDERS.put(name, SimulatedProvider.start(VERTX, name, more));
    }

    private static BudgetReport.Share share(PollerUnderTest small, String purpose) {
        return Objects.requireNonNull(
                small.budget(ACCOUNT).orElseThrow().byPurpose().get(purpose));
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        var all = new TreeMap<>(settings);
        all.put(name, value);
        return all;
    }

    private static void awaitReport(String account, PollerReport.State state) {
        PollerUnderTest.until(() ->
                poller.report(account).filter(report -> report.state() == state).isPresent());
    }

    private static void staysAt(Map<SimulatedProvider, Integer> asked, Duration silence) {
        Awaitility.await()
                .during(silence)
                .atMost(silence.multipliedBy(2))
                .until(() ->
                        asked.entrySet().stream().allMatch(one -> one.getKey().asked() == one.getValue()));
    }
}
