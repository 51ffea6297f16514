package io.switchboard.simulator.api;

import io.switchboard.simulator.switches.Switches;
import io.switchboard.simulator.switches.Toggle;
import java.time.Duration;

/**
 * What goes wrong with the REST API on purpose. Probabilities are per request, {@code drift} per row, from 0 to 1.
 *
 * @param down every data call is answered with 503
 * @param latency how late every answer is
 * @param busy 429 although the limit is not reached
 * @param error a 5xx
 * @param errorBurst how many requests fail in a row once one does
 * @param hang the answer is held for {@code hangTime}
 * @param reset the connection is closed without an answer
 * @param cut the JSON ends in the middle
 * @param shift a row slips in before the second or a later page is read
 * @param drift a row has an unknown member, a member of another type, or no id
 */
public record ApiFaults(
        Toggle down,
        Duration latency,
        double busy,
        double error,
        int errorBurst,
        double hang,
        Duration hangTime,
        double reset,
        double cut,
        double shift,
        double drift) {
    public static final ApiFaults NONE =
            new ApiFaults(Toggle.OFF, Duration.ZERO, 0, 0, 1, 0, Duration.ofMinutes(1), 0, 0, 0, 0);

    /** Reads the variables that are set; the others keep their present value. */
    static ApiFaults read(Switches switches, ApiFaults present) {
        return new ApiFaults(
                switches.toggle("SIMULATOR_API_DOWN", present.down),
                switches.millis("SIMULATOR_API_LATENCY_MS", present.latency, Duration.ZERO, Switches.LONGEST),
                switches.probability("SIMULATOR_API_BUSY_PROBABILITY", present.busy),
                switches.probability("SIMULATOR_API_ERROR_PROBABILITY", present.error),
                switches.integer("SIMULATOR_API_ERROR_BURST", present.errorBurst, 1, 10_000),
                switches.probability("SIMULATOR_API_HANG_PROBABILITY", present.hang),
                switches.millis("SIMULATOR_API_HANG_MS", present.hangTime, Switches.MILLISECOND, Switches.LONGEST),
                switches.probability("SIMULATOR_API_RESET_PROBABILITY", present.reset),
                switches.probability("SIMULATOR_API_CUT_PROBABILITY", present.cut),
                switches.probability("SIMULATOR_API_SHIFT_PROBABILITY", present.shift),
                switches.probability("SIMULATOR_API_DRIFT_PROBABILITY", present.drift));
    }
}
