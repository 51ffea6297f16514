package io.switchboard.projector.projection;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The stream out of a Kafka consumer group. It never commits offsets and reads none: {@code auto.offset.reset} is where a
 * partition starts that the loop has not sought yet. The consumer lives on a thread of its own.
 */
public final class KafkaRecordStream implements RecordStream {
    static final String GROUP = "switchboard-projector"; // after the topic prefix: two prefixes are two systems

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final int FETCH_BYTES = 16 << 20;

    private final KafkaReadStream<byte[], byte[]> consumer;
    private final Set<String> topics;
    private final String transactional;
    private volatile boolean subscribed;

    public KafkaRecordStream(Vertx vertx, KafkaSettings kafka, List<Topic> topics, int mostRecords) {
        this.consumer = KafkaReadStream.create(
                vertx, properties(kafka, mostRecords), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topics = topics.stream().map(kafka::name).collect(Collectors.toSet());
        this.transactional = kafka.name(Topic.SYNC_STATE);
    }

    @Override
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) {
        if (!subscribed) {
            await(consumer.subscribe(topics));
            subscribed = true;
        }
        var records = await(consumer.poll(timeout), timeout.plus(ANSWER_TIMEOUT));
        return StreamSupport.stream(records.spliterator(), false).toList();
    }

    @Override
    public Set<TopicPartition> assigned() {
        return await(consumer.assignment());
    }

    @Override
    public Map<TopicPartition, Held> held(Set<TopicPartition> partitions) {
        var beginnings = consumer.beginningOffsets(partitions);
        var ends = await(consumer.endOffsets(partitions));
        var held = new HashMap<TopicPartition, Held>();
        await(beginnings)
                .forEach((partition, beginning) ->
                        held.put(partition, new Held(beginning, ends.getOrDefault(partition, beginning))));
        return held;
    }

    @Override
    public void seek(Map<TopicPartition, Long> offsets) {
        var assigned = assigned();
        offsets.forEach((partition, offset) -> {
            if (assigned.contains(partition)) {
                await(consumer.seek(partition, offset));
            }
        });
    }

    @Override
    public Map<TopicPartition, Long> passed() {
        var positions = new HashMap<TopicPartition, Long>();
        for (var partition : assigned()) {
            if (partition.topic().equals(transactional)) {
                positions.put(partition, await(consumer.position(partition)));
            }
        }
        return positions;
    }

    @Override
    public void pause() {
        await(consumer.pause(assigned()));
    }

    @Override
    public void resume() {
        await(consumer.resume(await(consumer.paused())));
    }

    /** Leaves the group. */
    public Future<Void> close() {
        return subscribed ? consumer.close() : Future.succeededFuture();
    }

    private static <T> T await(Future<T> future) {
        return await(future, ANSWER_TIMEOUT);
    }

    private static <T> T await(Future<T> future, Duration timeout) {
        try {
            return future.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("the consumer does not answer", e);
        }
    }

    private static Map<String, Object> properties(KafkaSettings kafka, int mostRecords) {
        return kafka.client(Map.ofEntries(
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + GROUP),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, GROUP),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                // What a poller wrote that was not the leader any more is never seen.
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName()),
                // The least that brokers allow by default: a killed projector's partitions wait no longer than that.
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000),
                Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000)));
    }
}
