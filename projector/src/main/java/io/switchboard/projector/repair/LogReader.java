package io.switchboard.projector.repair;

import io.switchboard.kafka.KafkaSettings;
import io.switchboard.projector.projection.RecordStream.Held;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the log outside any consumer group: nobody's partitions move by it. Records that leave the log before they were read
 * are a failure, never a silent gap. Blocking; for one virtual thread. What Kafka cannot do comes out as a {@link
 * org.apache.kafka.common.KafkaException}.
 */
final class LogReader implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration SEARCH = Duration.ofSeconds(10);
    private static final int FETCH_BYTES = 8 << 20;

    private final KafkaReadStream<byte[], byte[]> consumer;
    private final Set<TopicPartition> assigned = new HashSet<>();

    LogReader(Vertx vertx, KafkaSettings kafka, int mostRecords) {
        this.consumer = KafkaReadStream.create(
                vertx,
                kafka.client(Map.of(
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "switchboard-repair",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        mostRecords,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        FETCH_BYTES,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        10_000)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Map<TopicPartition, Held> held(Collection<TopicPartition> partitions) {
        var all = Set.copyOf(partitions);
        var beginnings = consumer.beginningOffsets(all);
        var ends = await(consumer.endOffsets(all));
        return await(beginnings).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new Held(entry.getValue(), ends.getOrDefault(entry.getKey(), entry.getValue()))));
    }

    /** Where the records begin that the log took at that time or later; the end where there are none. */
    Map<TopicPartition, Long> from(Instant time, Map<TopicPartition, Held> held) {
        var asked = held.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), partition -> Math.max(0, time.toEpochMilli())));
        var found = await(consumer.offsetsForTimes(asked));
        var offsets = new HashMap<TopicPartition, Long>();
        held.forEach((partition, range) -> {
            var at = found.get(partition);
            offsets.put(partition, at == null ? range.end() : at.offset());
        });
        return offsets;
    }

    /** Reads on from there, and nothing else. */
    void begin(Map<TopicPartition, Long> offsets) {
        assign(offsets.keySet());
        offsets.forEach((partition, offset) -> {
            var sought = await(consumer.seek(partition, offset.longValue()));
            assert sought == null;
        });
    }

    /** What was assigned before stays so, at rest: fetches that are underway would complain. */
    private void assign(Set<TopicPartition> wanted) {
        if (!assigned.containsAll(wanted)) {
            assigned.addAll(wanted);
            var done = await(consumer.assign(Set.copyOf(assigned)));
            assert done == null;
        }
        var resting = new HashSet<>(assigned);
        resting.removeAll(wanted);
        var paused = await(consumer.pause(resting));
        var resumed = await(consumer.resume(Set.copyOf(wanted)));
        assert paused == resumed;
    }

    List<ConsumerRecord<byte[], byte[]>> poll() {
        var records = await(consumer.poll(POLL), POLL.plus(ANSWER_TIMEOUT));
        return StreamSupport.stream(records.spliterator(), false).toList();
    }

    /** Where reading goes on: past what is no record, too. */
    long position(TopicPartition partition) {
        return await(consumer.position(partition));
    }

    /** The records at those offsets of one partition; those that the log does not hold any more are left out. */
    List<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, Collection<Long> offsets) {
        if (!await(consumer.listTopics()).containsKey(partition.topic())) {
            return List.of();
        }
        var range = held(Set.of(partition)).get(partition);
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        assign(Set.of(partition));
        for (var offset : offsets.stream().sorted().toList()) {
            if (range != null && offset >= range.beginning() && offset < range.end()) {
                at(partition, offset).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public void close() {
        var unused = consumer.close();
    }

    private Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, long offset) {
        var sought = await(consumer.seek(partition, offset));
        assert sought == null;
        var since = System.nanoTime();
        while (System.nanoTime() - since < SEARCH.toNanos()) {
            for (var record : poll()) {
                return record.offset() == offset ? Optional.of(record) : Optional.empty();
            }
            if (position(partition) > offset) { // what stands there is no record
                return Optional.empty();
            }
        }
        throw new org.apache.kafka.common.errors.TimeoutException("no record came from " + partition);
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
}
