package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.LoadQuestion;
import io.switchboard.projector.api.query.LoadQuestion.Of;
import io.switchboard.projector.api.query.ReportParameters;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.api.table.LoadQueries;
import io.switchboard.projector.api.table.NumberQueries;
import io.switchboard.projector.api.table.NumberQueries.NumberFigures;
import io.switchboard.projector.api.table.Snapshot;
import io.switchboard.projector.api.view.FiguresView;
import io.switchboard.projector.api.view.LoadView;
import io.switchboard.projector.api.view.ReportView;
import io.switchboard.projector.api.view.ReportView.GroupName;
import io.switchboard.projector.report.Interval;
import io.switchboard.projector.report.ReportPeriod;
import io.switchboard.projector.report.TimeBuckets;
import io.vertx.core.Future;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/metrics/numbers} and {@code GET /v1/metrics/concurrency}. */
final class TrafficHandler {
    private final ReportSources sources;
    private final NumberQueries numbers;
    private final LoadQueries loads;

    /** @param openCallTimeout the silence after which nobody knows whether a call goes on */
    TrafficHandler(ReportSources sources, Duration openCallTimeout) {
        this.sources = sources;
        this.numbers = new NumberQueries(sources.queries());
        this.loads = new LoadQueries(openCallTimeout);
    }

    Future<Answer> numbers(ApiRequest request) {
        var parameters = request.parameters();
        var report = sources.parameters(request);
        var terms = ReportParameters.terms(parameters);
        var minSamples = ReportParameters.minSamples(parameters);
        var question = new ReportQuestion(
                request.account(),
                report.calls(),
                List.of(report.period().bucket()),
                Grouping.NUMBER,
                terms,
                ReportParameters.exact(parameters));
        var fault = ReportSources.fault(request);
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var view =
                ReportSources.view(report, new FiguresView(terms, report.calls().directions(), minSamples));
        return sources.reads()
                .read(
                        request.account(),
                        connection -> Snapshot.of(connection, () -> numbers.read(connection, question)))
                .map(dated -> {
                    var json = new LinkedHashMap<String, @Nullable Object>();
                    json.put("range", ReportView.range(report.period()));
                    json.put("min_samples", minSamples);
                    json.put("computed_from", sources.queries().source(question));
                    json.put(
                            "numbers",
                            dated.value().stream()
                                    .map(number -> number(view, report.period(), number))
                                    .toList());
                    json.put(
                            "links",
                            Map.of("calls", report.link().in(report.period().bucket())));
                    return new Resource(json, dated.freshness());
                });
    }

    private static Map<String, @Nullable Object> number(ReportView view, ReportPeriod period, NumberFigures number) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("number", number.number());
        json.put("label", number.label());
        json.putAll(view.group(GroupName.NUMBER, number.number(), period, number.figures()));
        return json;
    }

    private record LoadTerms(ReportParameters report, Of of, Interval interval, DayOfWeek weekStart) {}

    Future<Answer> concurrency(ApiRequest request) {
        var parameters = request.parameters();
        var report = sources.parameters(request).within(parameters, ReportSources.MOST_DAYS_CALL_BY_CALL);
        var of = parameters
                .single("of", "one of " + String.join(", ", Of.words()), Of::ofWord)
                .orElse(Of.TALKING);
        var terms = new LoadTerms(report, of, report.interval(parameters), ReportParameters.weekStart(parameters));
        var fault = ReportSources.fault(request);
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var buckets = new TimeBuckets(terms.interval(), terms.weekStart()).of(report.period());
        var view = new LoadView(report.period(), report.link()::in);
        var question = new LoadQuestion(sources.question(request, report), of, buckets);
        return sources.reads()
                .read(request.account(), connection -> loads.read(connection, question))
                .map(dated -> {
                    var shown = new LinkedHashMap<String, @Nullable Object>();
                    shown.put("of", of.word());
                    shown.put("interval", terms.interval().word());
                    shown.put("week_start", terms.weekStart().name().toLowerCase(Locale.ROOT));
                    return new Resource(view.json(shown, dated.value()), dated.freshness());
                });
    }
}
