package io.switchboard.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Envelope;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealInfrastructure.class)
class ProjectionIT {
    private static final Instant START = Instant.parse("2026-03-09T17:00:00.123456700Z");
    private static final AtomicInteger TESTS = new AtomicInteger();

    private ProjectorDriver driver;

    @BeforeEach
    void emptyTables(Infrastructure infrastructure) throws Exception {
        try (var connection = infrastructure.connect();
                var statement = connection.createStatement()) {
            var ignored = statement.execute("drop schema public cascade; create schema public");
        }
        driver = new ProjectorDriver(
                infrastructure.bootstrapServers(),
                infrastructure.databaseUrl(),
                infrastructure.topicPrefix() + TESTS.incrementAndGet() + ".");
    }

    @AfterEach
    void stop() throws Exception {
        driver.close();
    }

    @Test
    void aCallBecomesARowWithItsLegsAndItsChange() throws Exception {
        var projector = driver.start();
        driver.append(Webhooks.answeredCall("call-1", START));

        driver.awaitCaughtUp();

        assertThat(driver.rows("""
                select direction, state, outcome, client_number, client_digits, business_number, agent_extension,
                    wait_seconds, talk_seconds, version, sources, started_at = '2026-03-09T17:00:00.123456Z'
                from call"""))
                .containsExactly(List.of(
                        "inbound",
                        "ended",
                        "answered",
                        "+13125550117",
                        "13125550117",
                        "+12025550143",
                        "101",
                        "2",
                        "1",
                        "4",
                        "{webhook}",
                        "t"));
        assertThat(driver.rows("select position, extension, result from call_leg"))
                .containsExactly(List.of("0", "101", "answered"));
        assertThat(driver.rows("select provider_time_rest, deliveries from call_event"))
                .hasSize(4)
                .containsOnly(List.of("700", "1"));
        assertThat(driver.rows("select topic, key from change_feed")).contains(List.of("calls", "call-1"));
        assertThat(projector.status().lastAppliedAt()).isNotNull();
    }

    @Test
    void whatExtensionsMayDoIsFedOfCallsOfTodayAlone() throws Exception {
        var projector = driver.start();
        driver.append(Webhooks.answeredCall("call-1", START));
        driver.awaitCaughtUp();
        assertThat(driver.rows("select key from change_feed where topic = 'agents'"))
                .isEmpty();

        driver.append(Webhooks.answeredCall("call-2", Instant.now().minusSeconds(60)));
        driver.awaitCaughtUp();

        assertThat(driver.rows("select distinct account, key from change_feed where topic = 'agents'"))
                .containsExactly(List.of("default", "101"));
        driver.stop(projector);
    }

    @Test
    void theFeedKeepsItsLastHundredThousandChangesHoweverOld() throws Exception {
        var projector = driver.start();
        driver.execute("""
                begin;
                lock table stream_head in share row exclusive mode;
                insert into change_feed (account, topic, key, version, changed_at, position)
                select 'default', 'calls', 'old-' || i, 1, now() - interval '2 hours', h.position + i
                from stream_head h, generate_series(1, 100010) i;
                update stream_head set position = position + 100010;
                commit""");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> driver.rows("select 1 from change_feed where key = 'old-10'")
                        .isEmpty());
        assertThat(driver.rows("select count(*) >= 100000 from change_feed")).containsExactly(List.of("t"));
        driver.stop(projector);
    }

    @Test
    void aRecordEndsTheCallThatLostItsEndAndItsDisagreementIsCountedOnce() throws Exception {
        var unused = driver.start();
        var webhooks = Webhooks.answeredCall("call-1", START).subList(0, 3);
        var record = Webhooks.record("call-1", "Missed", START, 70_200);
        driver.append(webhooks);
        driver.awaitCaughtUp();
        assertThat(driver.rows("select state, outcome, confirmed from call"))
                .containsExactly(List.of("connected", "null", "f"));
        assertThat(driver.counted("switchboard.merge.disagreements")).isZero();

        for (var turn = 0; turn < 2; turn++) {
            driver.append(List.of(record));
            driver.append(webhooks);
            driver.awaitCaughtUp();
        }

        assertThat(driver.rows("select state, outcome, duration_seconds, ended_at - started_at, confirmed from call"))
                .containsExactly(List.of("ended", "missed", "70.2", "00:01:10.2", "t"));
        assertThat(driver.counted("switchboard.merge.disagreements")).isOne();
    }

    @Test
    void anyOrderRepetitionAndCutGiveTheSameTables() throws Exception {
        var deliveries = new ArrayList<Envelope>();
        for (var i = 0; i < 50; i++) {
            for (var event : Webhooks.answeredCall("call-" + i, START.plusSeconds(i))) {
                deliveries.add(event);
                if (i % 3 == 0) {
                    deliveries.add(event); // the same delivery twice in the log
                    deliveries.add(Webhooks.receivedAt(event, event.receivedAt().plusSeconds(3)));
                    deliveries.add(Webhooks.receivedAt(event, event.receivedAt().minusSeconds(5)));
                }
            }
        }
        var first = driver.start();
        driver.append(deliveries);
        driver.awaitCaughtUp();
        var expected = driver.tables();
        assertThat(driver.rows("select deliveries, count(*) from call_event group by 1 order by 1"))
                .containsExactly(List.of("1", "132"), List.of("3", "68"));
        driver.stop(first);

        for (var seed = 1; seed <= 3; seed++) {
            driver.execute(
                    "truncate call, call_leg, call_event, change_feed; delete from projection_position where true");
            var again = driver.start();
            Collections.shuffle(deliveries, new Random(seed));
            for (var from = 0; from < deliveries.size(); from += 37) { // on top of all that the log holds already
                driver.append(deliveries.subList(from, Math.min(from + 37, deliveries.size())));
            }
            driver.awaitCaughtUp();

            assertThat(driver.tables()).as("seed %d", seed).isEqualTo(expected);
            driver.stop(again);
        }
    }

    @Test
    void nulAndLoneSurrogatesAreMadeVisible() throws Exception {
        var body = """
                {"EventType":"Incoming\\u0000Call","Body":{"Id":"call-\\u0000\\ud800","From":"\\udc00x","To":"y\\u0000"}}""";
        var unused = driver.start();
        driver.append(List.of(Webhooks.raw("call-x", body.getBytes(UTF_8))));
        driver.append(Webhooks.answeredCall("call-1", START));

        driver.awaitCaughtUp();

        assertThat(driver.rows("select count(*) from call")).containsExactly(List.of("1"));
        assertThat(driver.rows(
                        "select count(*) from call_event where type like 'Incoming%Call' and to_party like 'y_%'"))
                .containsExactly(List.of("1"));
    }

    @Test
    void poisonStopsNothingButItself() throws Exception {
        var unused = driver.start();
        driver.append(Webhooks.answeredCall("warm-up", START));
        driver.awaitCaughtUp();
        var poison = Map.<String, byte[]>ofEntries(
                Map.entry("not JSON", "not JSON at all".getBytes(UTF_8)),
                Map.entry("wrong types", "{\"EventType\":{},\"Body\":[1,2]}".getBytes(UTF_8)),
                Map.entry("1e400", "{\"Body\":{\"Id\":\"n\",\"Duration\":1e400},\"Timestamp\":1e400}".getBytes(UTF_8)),
                Map.entry(
                        "long integers",
                        "{\"Body\":{\"Id\":\"i\",\"Extension\":12345678901234567890123}}".getBytes(UTF_8)),
                Map.entry("duplicate keys", "{\"Body\":{\"Id\":\"a\",\"Id\":\"b\"}}".getBytes(UTF_8)),
                Map.entry("50 k deep", "[".repeat(50_000).getBytes(UTF_8)),
                Map.entry(
                        "900 k string",
                        ("{\"Body\":{\"Id\":\"s\",\"From\":\"" + "x".repeat(900_000) + "\"}}").getBytes(UTF_8)),
                Map.entry("empty", new byte[0]),
                Map.entry("null", "null".getBytes(UTF_8)),
                Map.entry("array", "[]".getBytes(UTF_8)),
                Map.entry("broken UTF-8", new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"', ':', '1', '}'}),
                Map.entry(
                        "far future",
                        "{\"Body\":{\"Id\":\"f\"},\"Timestamp\":\"9999-12-31T23:59:59Z\"}".getBytes(UTF_8)));
        var all = new ArrayList<Envelope>();
        poison.forEach((name, body) -> all.add(Webhooks.raw("poison", body)));
        all.addAll(Webhooks.answeredCall("good", START));

        var begun = System.nanoTime();
        driver.append(all);
        driver.awaitCaughtUp(Duration.ofSeconds(10));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(driver.rows("select state from call where call_id = 'good'")).containsExactly(List.of("ended"));
        var refused = driver.rows("select topic, partition, kafka_offset, reason from dead_letter order by 1, 2, 3");
        assertThat(refused)
                .isNotEmpty()
                .extracting(row -> row.get(3))
                .contains("not_json", "not_an_object", "no_call_id");
        assertThat(driver.deadLetters())
                .hasSizeGreaterThanOrEqualTo(refused.size())
                .allSatisfy(copy -> {
                    assertThat(new String(copy.key(), UTF_8)).isEqualTo("poison");
                    assertThat(copy.headers().lastHeader("reason")).isNotNull();
                    assertThat(copy.headers().lastHeader("original-offset")).isNotNull();
                    assertThat(copy.headers().lastHeader("ce_id")).isNotNull();
                });
    }

    @Test
    void whatPostgresRefusesBecomesADeadLetterByBisection() throws Exception {
        var unused = driver.start();
        driver.append(Webhooks.answeredCall("warm-up", START));
        driver.awaitCaughtUp();
        driver.execute("alter table call_event add constraint no_bad_calls check (call_id not like 'bad%')");
        var all = new ArrayList<Envelope>();
        for (var i = 0; i < 100; i++) {
            all.addAll(Webhooks.answeredCall(i % 20 == 7 ? "bad-" + i : "good-" + i, START));
        }

        driver.append(all);
        driver.awaitCaughtUp();

        assertThat(driver.rows("select count(*) from call where call_id like 'good%'"))
                .containsExactly(List.of("95"));
        assertThat(driver.rows("select reason, detail, count(*) from dead_letter group by 1, 2"))
                .containsExactly(
                        List.of("data_rejected", "SQLSTATE 23514, table call_event, constraint no_bad_calls", "20"));
    }

    @Test
    void quarantinedWebhooksLeaveOnlyTheirPlace() throws Exception {
        var unused = driver.start();
        var webhook = Webhooks.quarantined("{}".getBytes(UTF_8));
        driver.append(List.of(
                webhook,
                webhook,
                Webhooks.receivedAt(webhook, webhook.receivedAt().plusSeconds(1))));

        driver.awaitCaughtUp();

        assertThat(driver.rows("select deliveries, kafka_offset from quarantined_event"))
                .containsExactly(List.of("2", "0"));
    }

    @Test
    void twoInstancesShareThePartitionsAndEitherTakesOver() throws Exception {
        var first = driver.start();
        var second = driver.start();
        for (var round = 0; round < 10; round++) {
            for (var i = 0; i < 40; i++) {
                driver.append(Webhooks.answeredCall("call-" + round + "-" + i, START));
            }
            if (round == 5) {
                driver.stop(first);
            }
        }

        driver.awaitCaughtUp();

        assertThat(driver.rows("select count(*), sum(version) from call")).containsExactly(List.of("400", "1600"));
        assertThat(driver.rows("select count(*), sum(deliveries) from call_event"))
                .containsExactly(List.of("1600", "1600"));
        assertThat(second.status().lastAppliedAt()).isNotNull();
    }

    @Test
    void startedAgainItGoesOnWhereTheTablesStand() throws Exception {
        for (var round = 1; round <= 3; round++) {
            var projector = driver.start();
            driver.append(Webhooks.answeredCall("call-" + round, START));
            driver.awaitCaughtUp();
            driver.stop(projector);
        }

        assertThat(driver.rows("select count(*), sum(deliveries) from call_event"))
                .containsExactly(List.of("12", "12"));
    }

    @Test
    void aConnectionThatIsTerminatedCostsNothing() throws Exception {
        var unused = driver.start();
        for (var round = 0; round < 20; round++) {
            driver.append(Webhooks.answeredCall("call-" + round, START));
            driver.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'switchboard-projector' and datname = current_database()");
        }

        driver.awaitCaughtUp(Duration.ofSeconds(10));

        assertThat(driver.rows("select count(*), sum(deliveries) from call_event"))
                .containsExactly(List.of("80", "80"));
    }
}
