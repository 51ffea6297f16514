package io.switchboard.projector.projection;

import io.switchboard.call.CallEvent;
import io.switchboard.event.EventId;
import io.switchboard.resource.Observation;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a record of the log is to the projection. */
public sealed interface Item {
    /** The record it was read from. */
    ConsumerRecord<byte[], byte[]> record();

    /** When its event reached the system; null when the record did not say. */
    @Nullable
    Instant receivedAt();

    /** A fact about a call. */
    record Fact(
            ConsumerRecord<byte[], byte[]> record,
            CallEvent event,
            @Nullable String traceparent) implements Item {
        @Override
        public Instant receivedAt() {
            return event.receivedAt();
        }
    }

    /** What a list of the provider's was seen to say. */
    record Observed(ConsumerRecord<byte[], byte[]> record, Observation observation) implements Item {
        @Override
        public Instant receivedAt() {
            return observation.receivedAt();
        }
    }

    /** An authentic webhook from which no event could be read: only its place is kept. */
    record Quarantined(ConsumerRecord<byte[], byte[]> record, EventId id, String account, Instant receivedAt)
            implements Item {}

    /** What a poller says of itself. It is no event: the tables do not become fresher by it. */
    record State(ConsumerRecord<byte[], byte[]> record, StateEntry entry) implements Item {
        @Override
        public @Nullable Instant receivedAt() {
            return null;
        }
    }

    /**
     * A record that goes to the dead letters.
     *
     * @param detail for people; holds no personal data
     * @param account null when the record did not say, as are the id and the type
     */
    record Refused(
            ConsumerRecord<byte[], byte[]> record,
            RefusalReason reason,
            String detail,
            @Nullable String account,
            @Nullable EventId id,
            @Nullable String type,
            @Nullable Instant receivedAt)
            implements Item {}

    default TopicPartition partition() {
        return new TopicPartition(record().topic(), record().partition());
    }

    default Instant appendedAt() {
        return Instant.ofEpochMilli(Math.max(0, record().timestamp()));
    }

    /** The same record as a dead letter. */
    default Refused refused(RefusalReason reason, String detail) {
        return switch (this) {
            case Fact fact -> {
                var event = fact.event();
                yield new Refused(
                        fact.record(), reason, detail, event.account(), event.id(), event.type(), event.receivedAt());
            }
            case Observed(var from, var seen) ->
                new Refused(
                        from,
                        reason,
                        detail,
                        seen.account(),
                        seen.id(),
                        seen.resource().type(),
                        seen.receivedAt());
            case Quarantined q -> new Refused(q.record(), reason, detail, q.account(), q.id(), null, q.receivedAt());
            case State state -> {
                var key = state.entry().key();
                yield new Refused(state.record(), reason, detail, key.account(), null, key.type(), null);
            }
            case Refused refused -> refused;
        };
    }
}
