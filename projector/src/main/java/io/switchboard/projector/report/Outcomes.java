package io.switchboard.projector.report;

import io.switchboard.call.Call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Calls by how they ended.
 *
 * @param open no end is known of them, however long ago they began
 */
public record Outcomes(
        long open, long answered, long missed, long voicemail, long dropped, long unanswered, long unknown) {
    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0, 0);

    static Outcomes of(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> new Outcomes(1, 0, 0, 0, 0, 0, 0);
            case ANSWERED -> new Outcomes(0, 1, 0, 0, 0, 0, 0);
            case MISSED -> new Outcomes(0, 0, 1, 0, 0, 0, 0);
            case VOICEMAIL -> new Outcomes(0, 0, 0, 1, 0, 0, 0);
            case DROPPED -> new Outcomes(0, 0, 0, 0, 1, 0, 0);
            case UNANSWERED -> new Outcomes(0, 0, 0, 0, 0, 1, 0);
            case UNKNOWN -> new Outcomes(0, 0, 0, 0, 0, 0, 1);
        };
    }

    /** All calls. */
    public long calls() {
        return open + ended();
    }

    public long ended() {
        return answered + lost() + unanswered + unknown;
    }

    /** Calls in that nobody took: missed, sent to voicemail, dropped. */
    public long lost() {
        return missed + voicemail + dropped;
    }

    Outcomes plus(Outcomes other, int times) {
        return new Outcomes(
                open + times * other.open,
                answered + times * other.answered,
                missed + times * other.missed,
                voicemail + times * other.voicemail,
                dropped + times * other.dropped,
                unanswered + times * other.unanswered,
                unknown + times * other.unknown);
    }
}
