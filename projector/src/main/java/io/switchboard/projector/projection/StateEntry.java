package io.switchboard.projector.projection;

import io.switchboard.sync.Job;
import io.switchboard.sync.StateKey;
import java.time.Instant;

/** What a record of {@code sync-state} says. */
public sealed interface StateEntry {
    StateKey key();

    /**
     * How the poller, its budget or one of its resources stands.
     *
     * @param json the report, less what the poller keeps beside it for itself
     * @param reportedAt when it was written
     */
    record Report(StateKey key, String json, Instant reportedAt) implements StateEntry {}

    /** How an order does. */
    record Progress(StateKey key, Job job) implements StateEntry {}

    /** The poller forgot the entry. */
    record Forgotten(StateKey key) implements StateEntry {}

    /** An entry that is the poller's own affair. */
    record Private(StateKey key) implements StateEntry {}
}
