package io.switchboard.projector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.event.Envelope;
import io.switchboard.projector.projection.ProjectedTable;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A day of the log once more through the projection, while new events come in. */
@ExtendWith(RealInfrastructure.class)
class ReplayIT {
    /** Sums in which calls of other days are too. */
    private static final Set<ProjectedTable> HOURS = Set.of(ProjectedTable.COVERAGE_HOUR, ProjectedTable.REPORT_HOUR);

    private static final Instant START = Instant.parse("2026-03-09T00:00:00.123456700Z");
    private static final int CALLS = 1_500;

    @TempDir
    static Path folder;

    private static Infrastructure servers;
    private static LiveApi api;
    private static LogAppender log;
    private static Instant begun;
    private static Instant ended;
    private static final AtomicInteger LIVE = new AtomicInteger();

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        servers = infrastructure;
        api = LiveApi.start(infrastructure, Map.of(), folder);
        log = new LogAppender(api.settings.kafka());
        begun = Instant.now().minusSeconds(1);
        var day = new ArrayList<Envelope>();
        for (var i = 0; i < CALLS; i++) {
            var events = Webhooks.answeredCall("call-" + i, START.plusSeconds(i * 50L));
            day.addAll(events);
            if (i % 4 == 0) {
                day.add(events.getFirst());
                day.add(ProviderRows.entry("entry-" + i, "call-" + i, START.plusSeconds(i * 50L)));
            }
        }
        log.append(day);
        log.awaitApplied(api);
        ended = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    }

    @AfterAll
    static void stop() throws Exception {
        log.close();
        api.close();
    }

    @BeforeEach
    void empty() {
        api.sql("truncate job, repair");
    }

    /** What all rows of the day say, when they were written included: nothing may touch one. */
    private static List<String> day() {
        return Arrays.stream(ProjectedTable.values())
                .filter(table -> !HOURS.contains(table))
                .map(table -> table.word() + " "
                        + api.column("select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from "
                                        + table.word() + " t where not t::text like '%live-%'")
                                .getFirst())
                .toList();
    }

    private static JsonNode job(LiveApi.Reply ordered) {
        return api.get(ordered.header("Location"), "o").json();
    }

    private static JsonNode finished(LiveApi.Reply ordered) {
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> !List.of("queued", "running")
                        .contains(job(ordered).path("status").asText()));
        return job(ordered);
    }

    private static LiveApi.Reply replayOfTheDay() {
        return api.post(
                "/v1/replays", "o", "{\"topic\":\"calls\",\"from\":\"" + begun + "\",\"to\":\"" + ended + "\"}");
    }

    /** Appends a hundred events a second until it is closed. */
    private static final class LiveLoad implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final String name = "live-" + LIVE.incrementAndGet() + "-";
        private final AtomicInteger calls = new AtomicInteger();
        private final Thread thread = Thread.ofPlatform().start(() -> {
            while (!ended.get()) {
                log.append(Webhooks.answeredCall(name + calls.getAndIncrement(), START.plusSeconds(calls.get())));
                LockSupport.parkNanos(40_000_000);
            }
        });

        @Override
        public void close() throws InterruptedException {
            ended.set(true);
            thread.join();
            log.awaitApplied(api);
        }

        /** Milliseconds from the log to the transaction that wrote it. */
        double p99() {
            return Double.parseDouble(api.column("""
                    select extract(epoch from percentile_cont(0.99) within group (order by projected_at - replicated_at)) * 1000
                    from call_event where call_id like '%s%%'""".formatted(name)).getFirst());
        }
    }

    @Test
    void aReplayedDayChangesNothingAndLiveCallsGoOn() throws Exception {
        var before = day();
        var positions = api.column("select sum(next_offset) from projection_position where topic like '%.journal'");
        double quiet;
        double busy;
        try (var load = new LiveLoad()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> load.calls.get() >= 100);
            load.close();
            quiet = load.p99();
        }
        JsonNode job;
        try (var load = new LiveLoad()) {
            job = finished(replayOfTheDay());
            load.close();
            busy = load.p99();
            assertThat(api.column("select count(*) from call where call_id like '" + load.name + "%' and version = 4"))
                    .containsExactly(Integer.toString(load.calls.get()));
        }

        System.getLogger("replay")
                .log(
                        System.Logger.Level.INFO,
                        "p99 " + quiet + " ms, while replaying " + busy + " ms; " + job.path("read"));
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("done");
        assertThat(job.path("read").path("read").asInt()).isEqualTo(CALLS * 4 + CALLS / 4);
        assertThat(job.path("read").path("duplicates").asInt()).isEqualTo(CALLS * 4 + CALLS / 4);
        assertThat(job.path("read").path("applied").asInt()).isZero();
        assertThat(job.path("steps_done").asInt())
                .isEqualTo(job.path("steps_total").asInt());
        assertThat(day()).isEqualTo(before);
        assertThat(api.column("select sum(next_offset) from projection_position where topic like '%.journal'"))
                .isEqualTo(positions);
        assertThat(busy).isLessThan(Math.max(2 * quiet, 500)); // a machine that is busy anyway is no measure
    }

    @Test
    void aReplayStopsWhenAskedAndCanBeOrderedAgain() throws Exception {
        LiveApi.Reply ordered;
        try (var connection = servers.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(statement.execute("lock table call_event in share mode")).isFalse(); // nobody writes an event
            ordered = replayOfTheDay();
            LiveApi.until(() -> job(ordered).path("status").asText().equals("running"));
            assertThat(api.send("DELETE", ordered.header("Location"), "o", "").status())
                    .isEqualTo(202);
            connection.rollback();
        }

        var stopped = finished(ordered);

        assertThat(stopped.path("status").asText()).isEqualTo("cancelled");
        assertThat(stopped.path("steps_done").asInt())
                .isLessThan(stopped.path("steps_total").asInt());
        var done = finished(replayOfTheDay());
        assertThat(done.path("status").asText()).isEqualTo("done");
    }

    @Test
    void aReplayWhoseProjectorDiedGoesOnInAnother() {
        api.sql("""
                insert into job (account, id, kind, status, resources, requested_by, requested_at, price_requests, spent_requests,
                    steps_done, steps_total, read_records, published, revision)
                values ('*', 'left', 'replay', 'running', '{calls}', 'operator-1', now(), 0, 0, 30, 40, '{"read":30}', 0, 5)""", """
                insert into repair (account, id, kind, work, state, owner, beat_at)
                values ('*', 'left', 'replay', '{"topic":"calls"}',
                    '{"ranges":[{"partition":1,"next":30,"end":40}]}', 'somebody', now() - interval '16 seconds')""");

        LiveApi.until(() ->
                api.get("/v1/jobs/left", "o").json().path("status").asText().equals("done"));

        var job = api.get("/v1/jobs/left", "o").json();
        assertThat(job.path("read").path("read").asInt()).isEqualTo(40);
        assertThat(job.path("steps_done").asInt()).isEqualTo(40);
    }

    @Test
    void whatTheTablesLostComesBack() {
        var before = day();
        api.sql(
                "delete from call_event where call_id = 'call-8'",
                "delete from call where call_id = 'call-8'",
                "delete from call_leg where call_id = 'call-8'");

        var job = finished(replayOfTheDay());

        assertThat(job.path("read").path("applied").asInt()).isEqualTo(4);
        assertThat(api.column("select version from call where call_id = 'call-8'"))
                .containsExactly("4");
        assertThat(before).hasSameSizeAs(day());
    }
}
