package io.switchboard.projector.api.view;

import io.switchboard.call.Call;
import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.report.Figures;
import io.switchboard.projector.report.ServiceLevel;
import io.switchboard.projector.report.ServiceLevel.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a wallboard shows. */
public final class LiveView {
    private static final double MICROS = 1e6;

    private LiveView() {}

    /**
     * Everything of one moment.
     *
     * @param seq the position of the stream up to which it has everything, and after which nothing
     * @param at the server's clock
     * @param open the calls that are open and not silent, the oldest first, as many as are listed
     * @param recent calls in that began within the last so many minutes and are over
     */
    public record Snapshot(
            long seq, Instant at, OpenCalls counts, List<ReadCall> open, List<Recent> recent, List<Agent> agents) {}

    /**
     * Calls that are open now and not silent.
     *
     * @param waiting calls in that nobody has answered yet
     * @param waitingSince when the first of those began
     */
    public record OpenCalls(
            int count,
            int ringing,
            int connected,
            int waiting,
            @Nullable Instant waitingSince) {}

    /** @param waited of answered and lost calls, where it is known */
    public record Recent(int minutes, Figures figures, Wait waited) {}

    /** How long callers waited. */
    public record Wait(long count, long micros) {}

    public static Map<String, @Nullable Object> of(Snapshot snapshot, Terms terms, Masking masking) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("seq", snapshot.seq());
        json.put("at", Values.time(snapshot.at()));
        json.put("open_calls", open(snapshot, masking));
        json.put("waiting", waiting(snapshot.counts(), snapshot.at()));
        json.put("last_hour", lastHour(snapshot.recent().getLast()));
        json.put("service_level", serviceLevel(snapshot, terms));
        json.put("agents", Agent.byState(snapshot.agents()));
        return json;
    }

    private static Map<String, @Nullable Object> open(Snapshot snapshot, Masking masking) {
        var counts = snapshot.counts();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("count", counts.count());
        json.put("ringing", counts.ringing());
        json.put("connected", counts.connected());
        json.put(
                "calls",
                snapshot.open().stream()
                        .map(read -> call(read, masking, snapshot.at()))
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> call(ReadCall read, Masking masking, Instant at) {
        var call = read.call();
        var json = CallView.of(read, masking);
        var timers = new LinkedHashMap<String, @Nullable Object>();
        timers.put("open_seconds", since(call.startedAt(), at));
        timers.put("waiting_seconds", isWaiting(call) ? since(call.startedAt(), at) : null);
        timers.put("talking_seconds", call.answeredAt() == null ? null : since(call.answeredAt(), at));
        json.put("timers", timers);
        return json;
    }

    private static boolean isWaiting(Call call) {
        return call.direction() == Call.Direction.INBOUND && call.state() == Call.State.RINGING;
    }

    private static Map<String, @Nullable Object> waiting(OpenCalls counts, Instant at) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("count", counts.waiting());
        json.put("longest_wait_seconds", since(counts.waitingSince(), at));
        json.put("longest_wait_since", Values.time(counts.waitingSince()));
        return json;
    }

    private static Map<String, @Nullable Object> lastHour(Recent hour) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        var waited = hour.waited();
        json.put("missed", hour.figures().outcomes().missed());
        json.put("average_wait_seconds", waited.count() == 0 ? null : waited.micros() / MICROS / waited.count());
        json.put("average_wait_n", waited.count());
        return json;
    }

    private static Map<String, @Nullable Object> serviceLevel(Snapshot snapshot, Terms terms) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("formula", terms.formula().word());
        json.put("threshold_seconds", terms.thresholdMicros() / MICROS);
        json.put("short_abandon_seconds", terms.shortAbandonMicros() / MICROS);
        var windows = new ArrayList<Map<String, @Nullable Object>>();
        for (var recent : snapshot.recent()) {
            var level = ServiceLevel.of(terms.formula(), recent.figures());
            var window = new LinkedHashMap<String, @Nullable Object>();
            window.put("minutes", recent.minutes());
            window.put("from", Values.time(snapshot.at().minus(Duration.ofMinutes(recent.minutes()))));
            window.put("value", level.value());
            window.put("numerator", level.numerator());
            window.put("denominator", level.denominator());
            window.put("coverage", level.coverage());
            windows.add(window);
        }
        json.put("windows", windows);
        return json;
    }

    private static @Nullable Double since(@Nullable Instant begin, Instant at) {
        if (begin == null) {
            return null;
        }
        var time = Duration.between(begin, at);
        return Values.seconds(time.isNegative() ? Duration.ZERO : time);
    }
}
