package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.DatabaseUrl;
import io.switchboard.projector.Migrations;
import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.query.QueryParameters;
import io.switchboard.projector.api.query.ReportPlan;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.api.table.ChosenFigures;
import io.switchboard.projector.api.table.FigureQueries.GroupFigures;
import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.DurationSketch;
import io.switchboard.projector.report.Durations;
import io.switchboard.projector.report.ServiceLevel;
import io.switchboard.projector.report.Tally;
import io.switchboard.projector.report.TallySum;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Figures from the hours are those of the calls, whatever the range, the zone and the grouping. */
@ExtendWith(RealInfrastructure.class)
class HourFiguresIT {
    private static final long SEED = 20_261_122;
    private static final ServiceLevel.Terms TERMS =
            new ServiceLevel.Terms(ServiceLevel.Formula.OFFERED, 20_000_000, 5_000_000);
    private static final List<String> ZONES = List.of(
            "UTC", "America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Kathmandu");
    private static final List<String> FILTERS = List.of(
            "",
            "direction=inbound",
            "direction=outbound&direction=internal",
            "number=%2B12025550101",
            "number=0102",
            "number=9999");
    private static final String CALLS = """
            insert into call (account, call_id, direction, state, outcome, business_number, started_at, wait_seconds,
                talk_seconds, recording_status, sources, confirmed, last_event_at, version)
            select case when i % 5 = 0 then 'west' else 'east' end, 'call-' || i,
                (array['inbound', 'outbound', 'internal'])[1 + i % 3],
                case when i % 11 = 0 then 'ringing' else 'ended' end,
                case when i % 11 <> 0 then
                    (array['answered', 'answered', 'missed', 'voicemail', 'dropped', 'unanswered', 'unknown'])[1 + i % 7] end,
                case when i % 13 <> 0 then '+1202555010' || i % 3 end,
                timestamptz '2026-03-27T00:00Z' + random() * interval '12 days',
                case when i % 17 <> 0 then random() * random() * 120 end,
                case when i % 19 <> 0 then random() * random() * 9000 end,
                case when i % 2 = 0 then 'ready' else 'none' end, '{webhook}', false, now(), 1
            from generate_series(1, 6000) i""";

    private static Vertx vertx;
    private static Pool pool;
    private static List<Stored> calls;

    /** What of a call counts. */
    private record Stored(
            String account,
            Instant startedAt,
            String direction,
            @Nullable String number,
            Tally tally) {}

    @BeforeAll
    static void fill(Infrastructure infrastructure) throws Exception {
        var url = DatabaseUrl.parse(infrastructure.databaseUrl());
        assertThat(new Migrations(url).attempt()).isEmpty();
        try (var connection = infrastructure.connect();
                var statement = connection.createStatement()) {
            var seeded = statement.execute("select setseed(0.4)");
            assertThat(seeded).isTrue();
            assertThat(statement.executeUpdate(CALLS)).isEqualTo(6_000);
            assertThat(statement.executeUpdate("insert into report_hour select * from report_hour_of_calls"))
                    .isPositive();
            calls = stored(connection);
        }
        vertx = Vertx.vertx();
        pool = ApiPool.create(vertx, url.connectOptions());
    }

    @AfterAll
    static void stop() throws Exception {
        var closed = vertx.close().await(10, TimeUnit.SECONDS);
        assert closed == null;
    }

    @Test
    void figuresFromHoursAreThoseOfTheCalls() throws Exception {
        var random = new SplittableRandom(SEED);
        var fromHours = 0;
        for (var round = 0; round < 120; round++) {
            var question = new ReportQuestion(
                    random.nextBoolean() ? "east" : null,
                    CallFilter.of(QueryParameters.parse(FILTERS.get(random.nextInt(FILTERS.size())))),
                    buckets(random),
                    Grouping.values()[random.nextInt(Grouping.values().length)],
                    TERMS,
                    false);
            if (!(ReportPlan.of(question) instanceof ReportPlan.Hours)) {
                continue;
            }
            fromHours++;

            assertThat(read(question)).as("seed %s, %s", SEED, question).isEqualTo(computed(question));
        }
        assertThat(fromHours).isGreaterThan(60);
    }

    @Test
    void theDatabaseHasTheSameCells(Infrastructure infrastructure) throws Exception {
        try (var connection = infrastructure.connect();
                var statement =
                        connection.prepareStatement("select varint(duration_cell(?)) || varint(2 * ?::bigint)")) {
            for (var micros = -100_000L;
                    micros < 90_000_000_000L;
                    micros += micros < 130_000_000 ? 50_000 : 5_000_000) {
                for (var near = micros - 1; near <= micros + 1; near++) {
                    var times = 1 + near % 5_000 * (near % 5_000);
                    statement.setLong(1, near);
                    statement.setLong(2, times);
                    var sketch = new DurationSketch();
                    sketch.add(near, times);
                    try (var row = statement.executeQuery()) {
                        assertThat(row.next()).isTrue();
                        assertThat(row.getBytes(1)).as("%s µs", near).isEqualTo(sketch.encode());
                    }
                }
            }
        }
    }

    private static List<Bucket> buckets(SplittableRandom random) {
        var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        if (random.nextInt(3) == 0) { // to the microsecond
            var start = Instant.parse("2026-03-27T00:00:00Z").plusSeconds(random.nextInt(500_000));
            var middle = start.plus(Duration.ofMinutes(random.nextInt(400, 4_000)))
                    .plusNanos(random.nextInt(1_000) * 1_000L);
            return List.of(new Bucket(start, middle), new Bucket(middle, middle.plusSeconds(90_000)));
        }
        return Stream.iterate(LocalDate.parse("2026-03-27"), date -> date.plusDays(1)) // London and Lord Howe change
                .limit(1 + random.nextInt(12))
                .map(date -> new Bucket(
                        date.atStartOfDay(zone).toInstant(),
                        date.plusDays(1).atStartOfDay(zone).toInstant()))
                .toList();
    }

    private static List<GroupFigures> read(ReportQuestion question) throws Exception {
        var figures = new ChosenFigures((connection, unused) -> {
            throw new AssertionError("it went to the calls");
        });
        return pool.withConnection(connection -> figures.read(connection, question))
                .await(20, TimeUnit.SECONDS);
    }

    private static List<GroupFigures> computed(ReportQuestion question) {
        var computed = new ArrayList<GroupFigures>();
        for (var i = 0; i < question.buckets().size(); i++) {
            var bucket = question.buckets().get(i);
            var sums = new HashMap<@Nullable String, TallySum>();
            for (var call : calls) {
                if (isAsked(question, call)
                        && !call.startedAt().isBefore(bucket.start())
                        && call.startedAt().isBefore(bucket.end())) {
                    sums.computeIfAbsent(group(question.grouping(), call), none -> new TallySum())
                            .add(call.tally());
                }
            }
            var index = i;
            sums.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.nullsLast(Comparator.naturalOrder())))
                    .forEach(sum -> computed.add(new GroupFigures(
                            index, sum.getKey(), sum.getValue().tally().figures(TERMS))));
        }
        return computed;
    }

    private static boolean isAsked(ReportQuestion question, Stored call) {
        var filter = question.calls();
        var number = call.number() == null ? "" : call.number().substring(1);
        return (question.account() == null || question.account().equals(call.account()))
                && (filter.directions().isEmpty()
                        || filter.directions().stream()
                                .anyMatch(direction -> direction.name().equalsIgnoreCase(call.direction())))
                && (filter.numbers().isEmpty()
                        || filter.numbers().stream()
                                .anyMatch(match -> match.whole()
                                        ? number.equals(match.digits())
                                        : number.endsWith(match.digits())));
    }

    private static @Nullable String group(Grouping grouping, Stored call) {
        return switch (grouping) {
            case NONE -> null;
            case DIRECTION -> call.direction();
            case NUMBER -> call.number();
        };
    }

    private static List<Stored> stored(Connection connection) throws SQLException {
        var stored = new ArrayList<Stored>();
        try (var row = connection.createStatement().executeQuery("select * from call")) {
            while (row.next()) {
                var outcome = row.getString("outcome");
                stored.add(new Stored(
                        row.getString("account"),
                        Objects.requireNonNull(row.getObject("started_at", OffsetDateTime.class))
                                .toInstant(),
                        row.getString("direction"),
                        row.getString("business_number"),
                        Tally.of(
                                outcome == null ? null : Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
                                Durations.micros(row.getObject("wait_seconds", Double.class)),
                                Durations.micros(row.getObject("talk_seconds", Double.class)),
                                !row.getString("recording_status").equals("none"))));
            }
        }
        return stored;
    }
}
