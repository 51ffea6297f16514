package io.switchboard.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Events of calls as the gateway writes them. */
final class LogFixtures {
    static final KafkaSettings KAFKA =
            new KafkaSettings("127.0.0.1:1", Map.of(), "test.", 4, OptionalInt.empty(), Duration.ofDays(1));
    static final CloudEventCodec CODEC = new CloudEventCodec(KAFKA);
    static final Instant RECEIVED = Instant.parse("2026-03-09T17:00:01Z");

    private static final String CALLS = KAFKA.name(Topic.CALLS);
    private static final List<String> ANSWERED =
            List.of("IncomingCall", "IncomingCallRinging", "IncomingCallConnected", "IncomingCallCompleted");

    private LogFixtures() {}

    static TopicPartition calls(int partition) {
        return new TopicPartition(CALLS, partition);
    }

    static Progress progress() {
        return new Progress(
                new ProjectionMetrics(new SimpleMeterRegistry(), KAFKA), InstantSource.fixed(RECEIVED.plusSeconds(60)));
    }

    /** The four events of a call that extension 101 answered. */
    static List<ProducerRecord<byte[], byte[]>> answeredCall(String callId) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = 0; i < ANSWERED.size(); i++) {
            records.add(webhook(callId, ANSWERED.get(i), i == 1 || i == 2 ? "101" : null, i));
        }
        return records;
    }

    static ProducerRecord<byte[], byte[]> webhook(
            String callId, String type, @org.jspecify.annotations.Nullable String extension, int second) {
        var time = "2026-03-09T17:00:%02d.1234567Z".formatted(second);
        var body = """
                {"EventType":"%s","Timestamp":"%s","Body":{"Id":"%s","From":"+13125550117","To":"+12025550143"%s}}\
                """.formatted(type, time, callId, extension == null ? "" : ",\"Extension\":\"" + extension + "\"");
        return CODEC.encode(envelope(
                EventId.ofWebhook("default", type, callId, extension, time, null),
                callId,
                Envelope.WEBHOOK_TYPE_PREFIX + type,
                RECEIVED.plusSeconds(second),
                body));
    }

    static ProducerRecord<byte[], byte[]> raw(String key, String body) {
        return CODEC.encode(envelope(
                EventId.ofBytes("default", body.getBytes(UTF_8)),
                key,
                Envelope.WEBHOOK_TYPE_PREFIX + "IncomingCall",
                RECEIVED,
                body));
    }

    static ConsumerRecord<byte[], byte[]> at(
            TopicPartition partition, long offset, ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                RECEIVED.plusSeconds(offset).toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                record.value() == null ? -1 : record.value().length,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()),
                Optional.empty());
    }

    private static Envelope envelope(EventId id, String key, String type, Instant receivedAt, String body) {
        return new Envelope(
                id,
                Topic.CALLS,
                key,
                Source.WEBHOOK,
                "default",
                type,
                receivedAt,
                receivedAt,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                null,
                body.getBytes(UTF_8));
    }
}
