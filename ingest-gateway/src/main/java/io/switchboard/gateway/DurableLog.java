package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.kafka.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes events durable: in the log, or in the spool when the log does not answer in time. Owned by one event loop; the
 * circuit is shared by all of them.
 *
 * <p><b>Theory of operation.</b> An event is offered to the log and waits for its acknowledgement. Whatever comes first
 * decides: the acknowledgement completes it as {@code replicated}; a failure of the append, or {@code ackTimeout}, moves it
 * to the spool, whose fsync completes it as {@code spooled}. The log may still take an event that timed out: it is then in
 * Kafka twice, once from here and once from the spool, and counts once, because its id is the same.
 *
 * <p>When an event times out and the log has acknowledged nothing since that event was sent, the brokers are silent: the
 * circuit opens, and further events go to the spool at once instead of each waiting in vain. The {@link SpoolDrainLoop}
 * keeps offering the oldest spooled event to the log; its first acknowledgement closes the circuit. One slow partition does
 * not open the circuit, since others still acknowledge.
 *
 * <p>Waiting events stand in one queue in the order of their deadlines, which is the order of arrival because the time-out
 * is the same for all; one periodic sweep takes the expired ones off its head. No timer per event.
 */
public final class DurableLog {
    private static final long SWEEP_MILLIS = 10;

    private final Vertx vertx;
    private final EventLog log;
    private final Spool spool;
    private final AtomicReference<Circuit> circuit;
    private final Duration ackTimeout;
    private final GatewayMetrics metrics;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    public DurableLog(Vertx vertx, Doors doors, Duration ackTimeout, GatewayMetrics metrics) {
        this.vertx = vertx;
        this.log = doors.log();
        this.spool = doors.spool();
        this.circuit = doors.circuit();
        this.ackTimeout = ackTimeout;
        this.metrics = metrics;
    }

    /** The two places an event can be made durable in, and the state that chooses between them. */
    public record Doors(EventLog log, Spool spool, AtomicReference<Circuit> circuit) {}

    /** Starts the sweep on the current event loop. */
    public void start() {
        vertx.setPeriodic(SWEEP_MILLIS, unused -> sweep(System.nanoTime()));
    }

    /** Completes when the event is durable; fails with {@link NotDurable}. */
    public Future<Durability> append(Envelope envelope) {
        if (circuit.get() instanceof Circuit.Open) {
            return spool.append(envelope).map(Durability.SPOOLED);
        }
        var one = new Waiting(envelope, promise(), System.nanoTime());
        waiting.addLast(one);
        log.append(envelope).onSuccess(position -> replicated(one)).onFailure(failure -> refused(one));
        return one.promise.future();
    }

    private void replicated(Waiting one) {
        if (!one.decided) {
            one.decided = true;
            metrics.published(System.nanoTime() - one.sentAt);
            one.promise.complete(Durability.REPLICATED);
        }
    }

    private void refused(Waiting one) {
        if (!one.decided) {
            moveToSpool(one);
        }
    }

    private void sweep(long now) {
        for (var head = waiting.peekFirst(); head != null; head = waiting.peekFirst()) {
            if (!head.decided && now - head.sentAt < ackTimeout.toNanos()) {
                return;
            }
            waiting.removeFirst();
            if (!head.decided) {
                moveToSpool(head);
            }
        }
    }

    private void moveToSpool(Waiting one) {
        one.decided = true;
        if (!log.acknowledgedSince(one.sentAt)
                && circuit.get() instanceof Circuit.Closed closed
                && circuit.compareAndSet(closed, closed.silence(one.sentAt))) {
            metrics.circuitOpened();
        }
        spool.append(one.envelope).map(Durability.SPOOLED).onComplete(one.promise);
    }

    private static Promise<Durability> promise() {
        return ((ContextInternal) Vertx.currentContext()).promise();
    }

    /** One event between its offer to the log and the decision. Confined to the event loop. */
    private static final class Waiting {
        private final Envelope envelope;
        private final Promise<Durability> promise;
        private final long sentAt;
        private boolean decided;

        Waiting(Envelope envelope, Promise<Durability> promise, long sentAt) {
            this.envelope = envelope;
            this.promise = promise;
            this.sentAt = sentAt;
        }
    }
}
