package io.switchboard.projector.api.access;

/** What a route asks of its caller. */
public enum Permission {
    /** Calls, their timelines, and the provider's other lists. */
    READ_CALLS,
    /** The stages of the pipeline. */
    READ_PIPELINE,
    /** Where an event is. */
    READ_RECEIPTS,
    READ_DEAD_LETTERS,
    /** How orders do; whoever may not give them sees their own alone. */
    READ_JOBS,
    /** To order a synchronisation or a backfill, and to cancel one. */
    ORDER,
    /** To do something at the provider: to send a message, to make a call and the like. */
    COMMAND,
    PLAY_RECORDINGS,
    /** To take whole lists away as files. */
    EXPORT,
    /** To replay or discard what was refused, and to build tables again. */
    REPAIR,
    /** Who did what. */
    READ_AUDIT,
    /** The paths of the dashboard that was there before. */
    USE_COMPATIBILITY
}
