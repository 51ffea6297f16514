package io.switchboard.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.projector.projection.Item.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code dead-letters}: the original key, value and headers, and four headers more.
 *
 * <pre>  reason · original-topic · original-partition · original-offset</pre>
 *
 * A value too large to be copied is left out and {@code value-omitted} says so: it stays at its original offset. Blocking,
 * on the loop's virtual thread; the producer is made when the first record is refused.
 */
public final class KafkaDeadLetterLog implements DeadLetterLog {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    public KafkaDeadLetterLog(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    @Override
    public void append(List<Refused> refusals) {
        var open = producer();
        var acknowledgements = new ArrayList<Future<RecordMetadata>>();
        refusals.forEach(refused ->
                acknowledgements.add(open.send(copy(refused, refused.record().value()))));
        for (var i = 0; i < refusals.size(); i++) {
            if (!isKept(acknowledgements.get(i)) && !isKept(open.send(without(refusals.get(i))))) {
                throw new RecordTooLargeException("the headers of a dead letter");
            }
        }
    }

    /** Gives up what is not acknowledged. */
    public void close() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }

    /** False when the record is too large. */
    private static boolean isKept(Future<RecordMetadata> acknowledgement) {
        try {
            return acknowledgement
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .hasOffset();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return false;
            }
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    private ProducerRecord<byte[], byte[]> without(Refused refused) {
        var copy = copy(refused, null);
        var headers = copy.headers().add("value-omitted", "too large".getBytes(UTF_8));
        assert headers == copy.headers();
        return copy;
    }

    private ProducerRecord<byte[], byte[]> copy(Refused refused, byte @Nullable [] value) {
        var record = refused.record();
        var copy = new ProducerRecord<>(kafka.name(Topic.DEAD_LETTERS), null, record.key(), value, record.headers());
        Map.of(
                        "reason", refused.reason().word(),
                        "original-topic", record.topic(),
                        "original-partition", Integer.toString(record.partition()),
                        "original-offset", Long.toString(record.offset()))
                .forEach((name, text) -> {
                    var headers = copy.headers().remove(name).add(name, text.getBytes(UTF_8));
                    assert headers == copy.headers();
                });
        return copy;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        var open = producer;
        if (open == null) {
            open = new KafkaProducer<>(
                    kafka.client(Map.of(
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "switchboard-dead-letters",
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            5_000,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            5_000,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            9_000)),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = open;
        }
        return open;
    }
}
