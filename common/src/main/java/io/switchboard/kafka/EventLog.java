package io.switchboard.kafka;

import io.switchboard.event.Envelope;
import io.vertx.core.Future;

/** Appending facts to the log. Safe for use by several threads. */
public interface EventLog {
    /**
     * Appends one fact; never blocks the caller. Without a value on a compacted topic it says that what the key names is no
     * more.
     *
     * @return where it stands, once all in-sync replicas have it; a failure means that it may or may not be in the log. The
     *     future completes on the caller's context
     */
    Future<LogPosition> append(Envelope envelope);

    /** Whether the log acknowledged anything since a moment of {@link System#nanoTime}. */
    boolean acknowledgedSince(long nanoTime);
}
