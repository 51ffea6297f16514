package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.kafka.LogPosition;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where the last events went, in a ring that the newest overwrite. Noting one costs an allocation and a store, because
 * every event is noted; finding one looks through the whole ring, because that is rare. Safe for use by several threads.
 */
public final class Receipts {
    private static final int CAPACITY = 20_000;

    private final AtomicReferenceArray<Receipt> ring = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicInteger noted = new AtomicInteger();

    /**
     * Where an event is.
     *
     * @param position where it stands in the log; null while it is in the spool only
     */
    record Receipt(EventId id, Instant receivedAt, @Nullable LogPosition position) {}

    void spooled(Envelope envelope) {
        note(new Receipt(envelope.id(), envelope.receivedAt(), null));
    }

    void replicated(Envelope envelope, LogPosition position) {
        note(new Receipt(envelope.id(), envelope.receivedAt(), position));
    }

    /** What is known of an event; its place in the log wins over its place in the spool. */
    Optional<Receipt> find(EventId id) {
        Receipt found = null;
        for (var i = 0; i < CAPACITY; i++) {
            var receipt = ring.getAcquire(i);
            if (receipt != null && receipt.id.equals(id)) {
                if (receipt.position != null) {
                    return Optional.of(receipt);
                }
                found = receipt;
            }
        }
        return Optional.ofNullable(found);
    }

    private void note(Receipt receipt) {
        ring.setRelease(Integer.remainderUnsigned(noted.getAndIncrement(), CAPACITY), receipt);
    }
}
