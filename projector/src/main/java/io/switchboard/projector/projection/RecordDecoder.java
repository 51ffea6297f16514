package io.switchboard.projector.projection;

import io.switchboard.event.Envelope;
import io.switchboard.event.Resource;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.CloudEventCodec.Readable;
import io.switchboard.kafka.CloudEventCodec.Tombstone;
import io.switchboard.kafka.CloudEventCodec.Unreadable;
import io.switchboard.mightycall.CallEventDecoder;
import io.switchboard.mightycall.Decoded.Undecodable;
import io.switchboard.mightycall.Decoded.Understood;
import io.switchboard.mightycall.LoggedEvent;
import io.switchboard.mightycall.ProviderRecordDecoder;
import io.switchboard.mightycall.RecordRead;
import io.switchboard.projector.projection.Item.Fact;
import io.switchboard.projector.projection.Item.Observed;
import io.switchboard.projector.projection.Item.Quarantined;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.resource.Observation;
import io.switchboard.resource.ProviderRecord;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads a record of the log. Never throws: what cannot be read is refused. */
public final class RecordDecoder {
    private static final int LONGEST_TRACEPARENT = 55;
    private static final Optional<Topic> STATE = Optional.of(Topic.SYNC_STATE);

    private static final String NOT_OF_THIS_TOPIC = "the type is none of this topic's";

    private final CloudEventCodec codec;
    private final CallEventDecoder calls = new CallEventDecoder();
    private final StateDecoder states;
    private final ProviderRecordDecoder records = new ProviderRecordDecoder();

    public RecordDecoder(CloudEventCodec codec) {
        this.codec = codec;
        this.states = new StateDecoder(codec);
    }

    public Item decode(ConsumerRecord<byte[], byte[]> record) {
        if (codec.topic(record.topic()).equals(STATE)) { // its records may lack a value
            return states.decode(record);
        }
        return switch (codec.decode(record.topic(), record.key(), record.value(), record.headers())) {
            case Unreadable(var reason) ->
                new Refused(record, RefusalReason.UNREADABLE, reason, null, null, null, null);
            case Readable(var envelope) -> decode(record, envelope);
            case Tombstone(var envelope) -> tombstone(record, envelope);
        };
    }

    /** What a poller says of itself is not applied a second time: whatever it said since would be forgotten. */
    public static Refused overtaken(Item item) {
        return item.refused(
                RefusalReason.NOT_A_REPORT, "a report that the poller has renewed since: there is nothing to replay");
    }

    private Item decode(ConsumerRecord<byte[], byte[]> record, Envelope envelope) {
        if (!Calendar.holds(envelope.receivedAt())) {
            return refused(record, envelope, RefusalReason.OUT_OF_RANGE, "ce_receivedat is beyond the calendar");
        }
        if (envelope.topic() == Topic.QUARANTINE) {
            return new Quarantined(
                    record, envelope.id(), PlainText.of(envelope.account()), Calendar.micros(envelope.receivedAt()));
        }
        if (envelope.topic() != Topic.CALLS) {
            return observed(record, envelope);
        }
        try {
            return switch (calls.decode(logged(envelope))) {
                case Understood(var event) -> new Fact(record, event, traceparent(envelope));
                case Undecodable(var reason, var detail) -> refused(record, envelope, RefusalReason.of(reason), detail);
            };
        } catch (RuntimeException | StackOverflowError e) { // a defect of the decoder stops nothing but this record
            return refused(
                    record, envelope, RefusalReason.DECODER_FAILED, e.getClass().getSimpleName());
        }
    }

    /**
     * The event as the tables give it back, so that it folds the same before it was stored and after it was loaded. The
     * decoder promises that its texts and times can be stored; the envelope's are made so here.
     */
    private static LoggedEvent logged(Envelope envelope) {
        return new LoggedEvent(
                envelope.id(),
                envelope.source(),
                PlainText.of(envelope.account()),
                envelope.type(),
                Calendar.micros(envelope.receivedAt()),
                envelope.value());
    }

    private Item observed(ConsumerRecord<byte[], byte[]> record, Envelope envelope) {
        var resource = resource(envelope);
        if (resource.isEmpty()) {
            return refused(record, envelope, RefusalReason.NOT_A_RECORD, NOT_OF_THIS_TOPIC);
        }
        try {
            var account = PlainText.of(envelope.account());
            var keyId = resource.get().id(envelope.account(), envelope.key());
            return switch (records.decode(resource.get(), keyId, envelope.value())) {
                case RecordRead.Understood(var content) ->
                    new Observed(record, observation(envelope, account, resource.get(), content.id(), content));
                case RecordRead.Unread(var fault, var detail) ->
                    refused(record, envelope, RefusalReason.of(fault), detail);
            };
        } catch (RuntimeException | StackOverflowError e) { // as above
            return refused(
                    record, envelope, RefusalReason.DECODER_FAILED, e.getClass().getSimpleName());
        }
    }

    /** What the key names is no more. */
    private static Item tombstone(ConsumerRecord<byte[], byte[]> record, Envelope envelope) {
        var resource = resource(envelope);
        if (!Calendar.holds(envelope.receivedAt())) {
            return refused(record, envelope, RefusalReason.OUT_OF_RANGE, "ce_receivedat is beyond the calendar");
        }
        if (resource.isEmpty()) {
            return refused(record, envelope, RefusalReason.NOT_A_RECORD, NOT_OF_THIS_TOPIC);
        }
        var id = ProviderRecordDecoder.id(resource.get().id(envelope.account(), envelope.key()));
        return id.isEmpty()
                ? refused(record, envelope, RefusalReason.NO_RECORD_ID, "the key names no record")
                : new Observed(
                        record,
                        observation(
                                envelope, PlainText.of(envelope.account()), resource.get(), id.orElseThrow(), null));
    }

    private static Optional<Resource> resource(Envelope envelope) {
        return Resource.ofType(envelope.type()).filter(resource -> resource.topic() == envelope.topic());
    }

    private static Observation observation(
            Envelope envelope, String account, Resource resource, String id, @Nullable ProviderRecord content) {
        return new Observation(
                envelope.id(),
                envelope.source(),
                account,
                resource,
                id,
                Calendar.micros(envelope.receivedAt()),
                content);
    }

    private static Refused refused(
            ConsumerRecord<byte[], byte[]> record, Envelope envelope, RefusalReason reason, String detail) {
        var receivedAt = Calendar.holds(envelope.receivedAt()) ? Calendar.micros(envelope.receivedAt()) : null;
        return new Refused(record, reason, detail, envelope.account(), envelope.id(), envelope.type(), receivedAt);
    }

    private static @Nullable String traceparent(Envelope envelope) {
        var text = envelope.traceparent();
        return text.isEmpty() || text.length() > LONGEST_TRACEPARENT ? null : PlainText.of(text);
    }
}
