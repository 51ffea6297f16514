package io.switchboard.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.StateKey;
import io.switchboard.sync.SyncJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Says what a poller would, in transactions as a poller does, and sees what it was ordered. */
final class FakePoller implements AutoCloseable {
    private final KafkaSettings kafka;
    private final CloudEventCodec codec;
    private final KafkaProducer<byte[], byte[]> producer;

    FakePoller(KafkaSettings kafka) {
        this.kafka = kafka;
        this.codec = new CloudEventCodec(kafka);
        this.producer = new KafkaProducer<>(
                kafka.client(Map.of("transactional.id", kafka.topicPrefix() + "fake-poller")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Commits one entry; null forgets it. */
    void say(String account, String entry, @Nullable Object report) {
        var key = new StateKey(account, entry);
        say(key, report == null ? null : SyncJson.write(report));
    }

    void say(StateKey key, byte @Nullable [] value) {
        producer.beginTransaction();
        var unused = producer.send(record(key, value));
        producer.commitTransaction();
    }

    void sayAndAbort(StateKey key, byte[] value) {
        producer.beginTransaction();
        var unused = producer.send(record(key, value));
        producer.flush();
        producer.abortTransaction();
    }

    void progress(Job job) {
        say(job.account(), StateKey.JOB_PREFIX + job.id(), job);
    }

    /** All orders given so far, in the order of each account's log. */
    List<Order> orders() {
        return records().stream()
                .map(record -> SyncJson.read(record.value(), Order.class).orElseThrow())
                .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        try (var consumer =
                new KafkaConsumer<>(kafka.client(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            for (var i = 0; i < kafka.partitions(); i++) {
                partitions.add(new TopicPartition(kafka.name(Topic.SYNC_REQUESTS), i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    private ProducerRecord<byte[], byte[]> record(StateKey key, byte @Nullable [] value) {
        var now = Instant.now();
        var content = value == null ? new byte[0] : value;
        var envelope = new Envelope(
                EventId.ofBytes(key.account(), key.toString().getBytes(UTF_8)),
                Topic.SYNC_STATE,
                key.toString(),
                Source.POLL,
                key.account(),
                key.type(),
                now,
                now,
                "",
                null,
                content);
        return value == null ? codec.encodeTombstone(envelope) : codec.encode(envelope);
    }
}
