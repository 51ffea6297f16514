package io.switchboard.standalone.ledger;

import io.switchboard.event.Envelope;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a whole topic, from the first record to the end as of now. */
final class TopicReader {
    private TopicReader() {}

    /** What stands in a topic: its events, and the end offset of each partition. */
    record Content(List<Envelope> events, Map<Integer, Long> endOffsets) {}

    static Content read(KafkaSettings settings, Topic topic) {
        var codec = new CloudEventCodec(settings);
        var events = new ArrayList<Envelope>();
        try (var consumer = new KafkaConsumer<>(
                settings.client(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(settings.name(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(one -> consumer.position(one) < Objects.requireNonNull(ends.get(one)))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    switch (codec.decode(record.topic(), record.key(), record.value(), record.headers())) {
                        case CloudEventCodec.Readable readable -> events.add(readable.envelope());
                        case CloudEventCodec.Tombstone tombstone -> {} // nothing is left to read
                        case CloudEventCodec.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
                    }
                }
            }
            var endOffsets = new HashMap<Integer, Long>();
            ends.forEach((partition, end) -> endOffsets.put(partition.partition(), end));
            return new Content(events, endOffsets);
        }
    }
}
