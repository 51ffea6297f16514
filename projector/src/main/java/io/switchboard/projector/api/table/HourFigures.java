package io.switchboard.projector.api.table;

import static java.util.stream.Collectors.joining;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.api.query.ReportPlan;
import io.switchboard.projector.api.query.ReportPlan.Stretch;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.report.DurationSketch;
import io.switchboard.projector.report.Durations;
import io.switchboard.projector.report.Outcomes;
import io.switchboard.projector.report.ServiceLevel;
import io.switchboard.projector.report.Tally;
import io.switchboard.projector.report.TallySum;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Figures from {@code report_hour}: whole hours from the sums, what is left of an hour at either end of a bucket from the
 * calls of that time. Counts and sums are those of the calls themselves,
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

    /** Reads what a plan by the hour says of the question that it was made for. */
    Future<List<FigureQueries.GroupFigures>> read(
            SqlConnection connection, ReportQuestion question, ReportPlan.Hours plan) {
        var whole = plan.whole().isEmpty()
                ? Future.succeededFuture(List.<Part>of())
                : hours(question, plan.whole()).run(connection).map(rows -> parts(rows, HourFigures::ofHours));
        var partial = plan.partial().isEmpty()
                ? Future.succeededFuture(List.<Part>of())
                : calls(question, plan.partial()).run(connection).map(rows -> parts(rows, HourFigures::ofCalls));
        return Future.all(whole, partial).map(both -> figures(whole.result(), partial.result(), question.terms()));
    }

    /** What a group adds up to in a part of a bucket. */
    private record Part(Group group, Tally tally) {}

    /** @param name null where nothing is grouped, and for calls that have no such value */
    private record Group(int bucket, @Nullable String name) {}

    // The lateral part is read for each stretch, which the added nothing keeps the planner from thinking better of.
    private static Statement hours(ReportQuestion question, List<Stretch> whole) {
        var statement = new Statement();
        var byNumber = isByNumber(question);
        return statement.append("select s.bucket, " + name("h", "nullif(h.number, '')", question) + " as name, " + SUMS
                + " from (" + CallQueries.accounts(statement, question.account(), "call") + ") a cross join "
                + stretches(statement, whole) + (byNumber ? numbers(statement, question) : "")
                + " cross join lateral (select * from report_hour r where r.account = a.account and "
                + (byNumber ? "not r.total and r.number = n.number" : "r.total and r.number = ''")
                + " and r.hour >= s.start and r.hour < s.until offset 0) h where true"
                + direction(statement, "h", question) + " group by 1, 2");
    }

    /** The numbers of an account, found by hopping along the key: few, where the hours of a year are many. */
    private static String numbers(Statement statement, ReportQuestion question) {
        return " cross join lateral (select * from ("
                + DistinctValues.of("report_hour", "number", "account = a.account and not total")
                + ") d where true" + CallSelect.numbers(statement, "d.number", question.calls()) + ") n";
    }

    // Calls of one outcome together: what is left to add up are their times.
    private static Statement calls(ReportQuestion question, List<Stretch> partial) {
        var statement = new Statement();
        return statement.append("select s.bucket, " + name("c", "nullif(c.business_number, '')", question)
                + " as name, c.outcome, c.recording_status <> 'none' as recorded, array_agg(c.wait_seconds) as waits,"
                + " array_agg(c.talk_seconds) as talks from ("
                + CallQueries.accounts(statement, question.account(), "call") + ") a cross join "
                + stretches(statement, partial)
                + " cross join lateral (select * from call r where r.account = a.account and r.started_at >= s.start"
                + " and r.started_at < s.until offset 0) c where true" + direction(statement, "c", question)
                + CallSelect.numbers(statement, "c.business_number", question.calls()) + " group by 1, 2, 3, 4");
    }

    private static String name(String row, String number, ReportQuestion question) {
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

    private static List<Part> parts(RowSet<Row> rows, Function<Row, Tally> tally) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Part(new Group(row.getInteger("bucket"), row.getString("name")), tally.apply(row)))
                .toList();
    }

    private static List<FigureQueries.GroupFigures> figures(
            List<Part> whole, List<Part> partial, ServiceLevel.Terms terms) {
        var sums = new HashMap<Group, TallySum>();
        Stream.concat(whole.stream(), partial.stream())
                .forEach(part -> sums.computeIfAbsent(part.group(), group -> new TallySum())
                        .add(part.tally()));
        return sums.entrySet().stream()
                .map(sum -> new FigureQueries.GroupFigures(
                        sum.getKey().bucket(),
                        sum.getKey().name(),
                        sum.getValue().tally().figures(terms)))
                .filter(group -> group.figures().outcomes().calls() > 0)
                .sorted(Comparator.comparingInt(FigureQueries.GroupFigures::bucket)
                        .thenComparing(
                                FigureQueries.GroupFigures::group, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    private static Tally ofCalls(Row row) {
        var word = row.getString("outcome");
        var outcome = word == null ? null : Outcome.valueOf(word.toUpperCase(Locale.ROOT));
        var hasRecording = row.getBoolean("recorded");
        var sum = new TallySum();
        @Nullable Double[] waits = row.getArrayOfDoubles("waits");
        @Nullable Double[] talks = row.getArrayOfDoubles("talks");
        for (var i = 0; i < waits.length; i++) {
            sum.add(Tally.of(outcome, Durations.micros(waits[i]), Durations.micros(talks[i]), hasRecording));
        }
        return sum.tally();
    }

    private static Tally ofHours(Row row) {
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
