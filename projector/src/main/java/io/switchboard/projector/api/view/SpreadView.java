package io.switchboard.projector.api.view;

import io.switchboard.projector.report.Spread;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How durations and shares stand in reports. */
final class SpreadView {
    private static final double MICROS = 1e6;
    private static final double FOUR_DECIMALS = 1e4;
    private static final double MILLIS = 1e3;

    private SpreadView() {}

    /** @param minSamples of fewer no percentile is shown */
    static Map<String, @Nullable Object> of(Spread spread, int minSamples) {
        var shown = spread.count() >= minSamples;
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("n", spread.count());
        json.put("mean_seconds", rounded(spread.mean(), MILLIS));
        json.put("p50_seconds", shown ? rounded(spread.p50(), MILLIS) : null);
        json.put("p90_seconds", shown ? rounded(spread.p90(), MILLIS) : null);
        json.put("p95_seconds", shown ? rounded(spread.p95(), MILLIS) : null);
        json.put("sum_seconds", rounded(spread.micros() / MICROS, MILLIS));
        return json;
    }

    /** A part of a whole; null where there is no whole. */
    static Map<String, @Nullable Object> share(long numerator, long denominator) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("value", denominator == 0 ? null : rounded((double) numerator / denominator, FOUR_DECIMALS));
        json.put("numerator", numerator);
        json.put("denominator", denominator);
        return json;
    }

    static @Nullable Double seconds(@Nullable Long micros) {
        return micros == null ? null : rounded(micros / MICROS, MILLIS);
    }

    static @Nullable Double rounded(@Nullable Double value, double parts) {
        return value == null ? null : Math.round(value * parts) / parts;
    }
}
