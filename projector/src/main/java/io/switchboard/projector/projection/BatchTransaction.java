package io.switchboard.projector.projection;

import io.switchboard.call.Call;
import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFold;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.event.EventId;
import io.switchboard.projector.projection.CallTable.Existing;
import io.switchboard.projector.projection.CallTable.Terms;
import io.switchboard.projector.projection.Coverage.FirstSeen;
import io.switchboard.projector.projection.Item.Fact;
import io.switchboard.projector.projection.JournalTable.Shown;
import io.switchboard.projector.projection.ProjectionStore.Answer;
import io.switchboard.projector.projection.ProjectionStore.Applied;
import io.switchboard.projector.projection.ProjectionStore.Conflict;
import io.switchboard.projector.projection.ProjectionStore.Fatal;
import io.switchboard.projector.projection.ProjectionStore.Retryable;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One batch, one transaction, five round trips:
 *
 * <pre>
 *   1  begin · move the positions (compare-and-set) · lock the calls and journal entries that exist · count the events
 *      known · insert events
 *   2  load all events of calls that had some; those of the others are in the batch
 *      — fold —
 *   3  upsert calls, feed and legs · dead letters · quarantined events · what pollers say · what the provider lists ·
 *      join journal and calls · lock the hours that reports add up
 *   4  write those hours
 *   5  commit
 * </pre>
 *
 * <p>A call's row is locked before its events are loaded, so no other transaction can add to it in between. Should another
 * transaction make a row that did not exist (two keys for one call), the upsert finds it, and the batch is tried again. All
 * rows are written in the order of their keys.
 *
 * <p>Nothing in it names a schema: the connection's {@code search_path} says whether the live tables are written or those
 * of a rebuild beside them ({@link SwapLock}).
 *
 * <p>It ends without a commit by any answer but {@link Applied}: the owner of the connection drops it.
 */
final class BatchTransaction {
    /** The most events that one call may have; what comes after them is refused. */
    static final int MOST_EVENTS_OF_A_CALL = 10_000;

    /** The most events that a batch of several records may load. */
    static final int MOST_EVENTS_LOADED = 100_000;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(35);

    private final SqlConnection client;
    private final Batch batch;
    private final ObservedRows observed;
    private final List<LatestRow<Shown>> entries;
    private final List<Delivered<Fact>> events;
    private final SortedMap<CallKey, List<CallEvent>> touched = new TreeMap<>();

    BatchTransaction(SqlConnection client, Batch batch) {
        this.client = client;
        this.batch = batch;
        this.observed = ObservedRows.of(batch);
        this.entries = observed.journal();
        this.events = Delivered.facts(batch.facts());
        for (var delivered : events) {
            var event = delivered.first().event();
            touched.computeIfAbsent(CallKey.of(event), key -> new ArrayList<>()).add(event);
        }
        batch.refolded().forEach(call -> touched.putIfAbsent(call, new ArrayList<>()));
    }

    Answer run() throws TimeoutException {
        var answer = write();
        if (answer instanceof Applied) {
            var unused = await(client.query("commit").execute());
        }
        return answer;
    }

    /** All but the commit: for whoever wants to see what would change. */
    Answer write() throws TimeoutException {
        var moves = batch.moves();
        var none = touched.isEmpty();
        var begun = client.query("begin").execute();
        var admitted = SwapLock.share(client);
        var moved = PositionTable.move(client, moves);
        var apart = JournalJoin.exclude(client, !entries.isEmpty());
        var locked =
                none ? Future.succeededFuture(Map.<CallKey, Existing>of()) : CallTable.lock(client, touched.keySet());
        var entriesLocked = entries.isEmpty()
                ? Future.succeededFuture(List.<JournalTable.Terms>of())
                : JournalTable.lock(client, entries);
        var counted = none
                ? Future.succeededFuture(Map.<CallKey, Integer>of())
                : CallEventTable.count(client, touched.keySet());
        var inserted =
                events.isEmpty() ? Future.succeededFuture(Set.<EventId>of()) : CallEventTable.insert(client, events);
        var fresh = await(begun.compose(ok -> admitted)
                .compose(ok -> moved)
                .compose(ok -> apart)
                .compose(ok -> locked)
                .compose(ok -> entriesLocked)
                .compose(ok -> counted)
                .compose(ok -> inserted));
        if (moved.result() != moves.size()) {
            return new Conflict();
        }
        if (isTooMuch(counted.result())) {
            return new Fatal(RefusalReason.CALL_TOO_LONG, "more than " + MOST_EVENTS_OF_A_CALL + " events");
        }
        load(counted.result().keySet());
        var calls = new ArrayList<Call>();
        var disagreements = new ArrayList<Field>();
        try {
            for (var all : touched.values()) {
                CallFold.fold(all).ifPresent(folded -> {
                    calls.add(folded.call());
                    disagreements.addAll(NewDisagreements.of(folded, all, fresh));
                });
            }
        } catch (RuntimeException | StackOverflowError e) { // a defect of the fold stops nothing but its call
            return new Fatal(RefusalReason.FOLD_FAILED, e.getClass().getSimpleName());
        }
        var existing = locked.result();
        var join = new JournalJoin();
        join.calls(calls, terms(existing));
        join.entries(entries, entriesLocked.result());
        var written = writeRows(calls, existing, join);
        if (written.newCalls() != calls.size() - existing.size()) {
            return new Retryable("another writer of the same call");
        }
        return new Applied(
                Stream.concat(fresh.stream(), written.observed().stream()).collect(Collectors.toSet()), disagreements);
    }

    static <T> T await(Future<T> future) throws TimeoutException {
        return future.recover(BatchTransaction::asException).await(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Vert.x has failures that are neither exceptions nor errors. */
    private static <T> Future<T> asException(Throwable failure) {
        return Future.failedFuture(failure instanceof Exception ? failure : new VertxException(failure));
    }

    private boolean isTooMuch(Map<CallKey, Integer> known) {
        var all = 0L;
        for (var call : touched.entrySet()) {
            var before = known.getOrDefault(call.getKey(), 0);
            if (before + call.getValue().size() > MOST_EVENTS_OF_A_CALL) {
                return true;
            }
            all += before;
        }
        return all > MOST_EVENTS_LOADED && batch.size() > 1;
    }

    /** Replaces the batch's events of calls that had some before by all events of those calls. */
    private void load(Set<CallKey> eventful) throws TimeoutException {
        if (eventful.isEmpty()) {
            return;
        }
        var complete = new HashMap<CallKey, List<CallEvent>>();
        for (var event : await(CallEventTable.load(client, eventful))) {
            complete.computeIfAbsent(CallKey.of(event), key -> new ArrayList<>())
                    .add(event);
        }
        touched.putAll(complete);
    }

    private static Map<CallKey, Terms> terms(Map<CallKey, Existing> existing) {
        return existing.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, call -> call.getValue().terms()));
    }

    private Map<CallKey, FirstSeen> firstSeen() {
        var seen = new HashMap<CallKey, FirstSeen>();
        touched.forEach((call, all) -> seen.put(call, FirstSeen.of(all)));
        return seen;
    }

    private static List<Coverage> coverage(List<Call> calls, Map<CallKey, FirstSeen> seen) {
        return calls.stream()
                .map(call -> Coverage.of(
                        call.account(),
                        call.startedAt(),
                        call.endedAt(),
                        call.state() != Call.State.ENDED,
                        Objects.requireNonNull(seen.get(CallKey.of(call)))))
                .toList();
    }

    /** @param observed events that changed a row of the provider's other lists */
    private record Written(int newCalls, Set<EventId> observed) {}

    /** Writes all rows. */
    private Written writeRows(List<Call> calls, Map<CallKey, Existing> existing, JournalJoin join)
            throws TimeoutException {
        var writes = new ArrayList<Future<Integer>>();
        if (!calls.isEmpty()) {
            var firstSeen = firstSeen();
            writes.add(CallTable.upsert(client, calls, firstSeen));
            writes.add(CallLegTable.upsert(client, calls));
            writes.add(CallLegTable.cut(
                    client,
                    calls.stream()
                            .filter(call -> existing.containsKey(CallKey.of(call)))
                            .toList()));
            writes.add(CoverageTable.move(
                    client, existing.values().stream().map(Existing::coverage).toList(), coverage(calls, firstSeen)));
            writes.add(ReportTable.move(
                    client,
                    existing.values().stream().map(Existing::reported).toList(),
                    calls.stream().map(ReportedCall::of).toList()));
        }
        var refusals = batch.refusals();
        if (!refusals.isEmpty()) {
            writes.add(DeadLetterTable.insert(client, refusals));
        }
        var quarantined = batch.quarantined();
        if (!quarantined.isEmpty()) {
            writes.add(QuarantineTable.insert(client, Delivered.quarantined(quarantined)));
        }
        writes.addAll(StateChanges.of(batch.states()).write(client));
        var seen = observed.write(client);
        if (join.isNeeded()) {
            writes.add(join.decide(client)); // last: it reads what the others wrote
        }
        if (writes.isEmpty() && seen.isEmpty()) {
            return new Written(0, Set.of());
        }
        var all = await(Future.all(Stream.concat(writes.stream(), seen.stream()).toList()));
        return new Written(
                calls.isEmpty() ? 0 : all.<Integer>resultAt(0),
                seen.stream().flatMap(events -> events.result().stream()).collect(Collectors.toSet()));
    }
}
