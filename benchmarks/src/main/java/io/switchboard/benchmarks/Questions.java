package io.switchboard.benchmarks;

import io.switchboard.projector.api.ApiSettings;
import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.query.QueryParameters;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.api.table.CallQueries;
import io.switchboard.projector.api.table.ChosenFigures;
import io.switchboard.projector.api.table.FigureQueries;
import io.switchboard.projector.api.table.Listing;
import io.switchboard.projector.api.table.RowQueries;
import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.ServiceLevel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the query API is asked: every filter alone, pairs of them, first and deep pages, single calls, reports. */
final class Questions {
    private static final int PAGE = 101;
    private static final int LISTS = 200;
    private static final int REPORTS = 30;
    private static final ServiceLevel.Terms TERMS =
            new ServiceLevel.Terms(ServiceLevel.Formula.OFFERED_MINUS_SHORT, 20_000_000, 5_000_000);

    private final Samples samples;
    private final CallQueries calls = new CallQueries(ApiSettings.OPEN_CALL_TIMEOUT);
    private final FigureQueries figures = new ChosenFigures((connection, question) -> {
        throw new IllegalStateException("a question for sums by the hour went to the calls");
    });
    private final List<Question> all = new ArrayList<>();

    private Questions(Samples samples) {
        this.samples = samples;
    }

    static List<Question> about(Samples samples) {
        var questions = new Questions(samples);
        questions.lists();
        questions.pairs();
        questions.deepPages();
        questions.rows();
        questions.reports();
        return List.copyOf(questions.all);
    }

    private void lists() {
        list("");
        list("started_before=2025-12-24T12:00:00Z");
        list("started_after=2026-03-01T00:00:00Z&started_before=2026-03-02T00:00:00Z");
        Stream.of("inbound", "outbound", "callback", "internal", "unknown").forEach(word -> list("direction=" + word));
        Stream.of("ringing", "connected", "ended", "unknown").forEach(word -> list("state=" + word));
        Stream.of("answered", "missed", "voicemail", "dropped", "unanswered", "unknown")
                .forEach(word -> list("outcome=" + word));
        list("number=(whole)", sample -> "number=" + encoded(sample.number()));
        list("number=(ending)", sample -> "number=" + ending(sample.number()));
        list("extension=(each)", sample -> "extension=" + orElse(sample.extension(), "101"));
        list("client=(whole)", sample -> "client=" + encoded(sample.client()));
        list("client=(ending)", sample -> "client=" + ending(sample.client()));
        Stream.of(30, 599, 600, 1_800, 3_600, 9_000, 100_000).forEach(seconds -> list("min_talk_seconds=" + seconds));
        Stream.of("has_recording=true", "has_recording=false", "source=webhook", "source=poll")
                .forEach(this::list);
    }

    private void pairs() {
        list("number=(whole)&outcome=dropped", sample -> "outcome=dropped&number=" + encoded(sample.number()));
        list("number=(whole)&state=ringing", sample -> "state=ringing&number=" + encoded(sample.number()));
        list(
                "number=(whole)&min_talk_seconds=3600",
                sample -> "min_talk_seconds=3600&number=" + encoded(sample.number()));
        list(
                "extension=(each)&outcome=dropped",
                sample -> "outcome=dropped&extension=" + orElse(sample.extension(), "101"));
        list(
                "extension=(each)&outcome=missed",
                sample -> "outcome=missed&extension=" + orElse(sample.extension(), "101"));
        list("client=(whole)&outcome=missed", sample -> "outcome=missed&client=" + encoded(sample.client()));
        list("direction=internal&outcome=missed");
        list("direction=outbound&outcome=missed");
        list("outcome=missed&min_talk_seconds=30");
        list("source=poll&has_recording=true");
    }

    private void deepPages() {
        for (var filter : List.of(
                "", "direction=inbound", "outcome=voicemail", "has_recording=true", "source=poll", "extension=105")) {
            all.add(new Question(
                    "calls?" + filter + " (deep)",
                    LISTS,
                    (connection, round) -> calls.list(
                                    connection,
                                    filter(filter),
                                    new CallQueries.Slice(
                                            null, samples.get(round).key(), PAGE),
                                    samples.now())
                            .map(List::size)));
        }
        all.add(new Question(
                "calls/{id}",
                LISTS,
                (connection, round) -> calls.find(
                                connection, samples.get(round).key().callId(), null, samples.now())
                        .map(found -> found.isPresent() ? 1 : 0)));
    }

    private void rows() {
        rows(Listing.JOURNAL, "", sample -> "");
        rows(Listing.JOURNAL, "number=(whole)", sample -> "number=" + encoded(sample.number()));
        rows(Listing.JOURNAL, "extension=(each)", sample -> "extension=" + orElse(sample.extension(), "101"));
        rows(Listing.JOURNAL, "client=(whole)", sample -> "client=" + encoded(sample.client()));
        rows(Listing.MESSAGES, "number=(whole)", sample -> "number=" + encoded(sample.number()));
        rows(Listing.CONTACTS, "", sample -> "");
        rows(Listing.CONTACTS, "phone=(ending)", sample -> "phone=" + ending(sample.client()));
        rows(Listing.CONTACTS, "name=ab", sample -> "name=ab");
    }

    private void reports() {
        var month = LocalDate.parse("2026-03-01");
        var year = LocalDate.parse("2025-11-01");
        for (var zone : List.of("UTC", "America/New_York", "Asia/Kolkata")) {
            report(
                    "summary of a month, " + zone,
                    "",
                    Grouping.NONE,
                    buckets(month, month.plusMonths(1), Period.ofMonths(1), zone));
            report("year by day, " + zone, "", Grouping.NONE, buckets(year, year.plusYears(1), Period.ofDays(1), zone));
        }
        var inMonth = buckets(month, month.plusMonths(1), Period.ofMonths(1), "America/New_York");
        report("summary of a month by direction", "", Grouping.DIRECTION, inMonth);
        report("summary of a month by number", "", Grouping.NUMBER, inMonth);
        report("summary of a month of one number", "number=%2B12025550105", Grouping.NONE, inMonth);
        report(
                "year by week",
                "",
                Grouping.NONE,
                buckets(year, year.plusYears(1), Period.ofWeeks(1), "America/New_York"));
        report(
                "year by month",
                "",
                Grouping.NONE,
                buckets(year, year.plusYears(1), Period.ofMonths(1), "America/New_York"));
        report(
                "year by day and direction",
                "",
                Grouping.DIRECTION,
                buckets(year, year.plusYears(1), Period.ofDays(1), "America/New_York"));
        report(
                "year by day of one number",
                "number=%2B12025550105",
                Grouping.NONE,
                buckets(year, year.plusYears(1), Period.ofDays(1), "America/New_York"));
    }

    private void list(String filter) {
        list(filter.isEmpty() ? "(no filter)" : filter, sample -> filter);
    }

    private void list(String name, Function<Samples.Sample, String> filter) {
        all.add(new Question(
                "calls?" + name,
                LISTS,
                (connection, round) -> calls.list(
                                connection,
                                filter(filter.apply(samples.get(round))),
                                new CallQueries.Slice(null, null, PAGE),
                                samples.now())
                        .map(List::size)));
    }

    private void rows(Listing listing, String name, Function<Samples.Sample, String> filter) {
        var queries = new RowQueries(listing);
        all.add(new Question(
                listing.word() + "?" + name,
                LISTS,
                (connection, round) -> queries.list(
                                connection,
                                listing.filter(QueryParameters.parse(filter.apply(samples.get(round)))),
                                new RowQueries.Slice(null, null, PAGE))
                        .map(List::size)));
    }

    private void report(String name, String filter, Grouping grouping, List<Bucket> buckets) {
        var question = new ReportQuestion(null, filter(filter), buckets, grouping, TERMS, false);
        all.add(new Question(
                name,
                REPORTS,
                (connection, round) -> figures.read(connection, question).map(List::size)));
    }

    private static List<Bucket> buckets(LocalDate first, LocalDate end, Period step, String zone) {
        var buckets = new ArrayList<Bucket>();
        for (var day = first; day.isBefore(end); day = day.plus(step)) {
            var next = day.plus(step);
            buckets.add(new Bucket(
                    day.atStartOfDay(ZoneId.of(zone)).toInstant(),
                    (next.isAfter(end) ? end : next)
                            .atStartOfDay(ZoneId.of(zone))
                            .toInstant()));
        }
        return buckets;
    }

    private static CallFilter filter(String query) {
        var parameters = QueryParameters.parse(query);
        var filter = CallFilter.of(parameters);
        parameters.problem().ifPresent(problem -> {
            throw new IllegalArgumentException(query + ": " + problem);
        });
        return filter;
    }

    private static String encoded(@Nullable String number) {
        return URLEncoder.encode(orElse(number, "+12025550105"), StandardCharsets.UTF_8);
    }

    private static String ending(@Nullable String number) {
        var known = orElse(number, "+12025550105");
        return known.substring(known.length() - 7);
    }

    private static String orElse(@Nullable String value, String other) {
        return value == null ? other : value;
    }
}
