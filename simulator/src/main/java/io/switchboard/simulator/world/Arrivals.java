package io.switchboard.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Instant at;
    private double remaining;

    public Arrivals(SplittableRandom random) {
        this.random = random;
        this.remaining = gap();
    }

    /** The beginnings since the last step; the first step only starts the clock. */
    public List<Instant> step(Instant now, double callsPerMinute) {
        var from = at == null || Duration.between(at, now).compareTo(LONGEST_GAP) > 0 ? now : at;
        var begun = new ArrayList<Instant>();
        while (progress(from, now, callsPerMinute) >= remaining) {
            from = from.plusNanos((long) (remaining / callsPerMinute * NANOS_PER_MINUTE));
            begun.add(from);
            remaining = gap();
        }
        remaining -= progress(from, now, callsPerMinute);
        at = now.isAfter(from) ? now : from;
        return begun;
    }

    private static double progress(Instant from, Instant now, double callsPerMinute) {
        return Math.max(0, Duration.between(from, now).toNanos()) / NANOS_PER_MINUTE * callsPerMinute;
    }

    private double gap() {
        return random.nextExponential();
    }
}
