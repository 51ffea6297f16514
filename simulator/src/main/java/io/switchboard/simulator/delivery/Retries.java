package io.switchboard.simulator.delivery;

import java.time.Duration;

/**
 * What happens when a receiver refuses or stays silent.
 *
 * @param most how often a delivery is sent again; 0 turns retries off
 * @param backOff pause before the first retry; doubles with each further one
 * @param timeout how long an answer may take
 */
public record Retries(int most, Duration backOff, Duration timeout) {
    /** A patient sender. */
    public static final Retries STANDARD = new Retries(3, Duration.ofMillis(500), Duration.ofSeconds(8));

    /** The pause after so many attempts. */
    Duration pauseAfter(int attempts) {
        return backOff.multipliedBy(1L << Math.min(attempts - 1, 16));
    }
}
