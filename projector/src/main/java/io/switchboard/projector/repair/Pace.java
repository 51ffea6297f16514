package io.switchboard.projector.repair;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How much of the machine a repair takes.
 *
 * @param records that one transaction applies at most
 * @param rest how many times as long as it worked it rests
 * @param lag how far the live tables are behind; it waits while that is more than two seconds
 */
record Pace(int records, int rest, Supplier<Duration> lag) {
    private static final Duration MOST_LAG = Duration.ofSeconds(2);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Live calls go first: small transactions, and a fifth of the time of one connection. */
    static Pace gentle(Supplier<Duration> lag) {
        return new Pace(100, 4, lag);
    }

    /** As fast as it goes. */
    static Pace full() {
        return new Pace(2_000, 0, () -> Duration.ZERO);
    }

    void after(Duration worked, RepairRun run) {
        if (rest > 0) {
            run.rest(worked.multipliedBy(rest));
        }
        var waited = Duration.ZERO;
        while (lag.get().compareTo(MOST_LAG) > 0 && waited.compareTo(LONGEST_WAIT) < 0) {
            run.rest(WAIT);
            waited = waited.plus(WAIT);
        }
        run.goOn();
    }
}
