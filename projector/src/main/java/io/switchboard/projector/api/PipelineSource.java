package io.switchboard.projector.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells how the stages of the pipeline do. Takes the state of memory only: asked on an event loop, it never blocks. */
@FunctionalInterface
public interface PipelineSource {
    /** The stages, in the order in which an event passes them. */
    List<Stage> stages();

    /**
     * One stage; what is not known is null.
     *
     * @param name such as {@code projector}
     * @param state one word: {@code running}, {@code waiting}, {@code stopped} …
     * @param detail what it waits for, for people
     * @param recordsPerSecond over the last minute
     * @param lagRecords records not yet processed
     * @param oldestUnprocessedAt when the oldest of them arrived; the lag in seconds is counted from it
     * @param lastSuccessAt when it last moved forward
     */
    record Stage(
            String name,
            String state,
            @Nullable String detail,
            @Nullable Double recordsPerSecond,
            @Nullable Long lagRecords,
            @Nullable Instant oldestUnprocessedAt,
            @Nullable Instant lastSuccessAt) {}
}
