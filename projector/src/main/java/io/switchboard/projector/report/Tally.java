package io.switchboard.projector.report;

import io.switchboard.call.Call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What calls of one direction add up to. One call's tally is a pure function of its row; tallies of many calls are their
 * sum. Time does not enter: a call that fell silent stays {@code open} here until something ends it.
 *
 * @param recorded answered calls that have a recording
 * @param answerTime from the start of a call to its first answer, where both are known
 * @param lostWait how long those waited whom nobody answered (missed, voicemail, dropped), where it is known
 * @param talkTime of answered calls, where it is known
 */
public record Tally(Outcomes outcomes, long recorded, Durations answerTime, Durations lostWait, Durations talkTime) {

    /** The sum of no calls. */
    public static Tally none() {
        var none = Durations.of(false, null);
        return new Tally(Outcomes.NONE, 0, none, none, none);
    }

    /**
     * One call.
     *
     * @param outcome null while it is open
     * @param waitMicros null where it is not known
     * @param talkMicros null where it is not known
     */
    public static Tally of(
            @Nullable Outcome outcome, @Nullable Long waitMicros, @Nullable Long talkMicros, boolean hasRecording) {
        var answered = outcome == Outcome.ANSWERED;
        var lost = outcome == Outcome.MISSED || outcome == Outcome.VOICEMAIL || outcome == Outcome.DROPPED;
        return new Tally(
                Outcomes.of(outcome),
                answered && hasRecording ? 1 : 0,
                Durations.of(answered, waitMicros),
                Durations.of(lost, waitMicros),
                Durations.of(answered, talkMicros));
    }

    public Tally plus(Tally other) {
        return new Tally(
                outcomes.plus(other.outcomes, 1),
                recorded + other.recorded,
                answerTime.plus(other.answerTime),
                lostWait.plus(other.lostWait),
                talkTime.plus(other.talkTime));
    }

    public Tally minus(Tally other) {
        return new Tally(
                outcomes.plus(other.outcomes, -1),
                recorded - other.recorded,
                answerTime.minus(other.answerTime),
                lostWait.minus(other.lostWait),
                talkTime.minus(other.talkTime));
    }

    /** Whether adding it changes anything. */
    public boolean isZero() {
        return equals(none());
    }

    /** What a reader sees of it. */
    public Figures figures(ServiceLevel.Terms terms) {
        return new Figures(
                outcomes,
                recorded,
                Spread.of(answerTime),
                Spread.of(lostWait),
                Spread.of(talkTime),
                new ServiceLevel.Counts(
                        answerTime.sketch().countUpTo(terms.thresholdMicros()),
                        lostWait.sketch().countUpTo(terms.shortAbandonMicros()),
                        lostWait.count() - lostWait.sketch().countUpTo(terms.thresholdMicros())));
    }
}
