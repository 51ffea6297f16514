package io.switchboard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.core.message.Encoding;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec.Readable;
import io.switchboard.kafka.CloudEventCodec.Unreadable;
import io.switchboard.runtime.SettingsReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventCodecTest {
    private static final Instant OCCURRED = Instant.parse("2026-03-09T17:00:00.514123400Z");
    private static final Instant RECEIVED = Instant.parse("2026-03-09T17:00:01.000001Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final CloudEventCodec codec =
            new CloudEventCodec(KafkaSettings.of(SettingsReader.of(Map.of("TOPIC_PREFIX", "test."))));

    @Test
    void whatIsEncodedIsDecodedAgain() {
        var envelope = envelope("{\"Body\":{\"Id\":\"c-1\"}}");

        var read = decode(codec.encode(envelope));

        assertThat(read).isInstanceOf(Readable.class);
        var decoded = ((Readable) read).envelope();
        assertThat(decoded).usingRecursiveComparison().isEqualTo(envelope);
    }

    @Test
    void aMissingContentTypeIsJson() {
        var read = decode(codec.encode(withContentType(null)));

        assertThat(((Readable) read).envelope().contentType()).isEqualTo("application/json");
    }

    @Test
    void theCloudEventsLibraryReadsTheRecord() {
        var record = codec.encode(envelope("{\"x\":1}"));

        var reader = KafkaMessageFactory.createReader(consumed(record));
        var event = reader.toEvent();

        assertThat(reader.getEncoding()).isEqualTo(Encoding.BINARY);
        assertThat(event.getSpecVersion().toString()).isEqualTo("1.0");
        assertThat(event.getId()).isEqualTo(id().toString());
        assertThat(event.getType()).isEqualTo("mightycall.webhook.IncomingCall");
        assertThat(event.getSource()).hasToString("/mightycall/default/webhook");
        assertThat(event.getSubject()).isEqualTo("c-1");
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.ofInstant(OCCURRED, ZoneOffset.UTC));
        assertThat(event.getExtension("receivedat")).isEqualTo(RECEIVED.toString());
        assertThat(event.getDataContentType()).isEqualTo("application/json; charset=utf-8");
        assertThat(event.getData().toBytes()).isEqualTo("{\"x\":1}".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "ce_receivedat"})
    void aRecordThatLacksAnAttributeIsUnreadableAndSaysWhich(String attribute) {
        var record = codec.encode(envelope("{}"));
        var headers = new RecordHeaders(record.headers().toArray()).remove(attribute);

        var read = codec.decode(record.topic(), record.key(), record.value(), headers);

        assertThat(((Unreadable) read).reason()).isEqualTo("missing or malformed: " + attribute);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "ce_receivedat"})
    void anEmptyAttributeIsAMissingOne(String attribute) {
        var record = codec.encode(envelope("{}"));
        var headers =
                new RecordHeaders(record.headers().toArray()).remove(attribute).add(attribute, new byte[0]);

        assertThat(codec.decode(record.topic(), record.key(), record.value(), headers))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aTombstoneOfACompactedTopicIsReadWithoutAValue() {
        var contact = new Envelope(
                id(),
                Topic.CONTACTS,
                "5cbe",
                Source.POLL,
                "west",
                "mightycall.contact",
                OCCURRED,
                RECEIVED,
                TRACE,
                null,
                "{}".getBytes(UTF_8));
        var record = codec.encodeTombstone(contact);

        assertThat(record.value()).isNull();
        assertThat(decode(record)).isInstanceOfSatisfying(CloudEventCodec.Tombstone.class, gone -> {
            assertThat(gone.envelope().key()).isEqualTo("5cbe");
            assertThat(gone.envelope().account()).isEqualTo("west");
            assertThat(gone.envelope().value()).isEmpty();
        });
        assertThat(codec.decode(record.topic(), record.key(), null, new RecordHeaders()))
                .as("one that says nothing of its origin")
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aForeignTopicAndAValuelessRecordOfAnotherTopicAreUnreadable() {
        var record = codec.encode(envelope("{}"));

        assertThat(codec.decode("other.calls", record.key(), record.value(), record.headers()))
                .isEqualTo(new Unreadable("missing or malformed: a topic of ours"));
        assertThat(codec.decode(record.topic(), record.key(), null, record.headers()))
                .isEqualTo(new Unreadable("missing or malformed: a value"));
    }

    @Test
    void aRecordWithoutKeyIsFiledUnderItsSubject() {
        var record = codec.encode(envelope("{}"));

        var read = codec.decode(record.topic(), null, record.value(), record.headers());

        assertThat(((Readable) read).envelope().key()).isEqualTo("c-1");
    }

    private CloudEventCodec.Read decode(ProducerRecord<byte[], byte[]> record) {
        return codec.decode(record.topic(), record.key(), record.value(), record.headers());
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<byte[], byte[]> record) {
        var consumed = new ConsumerRecord<>(record.topic(), 0, 0L, new String(record.key(), UTF_8), record.value());
        record.headers().forEach(header -> consumed.headers().add(header));
        return consumed;
    }

    private static EventId id() {
        return EventId.parse("0123456789abcdef0123456789abcdef").orElseThrow();
    }

    private static Envelope envelope(String value) {
        return new Envelope(
                id(),
                Topic.CALLS,
                "c-1",
                Source.WEBHOOK,
                "default",
                "mightycall.webhook.IncomingCall",
                OCCURRED,
                RECEIVED,
                TRACE,
                "application/json; charset=utf-8",
                value.getBytes(UTF_8));
    }

    private static Envelope withContentType(@org.jspecify.annotations.Nullable String contentType) {
        return new Envelope(
                id(),
                Topic.CALLS,
                "c-1",
                Source.WEBHOOK,
                "default",
                "mightycall.webhook.IncomingCall",
                OCCURRED,
                RECEIVED,
                TRACE,
                contentType,
                new byte[] {'{', '}'});
    }
}
