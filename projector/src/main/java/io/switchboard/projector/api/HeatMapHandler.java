package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.ReportParameters;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.api.table.ReportQueries;
import io.switchboard.projector.api.view.FiguresView;
import io.switchboard.projector.api.view.ReportView;
import io.switchboard.projector.report.DirectedFigures;
import io.switchboard.projector.report.HeatMap;
import io.switchboard.projector.report.Interval;
import io.switchboard.projector.report.ReportPeriod;
import io.switchboard.projector.report.TimeBuckets;
import io.vertx.core.Future;
import java.time.DayOfWeek;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/metrics/heatmap}: a period by the hour of the day and the day of the week. */
final class HeatMapHandler {
    private static final Interval HOUR = Interval.HOUR;

    private final ReportSources sources;
    private final ReportQueries queries;

    HeatMapHandler(ReportSources sources) {
        this.sources = sources;
        this.queries = sources.queries();
    }

    Future<Answer> show(ApiRequest request) {
        var parameters = request.parameters();
        var report = sources.parameters(request);
        var terms = ReportParameters.terms(parameters);
        var exact = ReportParameters.exact(parameters);
        var weekStart = ReportParameters.weekStart(parameters);
        report.limit(parameters, HOUR, "to");
        var fault = ReportSources.fault(request);
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var buckets = new TimeBuckets(HOUR, weekStart).of(report.period());
        var question = new ReportQuestion(request.account(), report.calls(), buckets, Grouping.NONE, terms, exact);
        var view =
                ReportSources.view(report, new FiguresView(terms, report.calls().directions(), 1));
        return sources.reads()
                .read(request.account(), connection -> queries.sums(connection, question))
                .map(dated -> new Resource(
                        body(report.period(), view, weekStart, question, dated.value()), dated.freshness()));
    }

    private Map<String, @Nullable Object> body(
            ReportPeriod period,
            ReportView view,
            DayOfWeek weekStart,
            ReportQuestion question,
            Map<Integer, DirectedFigures> found) {
        var map = new HeatMap(period.zone());
        var buckets = question.buckets();
        for (int i = 0; i < buckets.size(); i++) {
            map.add(buckets.get(i), found.getOrDefault(i, DirectedFigures.none()));
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("range", ReportView.range(period));
        body.put("computed_from", queries.source(question));
        body.put("cells", view.cells(map, weekStart));
        body.put("links", Map.of("calls", view.link().in(period.bucket())));
        return body;
    }
}
