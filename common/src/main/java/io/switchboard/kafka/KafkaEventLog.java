package io.switchboard.kafka;

import io.switchboard.event.Envelope;
import io.switchboard.event.Topic;
import io.switchboard.runtime.StartFailure;
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
import org.apache.kafka.common.errors.BrokerNotAvailableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The log in Kafka, through one idempotent producer for the process.
 *
 * <p>{@code max.block.ms} is 0: where the producer would wait, for metadata or for room in its buffer, it fails the append
 * at once instead and fetches the metadata in the background. That is what makes it safe to call on an event loop; the
 * caller has a spool for events that the brokers did not take. Metadata of known topics is kept however long they idle.
 *
 * <p>The producer refuses to be made while no broker's name resolves, and for good after some errors (an authorization that
 * was missing for a moment). So it is made, and made again, by {@link #knows}, which somebody calls every few seconds.
 */
public final class KafkaEventLog implements EventLog, AutoCloseable {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final int BUFFER_BYTES = 24 * 1024 * 1024;
    private static final String NO_NAME_RESOLVES = "No resolvable bootstrap urls";

    private final Vertx vertx;
    private final CloudEventCodec codec;
    private final KafkaSettings settings;
    private final String clientId;
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private volatile @Nullable Producer<byte[], byte[]> broken;
    private volatile long lastAcknowledged =
            System.nanoTime() - Duration.ofDays(1).toNanos();
    private boolean closed;

    /**
     * Connects in the background: brokers that are away do not delay or fail the construction. Blocking, because names are
     * resolved.
     *
     * @throws StartFailure when the client's settings are wrong
     */
    public KafkaEventLog(Vertx vertx, KafkaSettings settings, String clientId) {
        this.vertx = vertx;
        this.settings = settings;
        this.clientId = clientId;
        this.codec = new CloudEventCodec(settings);
        this.producer = connect();
    }

    @Override
    public Future<LogPosition> append(Envelope envelope) {
        Promise<LogPosition> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
        var current = producer;
        if (current == null) {
            promise.fail(new BrokerNotAvailableException("no broker's name resolves"));
            return promise.future();
        }
        try {
            var record = isDeletion(envelope) ? codec.encodeTombstone(envelope) : codec.encode(envelope);
            var unused = current.send(record, (metadata, failure) -> acknowledge(promise, metadata, failure));
        } catch (KafkaException | IllegalStateException e) { // a record's own fault comes through the callback
            broken = current;
            var unused = promise.tryFail(e);
        }
        return promise.future();
    }

    private static boolean isDeletion(Envelope envelope) {
        return envelope.value().length == 0 && envelope.topic().cleanup() == Topic.Cleanup.COMPACT;
    }

    @Override
    public boolean acknowledgedSince(long nanoTime) {
        return lastAcknowledged - nanoTime >= 0;
    }

    /**
     * Whether a topic's metadata are there, so that an event can be sent at once; asks for them when not. Does not wait for
     * brokers, but may for the resolution of their names: call it on a thread of your own.
     */
    public boolean knows(Topic topic) {
        try {
            var current = working();
            return current != null
                    && !current.partitionsFor(settings.name(topic)).isEmpty();
        } catch (KafkaException | IllegalStateException e) {
            return false;
        }
    }

    /** Sends what is buffered, for at most some seconds. Blocking: call it on a worker. */
    @Override
    public synchronized void close() {
        closed = true;
        var current = producer;
        if (current != null) {
            current.close(CLOSE_TIMEOUT);
        }
    }

    /** The producer; a new one where there is none or it is past use. */
    private synchronized @Nullable Producer<byte[], byte[]> working() {
        var current = producer;
        if (closed || (current != null && current != broken)) {
            return current;
        }
        if (current != null) {
            current.close(Duration.ZERO);
        }
        producer = connect();
        return producer;
    }

    private @Nullable Producer<byte[], byte[]> connect() {
        try {
            return new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            var reason = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            if (reason.startsWith(NO_NAME_RESOLVES)) {
                return null;
            }
            throw new StartFailure("Kafka's client refuses its settings (KAFKA_*): " + reason, e);
        }
    }

    private Map<String, Object> properties() {
        return settings.client(Map.ofEntries(
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, clientId),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis()),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis()),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500),
                Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE)));
    }

    private void acknowledge(
            Promise<LogPosition> promise, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null || metadata == null) {
            var unused = promise.tryFail(
                    failure != null ? failure : new IllegalStateException("neither metadata nor failure"));
            return;
        }
        lastAcknowledged = System.nanoTime();
        var unused = promise.tryComplete(
                new LogPosition(metadata.topic(), metadata.partition(), metadata.offset(), Instant.now()));
    }
}
