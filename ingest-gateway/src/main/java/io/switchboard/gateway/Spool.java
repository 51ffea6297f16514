package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.vertx.core.Future;
import java.util.List;

/** Events kept on the local disk until the brokers take them, oldest first. Safe for use by several threads. */
public interface Spool {
    /**
     * Completes on the caller's context when the event is fsynced; fails with {@link NotDurable}, at once when the spool is
     * full or its disk does not answer. Never blocks.
     */
    Future<Void> append(Envelope envelope);

    /** The oldest events, at most so many. Blocking. */
    List<Spooled> oldest(int limit);

    /** Forgets every event up to and including a sequence number. Blocking. */
    void removeThrough(long sequence);

    /** Keeps an event that the brokers refuse for good out of the way of the others, for a person to look at. Blocking. */
    void setAside(long sequence, String reason);

    /** What the spool says of itself now, from memory. */
    Status status();

    /** An event and its place in the spool. */
    record Spooled(long sequence, Envelope envelope) {}

    /**
     * The spool at one moment.
     *
     * @param records events in it
     * @param bytes what they count towards the limit
     * @param oldestMillis when the oldest was received, milliseconds since the epoch; 0 when it is empty
     * @param accepting whether an event could be spooled now
     */
    record Status(long records, long bytes, long oldestMillis, boolean accepting) {
        /** The same with more in it. */
        Status plus(long moreRecords, long moreBytes) {
            return new Status(records + moreRecords, bytes + moreBytes, oldestMillis, accepting);
        }
    }
}
