package io.switchboard.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When calls begin: independently of each other, at a mean rate (a Poisson process). Owned by the simulator's event loop.
 *
 * <p>{@code remaining} is how much of the way to the next call is left, in calls; at the rate {@code r} it shrinks by
 * {@code r} a minute. So a change of rate needs no new random number, and the same seed gives the same calls.
 */
public final class Arrivals {
    /** After a pause of the process the calls it missed are not made up for. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

    private static final double NANOS_PER_MINUTE = 60e9;

    private final SplittableRandom random;
    private Instant at;
    private double remaining;

    public Arrivals(SplittableRandom random, Instant start) {
        this.random = random;
        this.at = start;
        this.remaining = gap();
    }

    /** The beginnings since the last step. */
    public List<Instant> step(Instant now, double callsPerMinute) {
        if (Duration.between(at, now).compareTo(LONGEST_GAP) > 0) {
            at = now;
        }
        var begun = new ArrayList<Instant>();
        while (progress(now, callsPerMinute) >= remaining) {
            at = at.plusNanos((long) (remaining / callsPerMinute * NANOS_PER_MINUTE));
            begun.add(at);
            remaining = gap();
        }
        remaining -= progress(now, callsPerMinute);
        at = now.isAfter(at) ? now : at;
        return begun;
    }

    private double progress(Instant now, double callsPerMinute) {
        return Math.max(0, Duration.between(at, now).toNanos()) / NANOS_PER_MINUTE * callsPerMinute;
    }

    private double gap() {
        return random.nextExponential();
    }
}
