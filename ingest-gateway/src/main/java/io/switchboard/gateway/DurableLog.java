package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.kafka.EventLog;
import io.switchboard.kafka.LogPosition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Makes events durable: in the log, or in the spool when the log does not answer in time. Owned by one event loop; the
 * circuit is shared by all of them.
 *
 * <p><b>Theory of operation.</b> An event is offered to the log and waits for its acknowledgement. Whatever comes first
 * decides: the acknowledgement completes it as {@code replicated}; a failure of the append, or {@code ackTimeout}, moves it
 * to the spool, whose fsync completes it as {@code spooled}. The log may still take an event that timed out: it is then in
 * Kafka twice, once from here and once from the spool, and counts once, because its id is the same. A disk that hangs does
 * not keep the sender waiting either: after {@link #SPOOL_TIMEOUT} the event counts as not durable.
 *
 * <p>When an event times out and the log has acknowledged nothing since that event was sent, the brokers are silent: the
 * circuit opens, and further events go to the spool at once instead of each waiting in vain. The {@link SpoolDrainLoop}
 * keeps offering the oldest spooled event to the log; its first acknowledgement closes the circuit. One slow partition does
 * not open the circuit, since others still acknowledge; nor does an append that fails at once, since nobody waits for it.
 *
 * <p>Waiting events stand in the order of their deadlines, which is the order of arrival because the time-out is the same
 * for all; one periodic sweep takes the expired ones off the head. No timer per event.
 */
public final class DurableLog {
    private static final long SWEEP_MILLIS = 10;
    private static final Duration SPOOL_TIMEOUT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Doors doors;
    private final Duration ackTimeout;
    private final GatewayMetrics metrics;
    private final LinkedHashSet<Waiting> offered = new LinkedHashSet<>();
    private final LinkedHashSet<Waiting> spooling = new LinkedHashSet<>();

    public DurableLog(Vertx vertx, Doors doors, Duration ackTimeout, GatewayMetrics metrics) {
        this.vertx = vertx;
        this.doors = doors;
        this.ackTimeout = ackTimeout;
        this.metrics = metrics;
    }

    /** The two places an event can be made durable in, the state that chooses between them, and the notes of the choices. */
    public record Doors(EventLog log, Spool spool, AtomicReference<Circuit> circuit, Receipts receipts) {}

    /** Starts the sweep on the current event loop. */
    public void start() {
        vertx.setPeriodic(SWEEP_MILLIS, unused -> sweep(System.nanoTime()));
    }

    /** Completes when the event is durable; fails with {@link NotDurable}. */
    public Future<Durability> append(Envelope envelope) {
        var one = new Waiting(envelope, promise());
        if (doors.circuit.get() instanceof Circuit.Open) {
            spool(one);
        } else {
            offer(one);
        }
        return one.promise.future();
    }

    private void offer(Waiting one) {
        offered.add(one);
        doors.log
                .append(one.envelope)
                .onSuccess(position -> replicated(one, position))
                .onFailure(failure -> refused(one));
    }

    private void replicated(Waiting one, LogPosition position) {
        doors.receipts.replicated(one.envelope, position);
        if (offered.remove(one)) {
            metrics.published(System.nanoTime() - one.since);
            one.promise.complete(Durability.REPLICATED);
        } else if (spooling.remove(one)) { // late, but before the disk
            one.promise.complete(Durability.REPLICATED);
        }
    }

    private void refused(Waiting one) {
        if (offered.remove(one)) {
            spool(one);
        }
    }

    private void spool(Waiting one) {
        one.since = System.nanoTime();
        spooling.add(one);
        doors.spool
                .append(one.envelope)
                .onSuccess(unused -> spooled(one))
                .onFailure(failure -> notDurable(one, failure));
    }

    private void spooled(Waiting one) {
        doors.receipts.spooled(one.envelope);
        if (spooling.remove(one)) {
            one.promise.complete(Durability.SPOOLED);
        }
    }

    private void notDurable(Waiting one, Throwable failure) {
        if (spooling.remove(one)) {
            one.promise.fail(failure);
        }
    }

    private void sweep(long now) {
        expire(offered, now - ackTimeout.toNanos(), this::late);
        expire(
                spooling,
                now - SPOOL_TIMEOUT.toNanos(),
                one -> one.promise.fail(new NotDurable(NotDurable.Reason.SPOOL_FAILING)));
    }

    private static void expire(LinkedHashSet<Waiting> waiting, long startedBefore, Consumer<Waiting> expired) {
        while (!waiting.isEmpty() && waiting.getFirst().since - startedBefore <= 0) {
            expired.accept(waiting.removeFirst());
        }
    }

    private void late(Waiting one) {
        if (!doors.log.acknowledgedSince(one.since)
                && doors.circuit.get() instanceof Circuit.Closed closed
                && doors.circuit.compareAndSet(closed, closed.silence(System.nanoTime()))) {
            metrics.circuitOpened();
        }
        spool(one);
    }

    private static Promise<Durability> promise() {
        return ((ContextInternal) Vertx.currentContext()).promise();
    }

    /** One event before the decision; which of the two sets it stands in is its state. Confined to the event loop. */
    private static final class Waiting {
        private final Envelope envelope;
        private final Promise<Durability> promise;
        private long since = System.nanoTime();

        Waiting(Envelope envelope, Promise<Durability> promise) {
            this.envelope = envelope;
            this.promise = promise;
        }
    }
}
