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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads a record of the log. Never throws: what cannot be read is refused. */
public final class RecordDecoder {
    private static final int LONGEST_TRACEPARENT = 55;

    private final CloudEventCodec codec;
    private final CallEventDecoder calls = new CallEventDecoder();

    public RecordDecoder(CloudEventCodec codec) {
        this.codec = codec;
    }

    public Item decode(ConsumerRecord<byte[], byte[]> record) {
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
