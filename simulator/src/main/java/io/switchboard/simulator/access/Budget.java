package io.switchboard.simulator.access;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one key, counted in fixed windows: past the limit everything is refused until the next window begins.
 * Owned by the simulator's event loop.
 */
public final class Budget {
    private @Nullable Window window;

    /**
     * One window.
     *
     * @param counted requests within the limit
     * @param refused requests past it
     */
    public record Window(Instant start, Instant end, int counted, int refused) {
        private static Window of(Instant start, Duration length) {
            return new Window(start, start.plus(length), 0, 0);
        }
    }

    /** Counts a request; false when it is past the limit. */
    public boolean take(Instant now, AccessSettings settings) {
        var running = running(now, settings);
        var within = running.counted < settings.dailyRequests();
        window = new Window(
                running.start, running.end, running.counted + (within ? 1 : 0), running.refused + (within ? 0 : 1));
        return within;
    }

    /** The window as the last request left it; null before the first one. */
    public @Nullable Window window() {
        return window;
    }

    private Window running(Instant now, AccessSettings settings) {
        if (window != null && now.isBefore(window.end)) {
            return window;
        }
        return Window.of(settings.anchor().windowStart(now, settings.window()), settings.window());
    }
}
