package io.switchboard.simulator.delivery;

import java.time.Duration;

/**
 * What goes wrong on purpose. Probabilities are per event and URL, from 0 to 1.
 *
 * @param loss the event never reaches the URL
 * @param duplicates it is sent twice, the second time within {@link DeliveryPlan#DUPLICATE_WITHIN}
 * @param shuffle it is held back for up to {@code shuffleWindow}, so that later events overtake it
 * @param delayLeast every event is at least that late
 * @param delayMost and at most that late
 * @param replay it is sent again, {@code replayAfter} to twice that later
 */
public record Faults(
        double loss,
        double duplicates,
        double shuffle,
        Duration shuffleWindow,
        Duration delayLeast,
        Duration delayMost,
        double replay,
        Duration replayAfter) {
    /** Everything arrives once and on time. */
    public static final Faults NONE =
            new Faults(0, 0, 0, Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO, 0, Duration.ofSeconds(60));
}
