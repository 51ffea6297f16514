package io.switchboard.projector.projection;

import io.switchboard.call.Disagreement;
import io.switchboard.event.EventId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The read tables, as the loop sees them. Blocking: called on a virtual thread. Never throws for trouble of Postgres. */
public interface ProjectionStore {
    /** Applies a batch in one transaction, if the tables stand where the batch expects them. */
    Answer apply(Batch batch);

    /** Where the tables stand, after having made a position of the given offset for partitions that had none. */
    PositionsAnswer positions(Map<TopicPartition, Long> absent);

    /** Puts a position back to an earlier offset, if it still stands where the caller saw it. */
    PositionsAnswer rewind(TopicPartition partition, long seen, long offset);

    /** What became of a batch. */
    sealed interface Answer {}

    /** Where the tables stand, or why that cannot be said. */
    sealed interface PositionsAnswer {}

    /** Trouble, by what to do about it. */
    sealed interface Failure extends Answer, PositionsAnswer {}

    /**
     * @param fresh the events that the tables did not know before
     * @param disagreements what the rows' two doors newly disagree about, each field once for each call
     */
    record Applied(Set<EventId> fresh, List<Disagreement.Field> disagreements) implements Answer {}

    record Positions(Map<TopicPartition, Long> next) implements PositionsAnswer {}

    /** The tables stand elsewhere: somebody else owns the partition now, or did. Nothing was written. */
    record Conflict() implements Failure {}

    /**
     * Not the batch's fault: wait and try again. Nothing was written, or it cannot be known.
     *
     * @param waitingFor what has to come back, for people
     */
    record Retryable(String waitingFor) implements Failure {}

    /** Some record of the batch can never be applied. Nothing was written. */
    record Fatal(RefusalReason reason, String detail) implements Failure {}
}
