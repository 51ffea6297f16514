package io.switchboard.kafka;

import io.switchboard.event.Envelope;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The log in memory, which acknowledges, hangs or fails as it is told. Safe for use by several threads. */
public final class InMemoryEventLog implements EventLog {

    /** What it does with an append. */
    public sealed interface Behaviour {
        record Acknowledge() implements Behaviour {}

        /** Neither acknowledges nor fails, until {@link #acknowledgeHanging}. */
        record Hang() implements Behaviour {}

        record Fail(Exception cause) implements Behaviour {}
    }

    private final List<Envelope> acknowledged = new ArrayList<>();
    private final List<Hanging> hanging = new ArrayList<>();
    private Function<Envelope, Behaviour> behaviour = envelope -> new Behaviour.Acknowledge();
    private long lastAcknowledged = System.nanoTime() - 1_000_000_000_000L;

    private record Hanging(Envelope envelope, Promise<LogPosition> promise) {}

    /** From now on does this with every append. */
    public void behave(Behaviour next) {
        behave(envelope -> next);
    }

    public synchronized void behave(Function<Envelope, Behaviour> next) {
        behaviour = next;
    }

    /** The acknowledgements that were held back, late. */
    public synchronized void acknowledgeHanging() {
        hanging.forEach(one -> acknowledge(one.envelope, one.promise));
        hanging.clear();
    }

    /** What it acknowledged, in that order, repetitions included. */
    public synchronized List<Envelope> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** How many appends it neither acknowledged nor failed. */
    public synchronized int hanging() {
        return hanging.size();
    }

    @Override
    public synchronized Future<LogPosition> append(Envelope envelope) {
        Promise<LogPosition> promise =
                Vertx.currentContext() instanceof ContextInternal context ? context.promise() : Promise.promise();
        switch (behaviour.apply(envelope)) {
            case Behaviour.Acknowledge ignored -> acknowledge(envelope, promise);
            case Behaviour.Hang ignored -> hanging.add(new Hanging(envelope, promise));
            case Behaviour.Fail(var cause) -> promise.fail(cause);
        }
        return promise.future();
    }

    @Override
    public Future<LogPosition> appendTombstone(Envelope envelope) {
        return append(envelope);
    }

    @Override
    public synchronized boolean acknowledgedSince(long nanoTime) {
        return lastAcknowledged - nanoTime >= 0;
    }

    private void acknowledge(Envelope envelope, Promise<LogPosition> promise) {
        acknowledged.add(envelope);
        lastAcknowledged = System.nanoTime();
        promise.complete(new LogPosition(envelope.topic().suffix(), 0, acknowledged.size() - 1L, Instant.now()));
    }
}
