package io.switchboard.projector.projection;

import io.switchboard.event.Envelope;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.CloudEventCodec.Readable;
import io.switchboard.kafka.CloudEventCodec.Unreadable;
import io.switchboard.mightycall.CallEventDecoder;
import io.switchboard.mightycall.Decoded.Undecodable;
import io.switchboard.mightycall.Decoded.Understood;
import io.switchboard.mightycall.LoggedEvent;
import io.switchboard.projector.projection.Item.Fact;
import io.switchboard.projector.projection.Item.Quarantined;
import io.switchboard.projector.projection.Item.Refused;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads a record of the log. Never throws: what cannot be read is refused. */
public final class RecordDecoder {
    private static final int LONGEST_TRACEPARENT = 55;
    private static final Optional<Topic> STATE = Optional.of(Topic.SYNC_STATE);

    private final CloudEventCodec codec;
    private final CallEventDecoder calls = new CallEventDecoder();
    private final StateDecoder states;

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
        };
    }

    private Item decode(ConsumerRecord<byte[], byte[]> record, Envelope envelope) {
        if (!Calendar.holds(envelope.receivedAt())) {
            return refused(record, envelope, RefusalReason.OUT_OF_RANGE, "ce_receivedat is beyond the calendar");
        }
        if (envelope.topic() == Topic.QUARANTINE) {
            return new Quarantined(
                    record, envelope.id(), PlainText.of(envelope.account()), Calendar.micros(envelope.receivedAt()));
        }
        try {
            return switch (calls.decode(LoggedEvent.of(envelope))) {
                case Understood(var event) -> new Fact(record, Normal.event(event), traceparent(envelope));
                case Undecodable(var reason, var detail) -> refused(record, envelope, RefusalReason.of(reason), detail);
            };
        } catch (RuntimeException | StackOverflowError e) { // a defect of the decoder stops nothing but this record
            return refused(
                    record, envelope, RefusalReason.DECODER_FAILED, e.getClass().getSimpleName());
        }
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
