package io.switchboard.projector;

import io.switchboard.event.Envelope;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Appends envelopes as the gateway and the poller do. */
final class LogAppender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final CloudEventCodec codec;
    private final Map<String, Long> ends = new ConcurrentHashMap<>();

    LogAppender(KafkaSettings kafka) {
        this.codec = new CloudEventCodec(kafka);
        this.producer = new KafkaProducer<>(
                kafka.client(Map.of("linger.ms", 2)), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns when all are acknowledged. */
    void append(List<Envelope> envelopes) {
        var places = places(envelopes);
        assert places.size() == envelopes.size();
    }

    /** Appends, and answers where in the log they are. */
    List<RecordMetadata> places(List<Envelope> envelopes) {
        var acknowledgements = new ArrayList<Future<RecordMetadata>>();
        envelopes.forEach(envelope -> acknowledgements.add(producer.send(codec.encode(envelope))));
        var places = acknowledgements.stream().map(LogAppender::await).toList();
        for (var place : places) {
            ends.merge(place.topic() + "-" + place.partition(), place.offset() + 1, Math::max);
        }
        return places;
    }

    /** Until the tables account for everything that was appended so far. */
    void awaitApplied(LiveApi api) {
        LiveApi.until(() -> {
            var behind = new HashMap<>(ends);
            api.column("select topic || '-' || partition || ' ' || next_offset from projection_position")
                    .forEach(row -> behind.computeIfPresent(
                            row.substring(0, row.lastIndexOf(' ')),
                            (partition, end) ->
                                    end <= Long.parseLong(row.substring(row.lastIndexOf(' ') + 1)) ? null : end));
            return behind.isEmpty();
        });
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
