package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.CallEvent;
import io.switchboard.poller.plan.SimulatedDay.Scenario.Event;
import io.switchboard.poller.reconcile.Finding;
import io.switchboard.poller.reconcile.KnownCalls;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Thirty simulated hours or more of one account: the plan, the known calls and a model of the provider, in simulated time. */
final class SimulatedDay {
    static final Instant BEGIN = Instant.parse("2026-03-09T00:00:00Z");

    /** What happens on that day besides calls. */
    record Scenario(
            String name,
            int callsADay,
            int limit,
            double webhookLoss,
            Set<Event> events,
            int othersADay,
            int restarts,
            int hours) {

        enum Event {
            WEBHOOKS_DOWN,
            PROVIDER_DOWN,
            FROZEN_POLLER,
            BACKFILL,
            CLOCK_STEPS
        }

        Scenario(String name, int callsADay, double webhookLoss, Event... events) {
            this(name, callsADay, 2500, webhookLoss, Set.of(events), 0, 0, 30);
        }

        Scenario sharedWith(int others) {
            return new Scenario(name, callsADay, limit, webhookLoss, events, others, restarts, 54);
        }

        Scenario restarting(int times) {
            return new Scenario(name, callsADay, limit, webhookLoss, events, othersADay, times, hours);
        }

        Scenario limitedTo(int requests) {
            return new Scenario(name, callsADay, requests, webhookLoss, events, othersADay, restarts, hours);
        }

        boolean isUndisturbed() {
            return othersADay == 0
                    && limit >= 2500
                    && !has(Event.PROVIDER_DOWN)
                    && !has(Event.CLOCK_STEPS)
                    && !has(Event.FROZEN_POLLER);
        }

        boolean has(Event event) {
            return events.contains(event);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final Scenario scenario;
    private final SplittableRandom random;
    private final SyncPlan plan;
    private final Instant end;
    private final List<SimulatedCall> calls = new ArrayList<>();
    final ProviderModel provider;

    private final Deque<CallEvent> webhooks = new ArrayDeque<>();
    private final Set<String> announced = new HashSet<>();
    private final List<CallEvent> log = new ArrayList<>();
    private final Deque<Instant> restarts = new ArrayDeque<>();
    private final Deque<Order> orders = new ArrayDeque<>();
    private final Set<String> unanswered = new HashSet<>();

    final Map<Integer, Instant> seen = new HashMap<>();
    final Map<Integer, Instant> recordingSeen = new HashMap<>();
    final Map<Purpose, Integer> spent = new EnumMap<>(Purpose.class);
    final List<Duration> firstRequestOfSync = new ArrayList<>();
    final Map<Finding, Integer> findings = new EnumMap<>(Finding.class);
    int steps;

    private Instant now = BEGIN;
    private AccountState state;
    private KnownCalls known = watching(BEGIN);
    private Outcome outcome = new Outcome.Started();

    SimulatedDay(Scenario scenario, long seed) {
        this.scenario = scenario;
        plan = new SyncPlan(PlanSettings.ofDailyRequests(scenario.limit()));
        end = BEGIN.plus(Duration.ofHours(scenario.hours()));
        random = new SplittableRandom(seed);
        makeCalls();
        provider = new ProviderModel(random.split(), calls, scenario.othersADay());
        if (scenario.has(Event.PROVIDER_DOWN)) {
            provider.downFrom = BEGIN.plus(Duration.ofHours(10));
            provider.downTo = BEGIN.plus(Duration.ofHours(13));
        }
        makeWebhooks();
        for (int i = 0; i < scenario.restarts(); i++) {
            restarts.add(BEGIN.plus(Duration.ofMinutes(200 + 300L * i + random.nextInt(60))));
        }
        makeOrders();
        state = plan.initial("default", BEGIN);
    }

    private void makeCalls() {
        for (int day = -1; day <= scenario.hours() / 24; day++) {
            for (int i = 0; i < scenario.callsADay(); i++) {
                var hour = random.nextInt(100) < 85 ? 8 + random.nextDouble() * 10 : random.nextDouble() * 24;
                var start = BEGIN.plus(Duration.ofDays(day)).plusMillis((long) (hour * 3_600_000));
                calls.add(call(calls.size(), start));
            }
        }
    }

    private SimulatedCall call(int number, Instant start) {
        var seconds = Math.exp(random.nextDouble() * 5) * 2 + 3;
        if (random.nextInt(100) < 3) {
            seconds = 1800 + random.nextDouble() * 5400;
        }
        var end = start.plusMillis((long) (seconds * 1000));
        var connected = random.nextInt(100) < 70;
        var listed = end.plusMillis(5_000 + random.nextInt(random.nextInt(20) == 0 ? 60_000 : 10_000));
        var recorded = connected ? end.plusSeconds(60 + random.nextInt(14 * 60)) : null;
        return new SimulatedCall(number, start, end, connected, listed, recorded);
    }

    private void makeWebhooks() {
        var downFrom = BEGIN.plus(Duration.ofHours(11));
        var downTo = BEGIN.plus(Duration.ofHours(13));
        // Half of what goes missing is a single event, half is every event of a call.
        var delivered = calls.stream()
                .filter(call -> random.nextDouble() >= scenario.webhookLoss())
                .flatMap(call -> call.webhooks().stream())
                .filter(event -> !event.receivedAt().isBefore(BEGIN))
                .filter(event -> random.nextDouble() >= scenario.webhookLoss())
                .filter(event -> !scenario.has(Event.WEBHOOKS_DOWN)
                        || event.receivedAt().isBefore(downFrom)
                        || event.receivedAt().isAfter(downTo))
                .sorted(Comparator.comparing(CallEvent::receivedAt))
                .toList();
        webhooks.addAll(delivered);
        delivered.forEach(event -> announced.add(event.callId()));
    }

    private void makeOrders() {
        if (scenario.has(Event.BACKFILL)) {
            orders.add(order("backfill", Order.Kind.BACKFILL, BEGIN.plusSeconds(60)));
        }
        for (int i = 0; i < 4; i++) {
            orders.add(order("sync-" + i, Order.Kind.SYNC, BEGIN.plus(Duration.ofMinutes(300L * i + 90))));
        }
    }

    private static Order order(String id, Order.Kind kind, Instant at) {
        var from = kind == Order.Kind.BACKFILL ? at.minus(Duration.ofDays(200)) : null;
        return new Order(id, "default", kind, List.of(), from, null, "ops", at);
    }

    SimulatedDay run() {
        while (now.isBefore(end)) {
            turn();
        }
        known.drainFindings().forEach((finding, n) -> findings.merge(finding, n, Integer::sum));
        return this;
    }

    private void turn() {
        steps++;
        deliver();
        takeOrders();
        if (!restarts.isEmpty() && !now.isBefore(restarts.peek())) {
            restarts.remove();
            restart();
        }
        var step = plan.step(state, outcome, known.attention(clock()), clock());
        state = step.state();
        if (step.command() instanceof Command.Pause pause) {
            var length = Duration.between(clock(), pause.until());
            assertThat(length).as("a pause at %s", now).isPositive();
            now = nextOrderOr(now.plus(length));
            outcome = new Outcome.Woken();
            return;
        }
        count(step.command());
        now = now.plusMillis(100 + random.nextInt(700));
        var answer = provider.answer(step.command(), now);
        if (scenario.has(Event.FROZEN_POLLER) && !restarts.isEmpty() && !now.isBefore(restarts.peek())) {
            // The poller froze before its request; another took over, and it woke minutes later and made that request.
            restarts.remove();
            now = now.plusSeconds(20 + random.nextInt(200));
            restart();
            return;
        }
        answer.calls().forEach(this::see);
        outcome = answer.outcome();
    }

    /** What the poller takes for the time. */
    private Instant clock() {
        if (!scenario.has(Event.CLOCK_STEPS)) {
            return now;
        }
        var minutes = Duration.between(BEGIN, now).toMinutes();
        var error =
                minutes < 9 * 60 ? 0 : minutes < 11 * 60 ? -5 : minutes < 14 * 60 ? 40 : minutes < 20 * 60 ? -20 : 0;
        return now.plus(Duration.ofMinutes(error));
    }

    private Instant nextOrderOr(Instant until) {
        var wake = orders.isEmpty() ? until : Times.min(until, orders.element().requestedAt());
        return Times.max(wake, now.plusMillis(1));
    }

    private void deliver() {
        while (!webhooks.isEmpty() && !webhooks.element().receivedAt().isAfter(now)) {
            var event = webhooks.remove();
            log.add(event);
            known.observe(event);
        }
    }

    private void takeOrders() {
        while (!orders.isEmpty() && !orders.element().requestedAt().isAfter(now)) {
            var order = orders.remove();
            state = plan.accept(state, order, clock());
            if (order.kind() == Order.Kind.SYNC) {
                unanswered.add(order.id());
            }
        }
    }

    /** All that is kept is in the log: the entries of the state, and the events. */
    private void restart() {
        state = AccountState.of("default", state.entries(), clock());
        known.drainFindings().forEach((finding, n) -> findings.merge(finding, n, Integer::sum));
        known = watching(clock());
        log.forEach(known::observe);
        outcome = new Outcome.Started();
    }

    private void count(Command command) {
        var purpose = command instanceof Command.Fetch fetch ? fetch.purpose() : Purpose.RESOURCES;
        spent.merge(purpose, 1, Integer::sum);
        if (purpose == Purpose.COMMANDS) {
            for (var job : state.jobs()) {
                if (unanswered.remove(job.id())) {
                    firstRequestOfSync.add(Duration.between(requested(job.id()), now));
                }
            }
        }
    }

    private void see(SimulatedCall call) {
        var first = seen.putIfAbsent(call.number(), now) == null;
        var recorded = call.hasRecording(now) && recordingSeen.putIfAbsent(call.number(), now) == null;
        if (first || recorded) {
            var event = call.record(now);
            log.add(event);
            known.observe(event);
        }
    }

    private Instant requested(String id) {
        return BEGIN.plus(Duration.ofMinutes(300L * Integer.parseInt(id.substring("sync-".length())) + 90));
    }

    /** From the request of a sync to its end, of those that succeeded. */
    List<Duration> syncs() {
        return state.jobs().stream()
                .filter(job -> job.kind() == Order.Kind.SYNC && job.status() == Job.Status.DONE)
                .flatMap(job -> delay(job.startedAt(), job.finishedAt()))
                .toList();
    }

    /** Calls that the provider listed before the last quarter of an hour and that were never read. */
    List<SimulatedCall> missed() {
        var settled = end.minus(Duration.ofMinutes(15));
        return calls.stream()
                .filter(call -> call.start().isAfter(BEGIN.minus(Duration.ofHours(24))))
                .filter(call -> call.listedAt().isBefore(settled) && !seen.containsKey(call.number()))
                .toList();
    }

    List<SimulatedCall> recordingsMissed() {
        var settled = end.minus(Duration.ofMinutes(90));
        return calls.stream()
                .filter(call -> call.start().isAfter(BEGIN.minus(Duration.ofHours(20))))
                .filter(call -> call.recordedAt() != null && call.recordedAt().isBefore(settled))
                .filter(call -> !recordingSeen.containsKey(call.number()))
                .toList();
    }

    /** From the record's appearance to its being read, of calls that no webhook announced. */
    List<Duration> repairs(Duration shortest, Duration longest) {
        return calls.stream()
                .filter(call -> call.listedAt().isAfter(BEGIN) && !announced.contains(call.id()))
                .filter(call -> isBetween(call, shortest, longest))
                .flatMap(call -> delay(call.listedAt(), seen.get(call.number())))
                .sorted()
                .toList();
    }

    /** From the recording's appearance to its being read. */
    List<Duration> recordings() {
        return calls.stream()
                .filter(call -> call.listedAt().isAfter(BEGIN))
                .flatMap(call -> delay(call.recordedAt(), recordingSeen.get(call.number())))
                .sorted()
                .toList();
    }

    private static boolean isBetween(SimulatedCall call, Duration shortest, Duration longest) {
        var length = Duration.between(call.start(), call.listedAt());
        return length.compareTo(shortest) >= 0 && length.compareTo(longest) < 0;
    }

    private static Stream<Duration> delay(@Nullable Instant appeared, @Nullable Instant read) {
        return appeared == null || read == null ? Stream.empty() : Stream.of(Duration.between(appeared, read));
    }

    Scenario scenario() {
        return scenario;
    }

    private static KnownCalls watching(Instant from) {
        var known = new KnownCalls(Duration.ofHours(4));
        known.watch(from);
        return known;
    }
}
