package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Events kept on the local disk until the brokers take them, oldest first. Safe for use by several threads. The blocking
 * methods throw {@link IllegalStateException} when the disk fails or does not answer, or the spool is closed.
 */
public interface Spool {
    /**
     * Completes on the caller's context when the event is fsynced; fails with {@link NotDurable}, at once when the spool is
     * full or its disk does not answer. Never blocks.
     */
    Future<Void> append(Envelope envelope);

    /** The oldest events behind a sequence number, at most so many, without those set aside. Blocking. */
    List<Spooled> oldest(long after, int limit);

    /** Forgets events. Blocking. */
    void remove(List<Spooled> events);

    /** Keeps an event that the brokers refuse for good out of the way of the others, for a person to look at. Blocking. */
    void setAside(long sequence, String reason);

    /** An event by its id. Blocking. */
    Optional<Envelope> find(EventId id);

    /** What the spool says of itself now, from memory. */
    Status status();

    /** An event and its place in the spool. */
    record Spooled(long sequence, Envelope envelope) {}

    /**
     * The spool at one moment.
     *
     * @param records events in it, those set aside included
     * @param bytes what they count towards the limit
     * @param oldestMillis when the oldest was received, milliseconds since the epoch; 0 when it is empty
     * @param accepting whether an event could be spooled now
     */
    record Status(long records, long bytes, long oldestMillis, boolean accepting) {}
}
