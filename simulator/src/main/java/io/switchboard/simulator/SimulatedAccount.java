package io.switchboard.simulator;

import io.switchboard.simulator.delivery.Dispatcher;
import io.switchboard.simulator.delivery.WebhookSender;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.script.Company;
import io.switchboard.simulator.world.Arrivals;
import io.switchboard.simulator.world.Exchange;
import io.switchboard.simulator.world.History;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One account with its calls and their deliveries; {@link #step} moves it on. Owned by the simulator's event loop.
 *
 * <p>Live calls, calls made on demand and history each draw from their own random numbers, so that none of them changes
 * what the seed gives the others.
 */
final class SimulatedAccount {
    /** Keeps the events of a past call in order although many requests are under way at once. */
    private static final Duration HISTORY_SPACING = Duration.ofMillis(50);

    private final World world = new World();
    private final long seed;
    private final Exchange exchange;
    private final Dispatcher dispatcher;
    private final Arrivals arrivals;
    private final History history;
    private final SplittableRandom liveCalls;
    private final SplittableRandom orderedCalls;
    private final SplittableRandom pastCalls;
    private LiveSettings live;

    SimulatedAccount(SimulatorSettings settings, long seed, WebhookSender sender, Instant now) {
        var root = new SplittableRandom(seed);
        this.seed = seed;
        this.live = settings.live();
        this.exchange = new Exchange(Company.standard(), settings.apiKey());
        this.dispatcher = new Dispatcher(settings.webhookUrls(), sender, settings.limits(), () -> live.retries(), now);
        this.arrivals = new Arrivals(root.split());
        this.history = new History(now, settings.historyWindow(), settings.historyCalls());
        this.liveCalls = root.split();
        this.orderedCalls = root.split();
        this.pastCalls = root.split();
    }

    /** Makes the calls that have begun since the last step and sends what is due. */
    void step(Instant now) {
        for (var at : arrivals.step(now, live.callsPerMinute())) {
            var random = liveCalls.split();
            if (begin(CallKind.draw(random), at, random).isEmpty()) {
                world.skip();
            }
        }
        dispatcher.step(now);
        while (history.hasNext() && dispatcher.idle()) {
            tellPastCall(now);
        }
    }

    /** Makes a call now; empty when too much waits to be delivered. */
    Optional<SimulatedCall> order(CallKind kind, Instant now) {
        return begin(kind, now, orderedCalls.split());
    }

    void change(LiveSettings settings) {
        live = settings;
    }

    LiveSettings live() {
        return live;
    }

    World world() {
        return world;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    long seed() {
        return seed;
    }

    private Optional<SimulatedCall> begin(CallKind kind, Instant at, SplittableRandom random) {
        var faults = random.split();
        var call = exchange.live(kind, at, live.style(), random);
        if (!dispatcher.accept(call, live.faults(), faults)) {
            return Optional.empty();
        }
        world.add(call);
        return Optional.of(call);
    }

    private void tellPastCall(Instant now) {
        var random = pastCalls.split();
        var faults = random.split();
        var call = history.next(exchange, live.style(), random);
        if (dispatcher.acceptPast(call, HISTORY_SPACING, live.faults(), faults)) {
            world.add(call);
        } else {
            world.skip();
        }
    }
}
