package io.switchboard.projector.api.table;

import static java.util.stream.Collectors.joining;

import io.switchboard.call.Call;
import io.switchboard.projector.api.query.ReportPlan;
import io.switchboard.projector.api.query.ReportPlan.Stretch;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.report.DurationSketch;
import io.switchboard.projector.report.Durations;
import io.switchboard.projector.report.Outcomes;
import io.switchboard.projector.report.ServiceLevel;
import io.switchboard.projector.report.Tally;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Figures from {@code report_hour}: whole hours from the sums, what is left of an hour at either end of a bucket from the
 * calls of that time, which the database adds up to the same columns. Counts and sums are those of the calls themselves,
 * percentiles those of their sketches.
 */
public final class HourFigures {
    private static final List<String> COUNTS = List.of(
            "open",
            "answered",
            "missed",
            "voicemail",
            "dropped",
            "unanswered",
            "unknown",
            "recorded",
            "answer_count",
            "answer_micros",
            "lost_count",
            "lost_micros",
            "talk_count",
            "talk_micros");

    private static final List<String> SKETCHES = List.of("answer_sketch", "lost_sketch", "talk_sketch");

    private static final String SUMS = Stream.concat(
                    COUNTS.stream().map(column -> "sum(" + column + ")::bigint as " + column),
                    SKETCHES.stream().map(column -> "string_agg(" + column + ", ''::bytea) as " + column))
            .collect(joining(", "));

    private static final String HOUR =
            Stream.concat(COUNTS.stream(), SKETCHES.stream()).map("h."::concat).collect(joining(", "));

    private static final String LOST = "c.outcome in ('missed', 'voicemail', 'dropped')";

    /** The same columns of one call: see {@code Tally}. */
    private static final String CALL = """
            (c.outcome is null)::int, (c.outcome is not distinct from 'answered')::int,
            (c.outcome is not distinct from 'missed')::int, (c.outcome is not distinct from 'voicemail')::int,
            (c.outcome is not distinct from 'dropped')::int, (c.outcome is not distinct from 'unanswered')::int,
            (c.outcome is not distinct from 'unknown')::int,
            (c.outcome is not distinct from 'answered' and c.recording_status <> 'none')::int,
            %1$s, %2$s""".formatted(
                    Stream.of(
                                    "c.outcome = 'answered' then c.wait_seconds",
                                    LOST + " then c.wait_seconds",
                                    "c.outcome = 'answered' then c.talk_seconds")
                            .map(when -> "(case when " + when + " end is not null)::int, duration_micros(case when "
                                    + when + " end)")
                            .collect(joining(", ")),
                    Stream.of(
                                    "c.outcome = 'answered' then c.wait_seconds",
                                    LOST + " then c.wait_seconds",
                                    "c.outcome = 'answered' then c.talk_seconds")
                            .map(when -> "duration_sketch(case when " + when + " end)")
                            .collect(joining(", ")));

    /** Reads what a plan by the hour says of the question that it was made for. */
    Future<List<FigureQueries.GroupFigures>> read(
            SqlConnection connection, ReportQuestion question, ReportPlan.Hours plan) {
        var statement = new Statement();
        var accounts = CallQueries.accounts(statement, question.account(), "call");
        var parts = Stream.of(
                        plan.whole().isEmpty() ? "" : hours(statement, question, plan.whole()),
                        plan.partial().isEmpty() ? "" : calls(statement, question, plan.partial()))
                .filter(part -> !part.isEmpty())
                .collect(joining(" union all "));
        if (parts.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return statement
                .append("with a as materialized (" + accounts + ") select bucket, part, " + SUMS + " from (" + parts
                        + ") t group by bucket, part order by bucket, part nulls last")
                .run(connection)
                .map(rows -> figures(rows, question.terms()));
    }

    private static String hours(Statement statement, ReportQuestion question, List<Stretch> whole) {
        return "select s.bucket, " + part("h", "nullif(h.number, '')", question) + " as part, " + HOUR
                + " from a cross join "
                + stretches(statement, whole) + numbers(statement, question)
                + " join report_hour h on h.account = a.account and h.hour >= s.start and h.hour < s.until"
                + (isByNumber(question) ? " and not h.total and h.number = n.number" : " and h.total and h.number = ''")
                + direction(statement, "h", question);
    }

    /** The numbers of an account, found by hopping along the key: few, where the hours of a year are many. */
    private static String numbers(Statement statement, ReportQuestion question) {
        if (!isByNumber(question)) {
            return "";
        }
        return " cross join lateral (select * from ("
                + DistinctValues.of("report_hour", "number", "account = a.account and not total")
                + ") d where true" + CallSelect.numbers(statement, "d.number", question.calls()) + ") n";
    }

    private static String calls(Statement statement, ReportQuestion question, List<Stretch> partial) {
        return "select s.bucket, " + part("c", "c.business_number", question) + ", " + CALL + " from a cross join "
                + stretches(statement, partial)
                + " join call c on c.account = a.account and c.started_at >= s.start and c.started_at < s.until"
                + direction(statement, "c", question)
                + CallSelect.numbers(statement, "c.business_number", question.calls());
    }

    private static String part(String row, String number, ReportQuestion question) {
        return switch (question.grouping()) {
            case NONE -> "null::text";
            case DIRECTION -> row + ".direction";
            case NUMBER -> number;
        };
    }

    private static boolean isByNumber(ReportQuestion question) {
        return question.grouping() == ReportQuestion.Grouping.NUMBER
                || !question.calls().numbers().isEmpty();
    }

    private static String direction(Statement statement, String row, ReportQuestion question) {
        var directions = question.calls().directions().stream().map(Call::word).toArray(String[]::new);
        return directions.length == 0
                ? ""
                : " and " + row + ".direction = any(" + statement.bind(directions) + "::text[])";
    }

    private static String stretches(Statement statement, List<Stretch> stretches) {
        return "unnest(%s::int[], %s::timestamptz[], %s::timestamptz[]) s(bucket, start, until)"
                .formatted(
                        statement.bind(stretches.stream().map(Stretch::bucket).toArray(Integer[]::new)),
                        statement.bind(times(stretches, Stretch::start)),
                        statement.bind(times(stretches, Stretch::end)));
    }

    private static OffsetDateTime[] times(List<Stretch> stretches, Function<Stretch, Instant> time) {
        return stretches.stream()
                .map(time)
                .map(instant -> instant.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static List<FigureQueries.GroupFigures> figures(RowSet<Row> rows, ServiceLevel.Terms terms) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new FigureQueries.GroupFigures(
                        row.getInteger("bucket"),
                        row.getString("part"),
                        tally(row).figures(terms)))
                .filter(group -> group.figures().outcomes().calls() > 0)
                .toList();
    }

    private static Tally tally(Row row) {
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

    private static Durations durations(Row row, String what) {
        var micros = row.getLong(what + "_micros");
        var sketch = row.getBuffer(what + "_sketch");
        return new Durations(
                row.getLong(what + "_count"),
                micros == null ? 0 : micros,
                sketch == null ? new DurationSketch() : DurationSketch.decode(sketch.getBytes()));
    }
}
