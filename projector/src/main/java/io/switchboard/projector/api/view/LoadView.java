package io.switchboard.projector.api.view;

import io.switchboard.projector.api.query.ReportParameters;
import io.switchboard.projector.report.Load;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls at the same time in an answer. */
public final class LoadView {
    private static final double FOUR_DECIMALS = 1e4;

    private LoadView() {}

    /** @param loads of every bucket of the report, at least one */
    public static Map<String, @Nullable Object> of(
            ReportParameters report, Map<String, @Nullable Object> terms, List<Load> loads) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("range", ReportView.range(report.period()));
        json.put("terms", terms);
        json.putAll(figures(Load.over(report.period().bucket(), loads), report));
        json.put("buckets", loads.stream().map(load -> bucket(load, report)).toList());
        json.put("links", Map.of("calls", report.link().in(report.period().bucket())));
        return json;
    }

    private static Map<String, @Nullable Object> bucket(Load load, ReportParameters report) {
        var json = new LinkedHashMap<String, @Nullable Object>(
                ReportView.bucket(load.bucket(), report.period().zone()));
        json.putAll(figures(load, report));
        json.put("links", Map.of("calls", report.link().in(load.bucket())));
        return json;
    }

    private static Map<String, @Nullable Object> figures(Load load, ReportParameters report) {
        var at = load.peakAt();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("peak", load.peak());
        json.put(
                "peak_at",
                at == null ? null : ReportView.time(at, report.period().zone()));
        json.put("mean_erlangs", SpreadView.rounded(load.mean(), FOUR_DECIMALS));
        json.put("call_seconds", SpreadView.seconds(load.micros()));
        return json;
    }
}
