package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.QueryParameters;
import io.switchboard.projector.api.query.ReportParameters;
import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.api.table.ReportQueries;
import io.switchboard.projector.api.table.ReportQueries.Key;
import io.switchboard.projector.api.table.Snapshot;
import io.switchboard.projector.api.view.FiguresView;
import io.switchboard.projector.api.view.ReportView;
import io.switchboard.projector.api.view.ReportView.GroupName;
import io.switchboard.projector.report.DirectedFigures;
import io.switchboard.projector.report.ReportPeriod;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/metrics/summary}: the figures of a period. */
final class SummaryHandler {
    private static final Comparator<Map.Entry<Key, DirectedFigures>> MOST_CALLS =
            Comparator.comparing((Map.Entry<Key, DirectedFigures> entry) ->
                    -entry.getValue().all().outcomes().calls());

    private final ReportSources sources;
    private final ReportQueries queries;
    private final List<SummarySection> sections;

    /** @param sections what can be included */
    SummaryHandler(ReportSources sources, List<SummarySection> sections) {
        this.sources = sources;
        this.queries = sources.queries();
        this.sections = List.copyOf(sections);
    }

    /**
     * What is asked for.
     *
     * @param question of the whole period, ungrouped
     */
    private record Asked(
            ReportParameters report,
            ReportQuestion question,
            Grouping grouping,
            int minSamples,
            boolean compares,
            List<SummarySection> included) {
        ReportView view() {
            return ReportSources.view(
                    report, new FiguresView(question.terms(), question.calls().directions(), minSamples));
        }
    }

    Future<Answer> show(ApiRequest request) {
        var asked = asked(request);
        var fault = ReportSources.fault(request);
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return sources.reads()
                .read(
                        request.account(),
                        connection -> Snapshot.of(connection, () -> summary(connection, request, asked)))
                .map(dated -> new Resource(dated.value(), dated.freshness()));
    }

    private Asked asked(ApiRequest request) {
        var parameters = request.parameters();
        var report = sources.parameters(request);
        var question = new ReportQuestion(
                request.account(),
                report.calls(),
                List.of(report.period().bucket()),
                Grouping.NONE,
                ReportParameters.terms(parameters),
                ReportParameters.exact(parameters));
        return new Asked(
                report,
                question,
                ReportParameters.grouping(parameters),
                ReportParameters.minSamples(parameters),
                ReportParameters.comparesWithPrevious(parameters),
                included(parameters));
    }

    private List<SummarySection> included(QueryParameters parameters) {
        if (sections.isEmpty()) {
            return List.of();
        }
        var words = sections.stream().map(SummarySection::word).toList();
        var takes = "one of " + String.join(", ", words);
        var asked = parameters.all("include", takes, text -> Optional.of(text).filter(words::contains));
        return sections.stream()
                .filter(section -> asked.contains(section.word()))
                .toList();
    }

    private Future<Map<String, @Nullable Object>> summary(SqlConnection connection, ApiRequest request, Asked asked) {
        var period = asked.report().period();
        return period(connection, asked, period).compose(now -> {
            var body = new LinkedHashMap<String, @Nullable Object>(now);
            body.put("min_samples", asked.minSamples());
            body.put("computed_from", queries.source(asked.question()));
            var more = new LinkedHashMap<String, Future<? extends Map<String, ? extends @Nullable Object>>>();
            if (asked.compares()) {
                more.put("previous", period(connection, asked, period.previous()));
            }
            asked.included()
                    .forEach(section -> more.put(section.word(), section.read(connection, request, asked.report())));
            return Future.all(new ArrayList<>(more.values())).map(done -> {
                more.forEach((name, value) -> body.put(name, value.result()));
                return body;
            });
        });
    }

    private Future<Map<String, @Nullable Object>> period(SqlConnection connection, Asked asked, ReportPeriod period) {
        var question = asked.question().in(List.of(period.bucket()));
        var view = asked.view();
        return queries.read(connection, question).compose(found -> {
            var whole = found.getOrDefault(new Key(0, null), DirectedFigures.none());
            var body = view.period(period, whole);
            if (asked.grouping() == Grouping.NONE) {
                return Future.succeededFuture(body);
            }
            return queries.read(connection, question.of(question.calls(), asked.grouping()))
                    .map(groups -> {
                        body.put("groups", groups(view, asked.grouping(), period, groups));
                        return body;
                    });
        });
    }

    private static List<Map<String, @Nullable Object>> groups(
            ReportView view, Grouping grouping, ReportPeriod period, Map<Key, DirectedFigures> groups) {
        var by = GroupName.valueOf(grouping.name());
        return groups.entrySet().stream()
                .sorted(MOST_CALLS)
                .map(entry -> view.group(by, entry.getKey().group(), period, entry.getValue()))
                .toList();
    }
}
