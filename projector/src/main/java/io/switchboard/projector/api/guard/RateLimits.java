package io.switchboard.projector.api.guard;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How often each caller may ask: so many requests in every minute that begins with a request of theirs. Thread-safe; the
 * event loops share it.
 *
 * <p>Counted callers are bounded: when there are too many, those whose minute is over make way, and if that is not enough
 * the newcomers share one counter.
 */
public final class RateLimits {
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MOST_CALLERS = 10_000;
    private static final String OTHERS = "";
    private static final long NANOS = 1_000_000_000L;

    private final int limit;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Window> windows = new ConcurrentHashMap<>();

    private record Window(long began, int used) {}

    /**
     * Where a caller stands after a request.
     *
     * @param left how many more they may send before the minute is over
     * @param seconds until then
     */
    public record Turn(boolean allowed, int limit, int left, long seconds) {
        /** Draft-ietf-httpapi-ratelimit-headers: the quota and its window. */
        public String policy() {
            return "\"default\";q=" + limit + ";w=" + WINDOW.toSeconds();
        }

        /** Draft-ietf-httpapi-ratelimit-headers: what is left of it, and until when. */
        public String state() {
            return "\"default\";r=" + left + ";t=" + seconds;
        }
    }

    /**
     * @param limit requests in a minute; 0 for no limit
     * @param nanoTime a clock that only goes forward
     */
    public RateLimits(int limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Counts a request; empty when nothing is limited. */
    public Optional<Turn> take(String caller) {
        return count(caller, 1);
    }

    /** Takes a request back that cost nothing; where the caller stands then. */
    public Optional<Turn> giveBack(String caller) {
        return count(caller, -1);
    }

    int callers() {
        return windows.size();
    }

    private Optional<Turn> count(String caller, int change) {
        if (limit == 0) {
            return Optional.empty();
        }
        var now = nanoTime.getAsLong();
        var window = windows.merge(
                counter(caller, now),
                new Window(now, Math.max(0, change)),
                (known, fresh) -> isOver(known, now) ? fresh : changed(known, change));
        var left = Math.max(0, limit - window.used());
        return Optional.of(new Turn(window.used() <= limit, limit, left, secondsLeft(window, now)));
    }

    // One beyond the limit tells that it is crossed; counting further would only overflow.
    private Window changed(Window known, int change) {
        return new Window(known.began(), Math.clamp(known.used() + (long) change, 0, limit + 1));
    }

    private String counter(String caller, long now) {
        if (windows.size() >= MOST_CALLERS && !windows.containsKey(caller)) {
            windows.values().removeIf(window -> isOver(window, now));
            return windows.size() >= MOST_CALLERS ? OTHERS : caller;
        }
        return caller;
    }

    private static boolean isOver(Window window, long now) {
        return now - window.began() >= WINDOW.toNanos();
    }

    private static long secondsLeft(Window window, long now) {
        return Math.max(1, (WINDOW.toNanos() - (now - window.began()) + NANOS - 1) / NANOS);
    }
}
