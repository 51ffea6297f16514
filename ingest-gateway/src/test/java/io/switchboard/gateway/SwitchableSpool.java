package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A spool in memory that keeps, refuses or hangs as it is told. */
final class SwitchableSpool implements Spool {
    private final List<Envelope> appended = new CopyOnWriteArrayList<>();
    private volatile Supplier<Future<Void>> answer = Future::succeededFuture;
    private volatile boolean accepting = true;

    void refuse(NotDurable.Reason reason) {
        accepting = false;
        answer = () -> Future.failedFuture(new NotDurable(reason));
    }

    void accept() {
        accepting = true;
        answer = Future::succeededFuture;
    }

    void hang() {
        answer = () -> Promise.<Void>promise().future();
    }

    /** What it was asked to keep. */
    List<Envelope> appended() {
        return List.copyOf(appended);
    }

    @Override
    public Future<Void> append(Envelope envelope) {
        appended.add(envelope);
        return answer.get();
    }

    @Override
    public List<Spooled> oldest(long after, int limit) {
        return List.of();
    }

    @Override
    public void remove(List<Spooled> events) {
        throw new UnsupportedOperationException("nothing is drained from it");
    }

    @Override
    public void setAside(long sequence, String reason) {
        throw new UnsupportedOperationException("nothing is drained from it");
    }

    @Override
    public Optional<Envelope> find(EventId id) {
        return appended.stream().filter(event -> event.id().equals(id)).findFirst();
    }

    @Override
    public Status status() {
        return new Status(appended.size(), 0, 0, accepting);
    }
}
