package io.switchboard.kafka;

import io.switchboard.event.Envelope;
import io.switchboard.event.Topic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The log in Kafka, through one idempotent producer for the process.
 *
 * <p>{@code max.block.ms} is 0: where the producer would wait, for metadata or for room in its buffer, it fails the append
 * at once instead and fetches the metadata in the background. That is what makes it safe to call on an event loop; the
 * caller has a spool for events that the brokers did not take. Metadata of known topics is kept however long they idle.
 */
public final class KafkaEventLog implements EventLog, AutoCloseable {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final int BUFFER_BYTES = 24 * 1024 * 1024;

    private final Vertx vertx;
    private final Producer<byte[], byte[]> producer;
    private final CloudEventCodec codec;
    private final KafkaSettings settings;
    private volatile long lastAcknowledged =
            System.nanoTime() - Duration.ofDays(1).toNanos();

    /** Connects in the background: brokers that are away do not delay or fail the construction. */
    public KafkaEventLog(Vertx vertx, KafkaSettings settings, String clientId) {
        this.vertx = vertx;
        this.settings = settings;
        this.codec = new CloudEventCodec(settings);
        this.producer = new KafkaProducer<>(
                settings.client(Map.ofEntries(
                        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, clientId),
                        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                        Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
                        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0),
                        Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES),
                        Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis()),
                        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis()),
                        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500),
                        Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public Future<LogPosition> append(Envelope envelope) {
        Promise<LogPosition> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
        try {
            var unused = producer.send(
                    codec.encode(envelope), (metadata, failure) -> acknowledge(promise, metadata, failure));
        } catch (KafkaException | IllegalStateException e) { // no metadata, no room, record too large, closed
            promise.fail(e);
        }
        return promise.future();
    }

    @Override
    public boolean acknowledgedSince(long nanoTime) {
        return lastAcknowledged - nanoTime >= 0;
    }

    /** Asks for a topic's metadata, so that the first event need not wait for it; never blocks. */
    public boolean knows(Topic topic) {
        try {
            return !producer.partitionsFor(settings.name(topic)).isEmpty();
        } catch (KafkaException | IllegalStateException e) {
            return false;
        }
    }

    /** Sends what is buffered, for at most some seconds. Blocking: call it on a worker. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private void acknowledge(
            Promise<LogPosition> promise, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null || metadata == null) {
            promise.fail(failure != null ? failure : new IllegalStateException("neither metadata nor failure"));
            return;
        }
        lastAcknowledged = System.nanoTime();
        promise.complete(new LogPosition(
                metadata.topic(), metadata.partition(), metadata.offset(), Instant.ofEpochMilli(metadata.timestamp())));
    }
}
