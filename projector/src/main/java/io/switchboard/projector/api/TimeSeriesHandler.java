package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.CallsLink;
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
import io.switchboard.projector.report.Interval;
import io.switchboard.projector.report.ReportPeriod;
import io.switchboard.projector.report.TimeBuckets;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/metrics/timeseries}: the figures of a period, bucket by bucket. */
final class TimeSeriesHandler {
    private static final int MOST_BUCKETS_IN_GROUPS = 400;
    private static final int MOST_GROUPS = 20;

    private final ReportSources sources;
    private final ReportQueries queries;

    TimeSeriesHandler(ReportSources sources) {
        this.sources = sources;
        this.queries = sources.queries();
    }

    private record Asked(
            ReportPeriod period,
            ReportQuestion question,
            Grouping grouping,
            Interval interval,
            DayOfWeek weekStart,
            ReportView view) {
        DirectedFigures at(Map<Key, DirectedFigures> found, int bucket, @Nullable String group) {
            return found.getOrDefault(new Key(bucket, group), DirectedFigures.none());
        }
    }

    Future<Answer> show(ApiRequest request) {
        var asked = asked(request);
        var fault = ReportSources.fault(request);
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return sources.reads()
                .read(request.account(), connection -> Snapshot.of(connection, () -> series(connection, asked)))
                .map(dated -> new Resource(dated.value(), dated.freshness()));
    }

    private Asked asked(ApiRequest request) {
        var parameters = request.parameters();
        var report = sources.parameters(request);
        var interval = report.interval(parameters);
        var weekStart = ReportParameters.weekStart(parameters);
        var grouping = ReportParameters.grouping(parameters);
        var terms = ReportParameters.terms(parameters);
        var view = ReportSources.view(
                report, new FiguresView(terms, report.calls().directions(), ReportParameters.minSamples(parameters)));
        var exact = ReportParameters.exact(parameters);
        var buckets = report.period().isWithin(interval.mostDays())
                ? new TimeBuckets(interval, weekStart).of(report.period())
                : List.of(report.period().bucket());
        if (grouping != Grouping.NONE && buckets.size() > MOST_BUCKETS_IN_GROUPS) {
            parameters.reject("group_by", "takes at most " + MOST_BUCKETS_IN_GROUPS + " buckets");
        }
        var question = new ReportQuestion(request.account(), report.calls(), buckets, Grouping.NONE, terms, exact);
        return new Asked(report.period(), question, grouping, interval, weekStart, view);
    }

    private Future<Map<String, @Nullable Object>> series(SqlConnection connection, Asked asked) {
        var all = queries.read(connection, asked.question()).map(found -> {
            var body = new LinkedHashMap<String, @Nullable Object>();
            body.put("range", ReportView.range(asked.period()));
            body.put("interval", asked.interval().word());
            body.put("week_start", asked.weekStart().name().toLowerCase(Locale.ROOT));
            body.put("min_samples", asked.view().figures().minSamples());
            body.put("computed_from", queries.source(asked.question()));
            body.put(
                    "buckets",
                    buckets(asked, found, null, Optional.of(asked.view().link())));
            return body;
        });
        if (asked.grouping() == Grouping.NONE) {
            return all.map(body -> body);
        }
        var grouped = asked.question().of(asked.question().calls(), asked.grouping());
        return all.compose(body -> queries.read(connection, grouped).map(found -> {
            var groups = byCalls(found);
            body.put(
                    "groups",
                    groups.stream()
                            .limit(MOST_GROUPS)
                            .map(group -> group(asked, found, group))
                            .toList());
            body.put("groups_left_out", Math.max(0, groups.size() - MOST_GROUPS));
            return body;
        }));
    }

    private static Map<String, @Nullable Object> group(
            Asked asked, Map<Key, DirectedFigures> found, @Nullable String group) {
        var by = GroupName.valueOf(asked.grouping().name());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put(by.member(), group);
        json.put("buckets", buckets(asked, found, group, asked.view().link(by, group)));
        return json;
    }

    private static List<Map<String, @Nullable Object>> buckets(
            Asked asked, Map<Key, DirectedFigures> found, @Nullable String group, Optional<CallsLink> link) {
        var buckets = asked.question().buckets();
        return IntStream.range(0, buckets.size())
                .mapToObj(i -> asked.view().bucket(buckets.get(i), asked.at(found, i, group), link))
                .toList();
    }

    /** The groups, those with the most calls first. */
    private static List<@Nullable String> byCalls(Map<Key, DirectedFigures> found) {
        var calls = new LinkedHashMap<@Nullable String, Long>();
        found.forEach((key, figures) ->
                calls.merge(key.group(), figures.all().outcomes().calls(), Long::sum));
        var groups = new ArrayList<@Nullable String>(calls.keySet());
        groups.sort(Comparator.comparing(group -> -calls.getOrDefault(group, 0L)));
        return groups;
    }
}
