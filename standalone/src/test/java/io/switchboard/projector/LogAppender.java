package io.switchboard.projector;

import io.switchboard.event.Envelope;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Appends envelopes as the gateway and the poller do. */
final class LogAppender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final CloudEventCodec codec;

    LogAppender(KafkaSettings kafka) {
        this.codec = new CloudEventCodec(kafka);
        this.producer = new KafkaProducer<>(
                kafka.client(Map.of("linger.ms", 2)), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns when all are acknowledged, with their places in the log. */
    List<RecordMetadata> append(List<Envelope> envelopes) {
        var acknowledgements = new ArrayList<Future<RecordMetadata>>();
        envelopes.forEach(envelope -> acknowledgements.add(producer.send(codec.encode(envelope))));
        return acknowledgements.stream().map(LogAppender::await).toList();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    private static RecordMetadata await(Future<RecordMetadata> acknowledgement) {
        try {
            return acknowledgement.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
