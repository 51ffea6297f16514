package io.switchboard.simulator.delivery;

import io.switchboard.simulator.world.Delivery.Copy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which copies of an event go to a URL, and how late; none when it is lost.
 *
 * <p>A plan always draws the same count of random numbers, whatever the faults are: raising one probability adds faults of
 * that kind and leaves all others where they were.
 */
record DeliveryPlan(List<Planned> copies) {
    /** How soon after the original a duplicate follows at the latest. */
    static final Duration DUPLICATE_WITHIN = Duration.ofSeconds(2);

    /**
     * One copy.
     *
     * @param delay how much later than its event
     */
    record Planned(Copy copy, Duration delay) {}

    static DeliveryPlan draw(Faults faults, SplittableRandom random) {
        var lost = random.nextDouble() < faults.loss();
        var doubled = random.nextDouble() < faults.duplicates();
        var shuffled = random.nextDouble() < faults.shuffle();
        var replayed = random.nextDouble() < faults.replay();
        var lateness = between(faults.delayLeast(), faults.delayMost(), random.nextDouble());
        var held = part(faults.shuffleWindow(), random.nextDouble());
        var doubledAfter = part(DUPLICATE_WITHIN, random.nextDouble());
        var replayedAfter = between(faults.replayAfter(), faults.replayAfter().multipliedBy(2), random.nextDouble());
        if (lost) {
            return new DeliveryPlan(List.of());
        }
        var first = shuffled ? lateness.plus(held) : lateness;
        var copies = new ArrayList<Planned>(1);
        copies.add(new Planned(shuffled ? Copy.SHUFFLED : Copy.ORIGINAL, first));
        if (doubled) {
            copies.add(new Planned(Copy.DUPLICATE, first.plus(doubledAfter)));
        }
        if (replayed) {
            copies.add(new Planned(Copy.REPLAY, first.plus(replayedAfter)));
        }
        return new DeliveryPlan(List.copyOf(copies));
    }

    private static Duration between(Duration least, Duration most, double share) {
        return least.plus(part(most.minus(least), share));
    }

    private static Duration part(Duration whole, double share) {
        return Duration.ofMillis(Math.round(whole.toMillis() * share));
    }
}
