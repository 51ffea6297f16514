package io.switchboard.simulator.delivery;

import io.switchboard.simulator.world.Delivery;
import io.switchboard.simulator.world.Delivery.Copy;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.SimulatedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Sends every delivery when its time has come. Owned by the simulator's event loop; moved on by {@link #step}, which a test
 * calls by hand.
 *
 * <p>A call's deliveries are planned together when it is made and wait in one queue ordered by time. When their time comes
 * they move to the {@link Lane} of their URL. A call for which the queue has no room is not accepted at all: half a call
 * would look like loss.
 */
public final class Dispatcher {
    /** So that one step never holds the event loop for long. */
    private static final int MOST_PER_STEP = 2_000;

    private final List<Lane> lanes;
    private final Limits limits;
    private final PriorityQueue<Timed> schedule =
            new PriorityQueue<>(Comparator.comparing(Timed::due).thenComparing(Timed::sequence));
    private final Map<Copy, Long> planned = new EnumMap<>(Copy.class);
    private long lost;
    private long sequence;
    private Instant now;

    private record Timed(Instant due, long sequence, Delivery delivery) {}

    /** @param retries asked at each attempt, so that a change takes effect at once */
    public Dispatcher(
            List<WebhookUrl> urls, WebhookSender sender, Limits limits, Supplier<Retries> retries, Instant start) {
        this.limits = limits;
        this.now = start;
        this.lanes = urls.stream()
                .map(url -> new Lane(url, sender, limits, retries, this::again))
                .toList();
    }

    /** Takes on a call whose events are due at their own times; false when there is no room for it. */
    public boolean accept(SimulatedCall call, Faults faults, SplittableRandom random) {
        return accept(
                call, call.events().stream().map(SimulatedEvent::timestamp).toList(), faults, random);
    }

    /** Takes on a call of the past: its events are due from now on, in order, {@code spacing} apart. */
    public boolean acceptPast(SimulatedCall call, Duration spacing, Faults faults, SplittableRandom random) {
        var due = new ArrayList<Instant>();
        for (int i = 0; i < call.events().size(); i++) {
            due.add(now.plus(spacing.multipliedBy(i)));
        }
        return accept(call, due, faults, random);
    }

    /** Sends what is due. */
    public void step(Instant now) {
        this.now = now;
        for (int i = 0; i < MOST_PER_STEP; i++) {
            var next = schedule.peek();
            if (next == null || next.due().isAfter(now)) {
                return;
            }
            schedule.remove();
            lanes.get(next.delivery().url()).offer(next.delivery());
        }
    }

    /** Sends nothing more. */
    public void close() {
        schedule.clear();
        lanes.forEach(Lane::close);
    }

    /** Whether so little waits that history may follow without being in the way of live calls. */
    public boolean idle() {
        var most = Math.min(limits.queued() / 4, 1_000);
        return schedule.size() <= most && lanes.stream().allMatch(lane -> lane.waiting() <= most);
    }

    /** Deliveries whose time has not come. */
    public int scheduled() {
        return schedule.size();
    }

    /** Copies planned, by their reason. */
    public long planned(Copy copy) {
        return planned.getOrDefault(copy, 0L);
    }

    /** Events that were lost on purpose, per URL counted once. */
    public long lost() {
        return lost;
    }

    /** What each URL has to show. */
    public List<UrlState> urls() {
        return lanes.stream()
                .map(lane -> new UrlState(lane.url(), lane.outstanding(), lane.waiting(), lane.tally()))
                .toList();
    }

    /** The state of the way to one URL. */
    public record UrlState(WebhookUrl url, int outstanding, int waiting, Tally tally) {}

    private boolean accept(SimulatedCall call, List<Instant> due, Faults faults, SplittableRandom random) {
        if (schedule.size() + call.events().size() * lanes.size() > limits.queued()) {
            return false;
        }
        for (int i = 0; i < call.events().size(); i++) {
            for (int url = 0; url < lanes.size(); url++) {
                plan(call.events().get(i), due.get(i), url, DeliveryPlan.draw(faults, random));
            }
        }
        return true;
    }

    private void plan(SimulatedEvent event, Instant due, int url, DeliveryPlan plan) {
        if (plan.copies().isEmpty()) {
            lost++;
            event.add(Delivery.lost(event, url));
        }
        for (var copy : plan.copies()) {
            planned.merge(copy.copy(), 1L, Long::sum);
            var delivery = Delivery.scheduled(event, url, copy.copy(), copy.delay());
            event.add(delivery);
            add(due.plus(copy.delay()), delivery);
        }
    }

    private boolean again(Delivery delivery, Duration pause) {
        if (schedule.size() >= limits.queued()) {
            return false;
        }
        add(now.plus(pause), delivery);
        return true;
    }

    private void add(Instant due, Delivery delivery) {
        schedule.add(new Timed(due, sequence++, delivery));
    }
}
