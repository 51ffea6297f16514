package io.switchboard.projector.api.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a replay of dead letters would do now. Owned by the thread that rehearses it, then by the one that answers. */
public final class DryRun {
    private static final String CALLS = "call";

    private final long matched;
    private final Map<String, Reason> byReason = new TreeMap<>();
    private Map<String, Long> changed = Map.of();

    private static final class Reason {
        private long applies;
        private long refused;
        private long gone;
    }

    /** @param matched dead letters that the filter means; tried may be fewer */
    public DryRun(long matched) {
        this.matched = matched;
    }

    public void applies(String reason) {
        of(reason).applies++;
    }

    public void refused(String reason) {
        of(reason).refused++;
    }

    /** The log does not hold it any more. */
    public void gone(String reason) {
        of(reason).gone++;
    }

    /** @param rows that would change, by table */
    public void changes(Map<String, Long> rows) {
        changed = Map.copyOf(rows);
    }

    /** @param matchedByReason all that the filter means, tried or not */
    public Map<String, @Nullable Object> json(Map<String, Long> matchedByReason) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("matched", matched);
        json.put(
                "tried",
                byReason.values().stream()
                        .mapToLong(r -> r.applies + r.refused + r.gone)
                        .sum());
        json.put(
                "would_apply",
                byReason.values().stream().mapToLong(reason -> reason.applies).sum());
        json.put(
                "still_refused",
                byReason.values().stream().mapToLong(reason -> reason.refused).sum());
        json.put(
                "gone",
                byReason.values().stream().mapToLong(reason -> reason.gone).sum());
        json.put("calls_changed", changed.getOrDefault(CALLS, 0L));
        json.put(
                "rows_changed",
                changed.values().stream().mapToLong(Long::longValue).sum());
        json.put("rows_by_table", new TreeMap<>(changed));
        json.put(
                "by_reason",
                matchedByReason.entrySet().stream().map(this::reason).toList());
        return json;
    }

    private Map<String, Object> reason(Map.Entry<String, Long> all) {
        var tried = byReason.getOrDefault(all.getKey(), new Reason());
        var json = new LinkedHashMap<String, Object>();
        json.put("reason", all.getKey());
        json.put("matched", all.getValue());
        json.put("would_apply", tried.applies);
        json.put("still_refused", tried.refused);
        json.put("gone", tried.gone);
        return json;
    }

    private Reason of(String reason) {
        return byReason.computeIfAbsent(reason, name -> new Reason());
    }
}
