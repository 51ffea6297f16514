package io.switchboard.projector.api.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of an account that began in one hour, by the doors that told of them.
 *
 * @param delays how many of them were known within each of {@link #DELAY_SECONDS}, each in its own count, and last those that
 *     took longer
 */
public record CoverageHour(
        String account, Instant hour, int webhookOnly, int pollOnly, int both, int open, List<Integer> delays) {
    /** Upper ends, seconds. */
    public static final List<Integer> DELAY_SECONDS = List.of(1, 5, 30, 120, 600, 3_600);

    private static final double FOUR_DECIMALS = 1e4;

    public CoverageHour {
        delays = List.copyOf(delays);
    }

    public int calls() {
        return webhookOnly + pollOnly + both;
    }

    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("account", account);
        json.put("hour", Values.written(hour));
        json.put("calls", calls());
        json.put("webhook_only", webhookOnly);
        json.put("poll_only", pollOnly);
        json.put("both", both);
        json.put("open", open);
        json.put("webhook_share", calls() == 0 ? null : rounded((double) (webhookOnly + both) / calls()));
        json.put("first_seen_delay", delay());
        return json;
    }

    /** Counts add up over hours; percentiles do not, so clients get the counts too. */
    private Map<String, @Nullable Object> delay() {
        var within = new ArrayList<Map<String, Object>>();
        var seen = 0;
        for (int i = 0; i < DELAY_SECONDS.size(); i++) {
            seen += delays.get(i);
            within.add(Map.of("seconds", DELAY_SECONDS.get(i), "calls", seen));
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("p50_within_seconds", percentile(0.5));
        json.put("p95_within_seconds", percentile(0.95));
        json.put("n", calls());
        json.put("within", within);
        return json;
    }

    /** The smallest bound that holds so many of the calls; null when none does, or there are no calls. */
    private @Nullable Integer percentile(double part) {
        var seen = 0;
        for (int i = 0; i < DELAY_SECONDS.size(); i++) {
            seen += delays.get(i);
            if (calls() > 0 && seen >= part * calls()) {
                return DELAY_SECONDS.get(i);
            }
        }
        return null;
    }

    private static double rounded(double share) {
        return Math.round(share * FOUR_DECIMALS) / FOUR_DECIMALS;
    }
}
