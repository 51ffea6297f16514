package io.switchboard.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** The finished calls of the past hours, oldest first, made one by one as they are asked for. Owned by the event loop. */
public final class History {
    private final Instant now;
    private final Duration window;
    private final int calls;
    private int made;

    public History(Instant now, Duration window, int calls) {
        this.now = now;
        this.window = window;
        this.calls = calls;
    }

    public boolean hasNext() {
        return made < calls;
    }

    /** The next call; its beginning is spread evenly over the window, with some chance. */
    public SimulatedCall next(Exchange exchange, Exchange.Style style, SplittableRandom random) {
        var share = (made + random.nextDouble()) / calls;
        made++;
        var ago = Duration.ofNanos((long) (window.toNanos() * (1 - share)));
        return exchange.past(now.minus(ago), now, style, random);
    }
}
