package io.switchboard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0, Kafka binary binding: the attributes of an {@link Envelope} as {@code ce_*} headers, the provider's
 * bytes as the value. Any CloudEvents reader can read the topics.
 *
 * <pre>
 *   ce_specversion 1.0          ce_type     mightycall.webhook.IncomingCallConnected
 *   ce_id          EventId      ce_source   /mightycall/{account}/{webhook|poll}
 *   ce_subject     the key      ce_time     when it happened        ce_receivedat  when it reached us
 *   traceparent    W3C context  content-type media type of the value
 * </pre>
 */
public final class CloudEventCodec {
    private static final Header SPEC_VERSION = new RecordHeader("ce_specversion", "1.0".getBytes(UTF_8));
    private static final String DEFAULT_CONTENT_TYPE = "application/json";

    private static final byte[] NOTHING = {};

    private final KafkaSettings settings;

    public CloudEventCodec(KafkaSettings settings) {
        this.settings = settings;
    }

    /** The topic of that full name. */
    public Optional<Topic> topic(String name) {
        return settings.topic(name);
    }

    public ProducerRecord<byte[], byte[]> encode(Envelope envelope) {
        return encode(envelope, envelope.value());
    }

    /** The same record without its value: what it is about is no more, and compaction may forget its key. */
    public ProducerRecord<byte[], byte[]> encodeTombstone(Envelope envelope) {
        return encode(envelope, null);
    }

    private ProducerRecord<byte[], byte[]> encode(Envelope envelope, byte @Nullable [] value) {
        var contentType = envelope.contentType();
        return new ProducerRecord<>(
                settings.name(envelope.topic()),
                null,
                envelope.key().getBytes(UTF_8),
                value,
                List.of(
                        SPEC_VERSION,
                        header("ce_id", envelope.id().toString()),
                        header("ce_source", envelope.ceSource()),
                        header("ce_type", envelope.type()),
                        header("ce_subject", envelope.key()),
                        header("ce_time", envelope.occurredAt().toString()),
                        header("ce_receivedat", envelope.receivedAt().toString()),
                        header("traceparent", envelope.traceparent()),
                        header("content-type", contentType == null ? DEFAULT_CONTENT_TYPE : contentType)));
    }

    /**
     * Reads a record back; a record that lacks an attribute is {@link Unreadable}, never an exception. One without a value
     * is a {@link Tombstone} where its topic is compacted, and unreadable elsewhere.
     *
     * @param topic full name of its topic
     * @param key its key; may be null, then the subject stands for it
     */
    public Read decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        var known = settings.topic(topic);
        var id = text(headers, "ce_id").flatMap(EventId::parse);
        var origin = text(headers, "ce_source").flatMap(Origin::parse);
        var type = text(headers, "ce_type");
        var receivedAt = text(headers, "ce_receivedat").flatMap(CloudEventCodec::instant);
        var subject = key != null ? Optional.of(new String(key, UTF_8)) : text(headers, "ce_subject");
        var gone = value == null && known.isPresent() && known.get().cleanup() == Topic.Cleanup.COMPACT;
        if ((value == null && !gone)
                || known.isEmpty()
                || id.isEmpty()
                || origin.isEmpty()
                || type.isEmpty()
                || receivedAt.isEmpty()
                || subject.isEmpty()) {
            var missing = Stream.of(
                            known.isEmpty() ? "a topic of ours" : "",
                            id.isEmpty() ? "ce_id" : "",
                            origin.isEmpty() ? "ce_source" : "",
                            type.isEmpty() ? "ce_type" : "",
                            receivedAt.isEmpty() ? "ce_receivedat" : "",
                            subject.isEmpty() ? "a key" : "",
                            value == null && !gone ? "a value" : "")
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(", "));
            return new Unreadable("missing or malformed: " + missing);
        }
        var received = receivedAt.orElseThrow();
        var envelope = new Envelope(
                id.orElseThrow(),
                known.orElseThrow(),
                subject.orElseThrow(),
                origin.orElseThrow().source(),
                origin.orElseThrow().account(),
                type.orElseThrow(),
                text(headers, "ce_time").flatMap(CloudEventCodec::instant).orElse(received),
                received,
                text(headers, "traceparent").orElse(""),
                text(headers, "content-type").orElse(null),
                value == null ? NOTHING : value);
        return gone ? new Tombstone(envelope) : new Readable(envelope);
    }

    /** What reading a record gives. */
    public sealed interface Read {}

    public record Readable(Envelope envelope) implements Read {}

    /** @param envelope of an empty value: what the key names is no more */
    public record Tombstone(Envelope envelope) implements Read {}

    /** @param reason which attributes are missing or malformed; holds no content of the record */
    public record Unreadable(String reason) implements Read {}

    private record Origin(String account, Source source) {
        /** Reads {@code /mightycall/{account}/{door}}. */
        static Optional<Origin> parse(String text) {
            var parts = text.split("/", -1);
            if (parts.length != 4 || !parts[1].equals("mightycall") || parts[2].isEmpty()) {
                return Optional.empty();
            }
            return Source.ofWord(parts[3]).map(source -> new Origin(parts[2], source));
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static Optional<String> text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
