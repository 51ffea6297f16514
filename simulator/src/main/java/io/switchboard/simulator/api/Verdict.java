package io.switchboard.simulator.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a request.
 *
 * @param delay before anything is answered
 * @param refusal what is answered instead of what was asked for
 * @param shift whether a row slips in first
 * @param drift how likely each row is wrong
 * @param cutAt where the answer ends, as a share of its length
 */
record Verdict(Duration delay, Ending ending, Optional<ApiAnswer> refusal, boolean shift, double drift, double cutAt) {

    /** How the answer ends. */
    enum Ending {
        WHOLE,
        CUT,
        /** There is none: the connection is closed. */
        RESET
    }

    boolean whole() {
        return ending == Ending.WHOLE;
    }
}
