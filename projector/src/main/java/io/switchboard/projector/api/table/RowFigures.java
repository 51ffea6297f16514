package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.Figures;
import io.switchboard.projector.report.Outcomes;
import io.switchboard.projector.report.ServiceLevel;
import io.switchboard.projector.report.Spread;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Figures from the calls themselves, exact. One statement walks the index of calls by their start once from the first
 * bucket to the last, account by account, and finds each call's bucket by its place among the buckets' starts.
 */
public final class RowFigures implements FigureQueries {
    // "offset 0" keeps the planner from joining all calls with the accounts first.
    private static final String FIGURES = """
            select bucket, grouped, %10$s as direction,
                count(*) filter (where outcome is null) as open,
                count(*) filter (where outcome = 'answered') as answered,
                count(*) filter (where outcome = 'missed') as missed,
                count(*) filter (where outcome = 'voicemail') as voicemail,
                count(*) filter (where outcome = 'dropped') as dropped,
                count(*) filter (where outcome = 'unanswered') as unanswered,
                count(*) filter (where outcome = 'unknown') as unknown,
                count(*) filter (where outcome = 'answered' and recorded) as recorded,
                count(answer) as answer_count, sum(round(answer * 1e6)::bigint)::bigint as answer_micros,
                percentile_cont(array[0.5, 0.9, 0.95]) within group (order by answer) as answer_spread,
                count(lost) as lost_count, sum(round(lost * 1e6)::bigint)::bigint as lost_micros,
                percentile_cont(array[0.5, 0.9, 0.95]) within group (order by lost) as lost_spread,
                count(talk) as talk_count, sum(round(talk * 1e6)::bigint)::bigint as talk_micros,
                percentile_cont(array[0.5, 0.9, 0.95]) within group (order by talk) as talk_spread,
                count(*) filter (where round(answer * 1e6)::bigint <= %1$s) as in_time,
                count(*) filter (where round(lost * 1e6)::bigint <= %2$s) as short_abandoned,
                count(*) filter (where round(lost * 1e6)::bigint > %1$s) as late_lost
            from (%3$s) a cross join lateral (
                select width_bucket(c.started_at, %4$s::timestamptz[]) as bucket, %5$s as grouped, c.direction, c.outcome,
                    c.recording_status <> 'none' as recorded,
                    case when c.outcome = 'answered' then c.wait_seconds end as answer,
                    case when c.outcome in ('missed', 'voicemail', 'dropped') then c.wait_seconds end as lost,
                    case when c.outcome = 'answered' then c.talk_seconds end as talk
                from call c
                where c.account = a.account and c.started_at >= %6$s and c.started_at < %7$s %8$s
                offset 0) calls
            group by %9$s order by bucket, grouped
            """;

    private static final String EACH = "bucket, grouped";
    private static final String EACH_AND_ITS_DIRECTIONS =
            "grouping sets ((bucket, grouped), (bucket, grouped, direction))";

    @Override
    public Future<List<GroupFigures>> read(SqlConnection connection, ReportQuestion question) {
        return run(connection, question, EACH, "null::text")
                .map(rows -> all(rows)
                        .map(row -> new GroupFigures(bucket(row), row.getString("grouped"), figures(row)))
                        .toList());
    }

    /** In one statement, which walks the calls once. */
    @Override
    public Future<List<Part>> readParts(SqlConnection connection, ReportQuestion question) {
        return run(connection, question, EACH_AND_ITS_DIRECTIONS, "direction")
                .map(rows -> all(rows)
                        .map(row -> new Part(
                                bucket(row),
                                row.getString("grouped"),
                                FigureQueries.direction(row.getString("direction")),
                                figures(row)))
                        .toList());
    }

    private static Future<RowSet<Row>> run(
            SqlConnection connection, ReportQuestion question, String groups, String direction) {
        var buckets = question.buckets();
        var statement = new Statement();
        var starts = statement.bind(times(buckets, Bucket::start));
        var from = statement.bind(buckets.getFirst().start());
        var to = statement.bind(buckets.getLast().end());
        var conditions = CallSelect.timeless(statement).conditions(question.calls())
                + gaps(statement, buckets, starts)
                + extensions(statement, question, from, to);
        return statement
                .append(FIGURES.formatted(
                        statement.bind(question.terms().thresholdMicros()),
                        statement.bind(question.terms().shortAbandonMicros()),
                        CallQueries.accounts(statement, question.account(), "call"),
                        starts,
                        grouped(question),
                        from,
                        to,
                        conditions,
                        groups,
                        direction))
                .run(connection);
    }

    private static Stream<Row> all(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static int bucket(Row row) {
        return row.getInteger("bucket") - 1;
    }

    private static String grouped(ReportQuestion question) {
        return switch (question.grouping()) {
            case NONE -> "null::text";
            case DIRECTION -> "c.direction";
            case NUMBER -> "c.business_number";
        };
    }

    /** The condition that a call lies in no gap between two buckets. */
    private static String gaps(Statement statement, List<Bucket> buckets, String starts) {
        var touching = IntStream.range(1, buckets.size())
                .allMatch(i -> buckets.get(i).start().equals(buckets.get(i - 1).end()));
        return touching
                ? ""
                : " and c.started_at < (%s::timestamptz[])[width_bucket(c.started_at, %s::timestamptz[])]"
                        .formatted(statement.bind(times(buckets, Bucket::end)), starts);
    }

    private static String extensions(Statement statement, ReportQuestion question, String from, String to) {
        var extensions = question.calls().extensions();
        return extensions.isEmpty()
                ? ""
                : " and c.call_id in (select l.call_id from call_leg l where l.account = a.account and l.extension = any(%s)"
                                .formatted(statement.bind(extensions.toArray(String[]::new)))
                        + " and l.call_started_at >= %s and l.call_started_at < %s)".formatted(from, to);
    }

    private static OffsetDateTime[] times(List<Bucket> buckets, Function<Bucket, Instant> time) {
        return buckets.stream()
                .map(time)
                .map(instant -> instant.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static Figures figures(Row row) {
        var outcomes = new Outcomes(
                row.getLong("open"),
                row.getLong("answered"),
                row.getLong("missed"),
                row.getLong("voicemail"),
                row.getLong("dropped"),
                row.getLong("unanswered"),
                row.getLong("unknown"));
        return new Figures(
                outcomes,
                row.getLong("recorded"),
                spread(row, "answer"),
                spread(row, "lost"),
                spread(row, "talk"),
                new ServiceLevel.Counts(
                        row.getLong("in_time"), row.getLong("short_abandoned"), row.getLong("late_lost")));
    }

    private static Spread spread(Row row, String of) {
        Double @Nullable [] percentiles = row.getArrayOfDoubles(of + "_spread");
        return percentiles == null
                ? Spread.NONE
                : new Spread(
                        row.getLong(of + "_count"),
                        row.getLong(of + "_micros"),
                        percentiles[0],
                        percentiles[1],
                        percentiles[2]);
    }
}
