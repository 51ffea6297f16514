package io.switchboard.kafka;

import io.switchboard.event.Envelope;
import io.vertx.core.Future;

/** Appending facts to the log. Safe for use by several threads. */
public interface EventLog {
    /**
     * Appends one fact; never blocks the caller.
     *
     * @return where it stands, once all in-sync replicas have it; a failure means that it may or may not be in the log. The
     *     future completes on the caller's context
     */
    Future<LogPosition> append(Envelope envelope);

    /**
     * Appends that the thing under the envelope's key is no more, in a topic that keeps the newest record of each key; the
     * envelope's value is left out. Otherwise as {@link #append}.
     */
    Future<LogPosition> appendTombstone(Envelope envelope);

    /** Whether the log acknowledged anything since a moment of {@link System#nanoTime}. */
    boolean acknowledgedSince(long nanoTime);
}
