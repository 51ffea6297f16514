package io.switchboard.projector.api.view;

import static io.switchboard.call.Call.word;

import io.switchboard.call.Call.Direction;
import io.switchboard.projector.report.DirectedFigures;
import io.switchboard.projector.report.Figures;
import io.switchboard.projector.report.Outcomes;
import io.switchboard.projector.report.ServiceLevel;
import io.switchboard.projector.report.ServiceLevel.Terms;
import io.switchboard.projector.report.Spread;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a group of calls in an answer: the same members wherever they stand. What has nothing to be held against
 * is null.
 *
 * @param directions those that were asked for
 * @param minSamples of fewer durations no percentile is shown
 */
public record FiguresView(Terms terms, Collection<Direction> directions, int minSamples) {
    private static final double MICROS = 1e6;
    private static final double FOUR_DECIMALS = 1e4;

    public Map<String, @Nullable Object> json(DirectedFigures figures) {
        var all = figures.all();
        var inbound = figures.inbound();
        var outgoing = figures.outgoing();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("calls", all.outcomes().calls());
        json.put("by_direction", volume(figures));
        json.put("outcomes", outcomes(all.outcomes()));
        json.put("answer_rate", answerRate(inbound));
        json.put(
                "lost_rate", share(inbound.outcomes().lost(), inbound.outcomes().ended()));
        json.put("connect_rate", share(outgoing.answered(), outgoing.ended()));
        json.put("service_level", serviceLevel(inbound));
        json.put("time_to_answer", spread(inbound.answerTime()));
        json.put("abandoned_wait", spread(inbound.lostWait()));
        json.put("talk_time", spread(all.talkTime()));
        json.put("recording_coverage", share(all.recorded(), all.outcomes().answered()));
        return json;
    }

    /** Answered of those offered. */
    public static Map<String, @Nullable Object> answerRate(Figures inbound) {
        return share(inbound.outcomes().answered(), inbound.outcomes().ended());
    }

    public Map<String, @Nullable Object> serviceLevel(Figures inbound) {
        var level = ServiceLevel.of(terms.formula(), inbound);
        var json = named();
        json.put("value", rounded(level.value(), FOUR_DECIMALS));
        json.put("numerator", level.numerator());
        json.put("denominator", level.denominator());
        json.put("coverage", rounded(level.coverage(), FOUR_DECIMALS));
        return json;
    }

    /** Calls by how they ended. */
    public static Map<String, @Nullable Object> outcomes(Outcomes outcomes) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("open", outcomes.open());
        json.put("answered", outcomes.answered());
        json.put("missed", outcomes.missed());
        json.put("voicemail", outcomes.voicemail());
        json.put("dropped", outcomes.dropped());
        json.put("unanswered", outcomes.unanswered());
        json.put("unknown", outcomes.unknown());
        return json;
    }

    /** What the figures were made by. */
    private Map<String, @Nullable Object> named() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("formula", terms.formula().word());
        json.put("threshold_seconds", Math.round(terms.thresholdMicros() / MICROS));
        json.put("short_abandon_seconds", Math.round(terms.shortAbandonMicros() / MICROS));
        return json;
    }

    private Map<String, @Nullable Object> volume(DirectedFigures figures) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        directions.forEach(direction ->
                json.put(word(direction), figures.of(direction).outcomes().calls()));
        return json;
    }

    private Map<String, @Nullable Object> spread(Spread spread) {
        return SpreadView.of(spread, minSamples);
    }

    private static Map<String, @Nullable Object> share(long numerator, long denominator) {
        return SpreadView.share(numerator, denominator);
    }

    static double rounded(double value) {
        return Math.round(value * FOUR_DECIMALS) / FOUR_DECIMALS;
    }

    private static @Nullable Double rounded(@Nullable Double value, double parts) {
        return value == null ? null : Math.round(value * parts) / parts;
    }
}
