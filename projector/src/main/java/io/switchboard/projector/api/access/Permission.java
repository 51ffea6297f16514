package io.switchboard.projector.api.access;

/** What a route asks of its caller. */
public enum Permission {
    /** Calls, their timelines, and the provider's other lists. */
    READ_CALLS,
    /** The stages of the pipeline. */
    READ_PIPELINE,
    /** Where an event is. */
    READ_RECEIPTS,
    READ_DEAD_LETTERS
}
