package io.switchboard.projector.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The share of callers who were served in time. Four formulas are in use in the field, and they differ by many points on
 * the same calls; so the one that was used is always named.
 *
 * @param numerator calls answered within the threshold
 * @param denominator calls the formula holds them against
 * @param coverage share of the calls offered of which outcome and wait are known: only they are in the formula; null of
 *     none
 */
public record ServiceLevel(
        long numerator, long denominator, @Nullable Double coverage) {

    /** What the calls answered within the threshold are held against. */
    public enum Formula {
        /** All answered. */
        ANSWERED_ONLY,
        /** All offered: answered or lost. */
        OFFERED,
        /** All offered but those who gave up within the time of a short abandon. */
        OFFERED_MINUS_SHORT,
        /** All answered, and those lost after the threshold. */
        ANSWERED_PLUS_LATE_LOST;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Formula> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(formula -> formula.word().equals(word))
                    .findFirst();
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Formula::word).toList();
        }
    }

    /**
     * What a request asks for.
     *
     * @param thresholdMicros answered no later than this is in time
     * @param shortAbandonMicros lost no later than this is a short abandon
     */
    public record Terms(Formula formula, long thresholdMicros, long shortAbandonMicros) {}

    /**
     * What the formulas are made of.
     *
     * @param inTime answered within the threshold
     * @param shortAbandoned lost within the time of a short abandon
     * @param lateLost lost after the threshold
     */
    public record Counts(long inTime, long shortAbandoned, long lateLost) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(inTime + other.inTime, shortAbandoned + other.shortAbandoned, lateLost + other.lateLost);
        }
    }

    /** What a formula makes of calls in; callers are not served by calls out. */
    public static ServiceLevel of(Formula formula, Figures figures) {
        var counts = figures.serviceLevel();
        var answered = figures.answerTime().count();
        var lost = figures.lostWait().count();
        var denominator = switch (formula) {
            case ANSWERED_ONLY -> answered;
            case OFFERED -> answered + lost;
            case OFFERED_MINUS_SHORT -> answered + lost - counts.shortAbandoned();
            case ANSWERED_PLUS_LATE_LOST -> answered + counts.lateLost();
        };
        var offered = figures.outcomes().ended();
        return new ServiceLevel(
                counts.inTime(), denominator, offered == 0 ? null : (double) (answered + lost) / offered);
    }

    /** Between 0 and 1; null where there was nobody to serve. */
    public @Nullable Double value() {
        return denominator == 0 ? null : (double) numerator / denominator;
    }
}
