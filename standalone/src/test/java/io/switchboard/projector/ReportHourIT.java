package io.switchboard.projector;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.Outcome;
import io.switchboard.event.Envelope;
import io.switchboard.projector.report.DurationSketch;
import io.switchboard.projector.report.Durations;
import io.switchboard.projector.report.Outcomes;
import io.switchboard.projector.report.Tally;
import io.switchboard.projector.report.TallySum;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sums by the hour are what the calls add up to, however the calls became what they are. */
@ExtendWith(RealInfrastructure.class)
class ReportHourIT {
    private static final long SEED = 20_261_122;
    private static final Instant START = Instant.parse("2026-03-09T16:00:00.123456700Z");
    private static final int CALLS = 300;

    /** Each test reads a log of its own. */
    private static final AtomicInteger LOGS = new AtomicInteger();

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
                infrastructure.topicPrefix() + "hours-" + LOGS.incrementAndGet() + ".");
    }

    @AfterEach
    void stop() throws Exception {
        driver.close();
    }

    @Test
    void anyOrderDuplicateAndReplayAddsUpToTheSame() throws Exception {
        var deliveries = deliveries(new SplittableRandom(SEED));
        var first = driver.start();
        var second = driver.start();
        appendInBatches(deliveries); // in order, so that calls grow, and both projectors move the same hours
        driver.awaitCaughtUp();
        var kept = assertIsTheSumOfTheCalls();
        assertThat(kept.values().stream()
                        .mapToLong(tally -> tally.outcomes().calls())
                        .sum())
                .isEqualTo(2 * CALLS);
        assertThat(kept.values())
                .anySatisfy(tally -> assertThat(tally.outcomes().missed()).isPositive());
        assertThat(kept.values())
                .anySatisfy(tally -> assertThat(tally.talkTime().count()).isPositive());

        driver.execute("truncate call, call_leg, call_event, report_hour; delete from projection_position where true");
        Collections.shuffle(deliveries, new Random(SEED));
        driver.stop(first);
        var third = driver.start();
        appendInBatches(deliveries); // on top of all that the log holds already
        appendInBatches(deliveries.subList(0, CALLS));
        driver.awaitCaughtUp();
        assertThat(assertIsTheSumOfTheCalls()).as("seed %s", SEED).isEqualTo(kept);

        driver.stop(second);
        driver.stop(third);
        driver.execute("update projection_position set next_offset = 0");
        var again = driver.start();
        driver.awaitCaughtUp();
        assertThat(assertIsTheSumOfTheCalls()).as("replayed").isEqualTo(kept);
        assertThat(again.status().lastAppliedAt()).isNotNull();
    }

    @Test
    void anHourThatItsCallsHaveLeftHasNoRow() throws Exception {
        var projector = driver.start();
        var ringing = Instant.parse("2026-03-09T17:00:05Z");
        driver.append(List.of(Webhooks.event("early", "IncomingCallConnected", "101", ringing)));
        driver.awaitCaughtUp();
        assertThat(hours("report_hour").keySet()).hasSize(2);

        driver.append(List.of(Webhooks.event("early", "IncomingCall", null, ringing.minusSeconds(10))));
        driver.awaitCaughtUp();

        assertThat(assertIsTheSumOfTheCalls().keySet()).hasSize(2).allMatch(key -> key.contains(" 16:00:00"));
        assertThat(projector.status().lastAppliedAt()).isNotNull();
    }

    /** Answers what the table holds. */
    private Map<String, Tally> assertIsTheSumOfTheCalls() throws SQLException {
        var kept = hours("report_hour");
        assertThat(kept).isEqualTo(recomputed()).isEqualTo(hours("report_hour_of_calls"));
        return kept;
    }

    private Map<String, Tally> recomputed() throws SQLException {
        var sums = new TreeMap<String, TallySum>();
        try (var connection = driver.connect();
                var row = connection.createStatement().executeQuery("""
                        select account, coalesce(business_number, '') as number, direction, outcome, wait_seconds,
                            talk_seconds, recording_status, date_trunc('hour', started_at, 'UTC')::text as hour
                        from call""")) {
            while (row.next()) {
                var outcome = row.getString("outcome");
                var tally = Tally.of(
                        outcome == null ? null : Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
                        micros(row, "wait_seconds"),
                        micros(row, "talk_seconds"),
                        !row.getString("recording_status").equals("none"));
                for (var place : List.of("f " + row.getString("number"), "t ")) {
                    sums.computeIfAbsent(
                                    key(
                                            row.getString("account"),
                                            place,
                                            row.getString("hour"),
                                            row.getString("direction")),
                                    none -> new TallySum())
                            .add(tally);
                }
            }
        }
        var tallies = new TreeMap<String, Tally>();
        sums.forEach((key, sum) -> tallies.put(key, sum.tally()));
        return tallies;
    }

    private Map<String, Tally> hours(String table) throws SQLException {
        var tallies = new TreeMap<String, Tally>();
        try (var connection = driver.connect();
                var row = connection.createStatement().executeQuery("select *, hour::text as at from " + table)) {
            while (row.next()) {
                var tally = tally(row);
                var place = row.getString("total") + " " + row.getString("number");
                var before = tallies.put(
                        key(row.getString("account"), place, row.getString("at"), row.getString("direction")), tally);
                assertThat(before).isNull();
            }
        }
        return tallies;
    }

    private static Tally tally(ResultSet row) throws SQLException {
        return new Tally(
                new Outcomes(
                        row.getLong("open"),
                        row.getLong("answered"),
                        row.getLong("missed"),
                        row.getLong("voicemail"),
                        row.getLong("dropped"),
                        row.getLong("unanswered"),
                        row.getLong("unknown")),
                row.getLong("recorded"),
                durations(row, "answer"),
                durations(row, "lost"),
                durations(row, "talk"));
    }

    private static Durations durations(ResultSet row, String what) throws SQLException {
        return new Durations(
                row.getLong(what + "_count"),
                row.getLong(what + "_micros"),
                DurationSketch.decode(Objects.requireNonNull(row.getBytes(what + "_sketch"))));
    }

    private static @Nullable Long micros(ResultSet row, String column) throws SQLException {
        return Durations.micros(row.getObject(column, Double.class));
    }

    private static String key(String account, String place, String hour, String direction) {
        return String.join(" ", account, place, hour, direction);
    }

    private void appendInBatches(List<Envelope> deliveries) throws Exception {
        for (var from = 0; from < deliveries.size(); from += 61) {
            driver.append(deliveries.subList(from, Math.min(from + 61, deliveries.size())));
        }
    }

    /** Calls of four hours and three numbers, event by event as they come, and the provider's record of some. */
    private static List<Envelope> deliveries(SplittableRandom random) {
        var events = new ArrayList<Envelope>();
        for (var i = 0; i < CALLS; i++) {
            var id = "call-" + i;
            var number = "+1202555014" + random.nextInt(3);
            var start = START.plusSeconds(random.nextInt(4 * 3600)).plusNanos(random.nextInt(10_000_000) * 100L);
            var answer = start.plusMillis(random.nextInt(90_000)).plusNanos(random.nextInt(10_000) * 100L);
            var end = answer.plusMillis(random.nextLong(3_600_000L));
            var fate = random.nextInt(10);
            events.add(Webhooks.event(id, "IncomingCall", null, start, number));
            if (fate < 6) {
                events.add(Webhooks.event(id, "IncomingCallRinging", "101", start.plusMillis(5), number));
                events.add(Webhooks.event(id, "IncomingCallConnected", "101", answer, number));
            }
            if (fate != 0 && fate != 9) { // those stay open
                events.add(Webhooks.event(id, "IncomingCallCompleted", null, end, number));
            }
            if (fate == 8 || fate == 5) {
                events.add(Webhooks.record(id, fate == 8 ? "Missed" : "Connected", start, 70_200));
            }
        }
        events.sort(Comparator.comparing(Envelope::occurredAt));
        return events;
    }
}
