package io.switchboard.poller.reconcile;

import io.switchboard.call.CallEvent;
import io.switchboard.poller.plan.Attention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the last thirty hours as both doors tell of them, and what they ask of the plan.
 *
 * <p>Level-triggered: what is missing is derived again at each look from what is there, so that a restart which observes the
 * same events comes to the same wants. Events may come in any order and more than once.
 *
 * <p>Confined to one thread. At most 200,000 calls are remembered, the oldest forgotten first.
 */
public final class KnownCalls {
    static final int MOST_CALLS = 200_000;
    static final int MOST_EXTENSIONS = 2_000;
    static final Duration REMEMBERED = Duration.ofHours(30);

    private static final Duration A_SHORT_WHILE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final int MOST_ASKED_FOR = 100;

    private final Duration openCallTimeout;
    private final Map<String, KnownCall> calls = new LinkedHashMap<>();

    /** Those of {@link #calls} of which something is still expected. */
    private final Map<String, KnownCall> unsettled = new LinkedHashMap<>();

    private SortedSet<String> extensions = Collections.unmodifiableSortedSet(new TreeSet<>());
    private final Map<Finding, Integer> findings = new EnumMap<>(Finding.class);
    private Instant lastActivity = Instant.MIN;
    private Instant watchedFrom = Instant.MAX;
    private @Nullable Instant sweptAt;

    /** @param openCallTimeout after which silence an open call is asked for */
    public KnownCalls(Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
    }

    /**
     * Has findings made from now on.
     *
     * @param from calls that began earlier may have been announced before anybody listened, or were found by an earlier
     *     leader: they are not missed
     */
    public void watch(Instant from) {
        watchedFrom = from;
    }

    /** Takes notice of an event from either door. Calls of a past that only a backfill reads are passed over. */
    public void observe(CallEvent event) {
        if (event.occurredAt().isBefore(event.receivedAt().minus(REMEMBERED))) {
            return;
        }
        var call = calls.computeIfAbsent(event.callId(), id -> new KnownCall(event, openCallTimeout));
        call.observe(event);
        unsettled.put(event.callId(), call);
        lastActivity = event.receivedAt().isAfter(lastActivity) ? event.receivedAt() : lastActivity;
        observeExtensions(event);
        if (calls.size() > MOST_CALLS) {
            var oldest = calls.keySet().iterator().next();
            calls.remove(oldest);
            unsettled.remove(oldest);
        }
    }

    private void observeExtensions(CallEvent event) {
        var extension = event.extension();
        if (extension != null) {
            observeExtension(extension);
        }
        var record = event.record();
        if (record == null) {
            return;
        }
        var caller = record.caller();
        if (caller != null && caller.extension() != null) {
            observeExtension(caller.extension());
        }
        for (var party : record.called()) {
            var called = party.extension();
            if (called != null) {
                observeExtension(called);
            }
        }
    }

    /** Takes notice of someone who takes part in the account's calls; the journal names some whom no call does. */
    public void observeExtension(String extension) {
        if (extensions.contains(extension) || extension.isBlank() || extensions.size() >= MOST_EXTENSIONS) {
            return;
        }
        // Handed out with every look, and hardly ever changed: copied here rather than there.
        var more = new TreeSet<>(extensions);
        more.add(extension);
        extensions = Collections.unmodifiableSortedSet(more);
    }

    /** What the calls ask of the plan now. */
    public Attention attention(Instant now) {
        sweep(now);
        var open = false;
        @Nullable Instant oldest = null;
        var toAsk = new ArrayList<KnownCall>();
        var each = unsettled.values().iterator();
        while (each.hasNext()) {
            var call = each.next();
            call.finding(now, watchedFrom).ifPresent(one -> findings.merge(one, 1, Integer::sum));
            open |= call.isOpen(now);
            if (call.isUnsettled(now) && (oldest == null || call.startedAt.isBefore(oldest))) {
                oldest = call.startedAt;
            }
            if (call.isToBeAskedFor(now)) {
                toAsk.add(call);
            }
            if (call.isSettled(now)) {
                each.remove();
            }
        }
        var active = open || lastActivity.isAfter(now.minus(A_SHORT_WHILE));
        return new Attention(active, oldest, oldestIds(toAsk), extensions);
    }

    private static List<String> oldestIds(List<KnownCall> calls) {
        return calls.stream()
                .sorted(Comparator.comparing((KnownCall call) -> call.startedAt).thenComparing(call -> call.id))
                .limit(MOST_ASKED_FOR)
                .map(call -> call.id)
                .toList();
    }

    /** How many findings of each kind were made since the last time. */
    public Map<Finding, Integer> drainFindings() {
        var drained = Map.copyOf(findings);
        findings.clear();
        return drained;
    }

    /** How many calls are remembered. */
    public int size() {
        return calls.size();
    }

    private void sweep(Instant now) {
        if (sweptAt != null && Duration.between(sweptAt, now).abs().compareTo(BETWEEN_SWEEPS) < 0) {
            return;
        }
        sweptAt = now;
        var oldest = now.minus(REMEMBERED);
        calls.values().removeIf(call -> call.lastReceivedAt.isBefore(oldest));
        unsettled.values().removeIf(call -> call.lastReceivedAt.isBefore(oldest));
    }
}
