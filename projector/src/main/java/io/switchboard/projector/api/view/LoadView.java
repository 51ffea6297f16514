package io.switchboard.projector.api.view;

import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.Load;
import io.switchboard.projector.report.ReportPeriod;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls at the same time in an answer.
 *
 * @param link to the calls that began in a bucket
 */
public record LoadView(ReportPeriod period, Function<Bucket, String> link) {
    private static final double FOUR_DECIMALS = 1e4;

    /** @param loads of every bucket of the period, at least one */
    public Map<String, @Nullable Object> json(Map<String, @Nullable Object> terms, List<Load> loads) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("range", ReportView.range(period));
        json.put("terms", terms);
        json.putAll(figures(Load.over(period.bucket(), loads)));
        json.put("buckets", loads.stream().map(this::bucket).toList());
        json.put("links", links(period.bucket()));
        return json;
    }

    private Map<String, @Nullable Object> bucket(Load load) {
        var json = new LinkedHashMap<String, @Nullable Object>(ReportView.bucket(load.bucket(), zone()));
        json.putAll(figures(load));
        json.put("links", links(load.bucket()));
        return json;
    }

    private Map<String, @Nullable Object> figures(Load load) {
        var at = load.peakAt();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("peak", load.peak());
        json.put("peak_at", at == null ? null : ReportView.time(at, zone()));
        json.put("mean_erlangs", SpreadView.rounded(load.mean(), FOUR_DECIMALS));
        json.put("call_seconds", SpreadView.seconds(load.micros()));
        return json;
    }

    private Map<String, @Nullable Object> links(Bucket bucket) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("calls", link.apply(bucket));
        return json;
    }

    private ZoneId zone() {
        return period.zone();
    }
}
