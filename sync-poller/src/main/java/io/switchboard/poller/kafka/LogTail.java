package io.switchboard.poller.kafka;

import io.switchboard.event.Envelope;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.CloudEventCodec.Readable;
import io.switchboard.kafka.CloudEventCodec.Tombstone;
import io.switchboard.kafka.CloudEventCodec.Unreadable;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.kafka.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the log holds of the recent past and whatever is added, of all accounts: what is known already need not be
 * published again, what webhooks told need not be asked for, and what people order is done. No database keeps it: after a
 * restart it is read again, in seconds.
 *
 * <p>Owns one platform thread, on which the reader is called; a reader never throws.
 */
public final class LogTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final CloudEventCodec codec;
    private final Map<Topic, Duration> topics;
    private final BiConsumer<Envelope, LogPosition> reader;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("poller-tail").unstarted(this::run);
    private volatile boolean closed;

    /** @param topics how far back each is read */
    public LogTail(KafkaSettings settings, Map<Topic, Duration> topics, BiConsumer<Envelope, LogPosition> reader) {
        this.settings = settings;
        this.codec = new CloudEventCodec(settings);
        this.topics = Map.copyOf(topics);
        this.reader = reader;
    }

    public void start() {
        thread.start();
    }

    /** Waits until everything has been read that the log held at the start; false when that takes longer. Blocking. */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        try {
            var ended = thread.join(CLOSE_TIMEOUT);
            if (!ended) {
                LOG.warn("The reading of the log did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                read();
            } catch (KafkaException e) {
                LOG.warn("The log cannot be read: {}; it is tried again", e.toString());
                pause();
            }
        }
    }

    private void read() {
        try (var consumer =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            seek(consumer, partitions);
            var ends = consumer.endOffsets(partitions);
            while (!closed) {
                for (var record : consumer.poll(POLL)) {
                    hand(record);
                    positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                }
                if (caughtUp.getCount() > 0
                        && ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    caughtUp.countDown();
                }
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : topics.keySet()) {
            consumer.partitionsFor(settings.name(topic))
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    private void seek(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        var now = Instant.now().toEpochMilli();
        var wanted = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            var topic = settings.topic(partition.topic()).orElseThrow();
            wanted.put(
                    partition,
                    Math.max(0, now - topics.getOrDefault(topic, Duration.ZERO).toMillis()));
        }
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(wanted);
        var ends = consumer.endOffsets(partitions);
        for (var partition : partitions) {
            var start = starts.get(partition);
            var known = positions.get(partition);
            if (known != null) {
                consumer.seek(partition, known);
            } else {
                consumer.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
            }
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> record) {
        switch (codec.decode(record.topic(), record.key(), record.value(), record.headers())) {
            case Readable(var envelope) -> reader.accept(envelope, position(record));
            case Tombstone(var envelope) -> reader.accept(envelope, position(record));
            case Unreadable(var reason) -> {} // the projector's business
        }
    }

    private static LogPosition position(ConsumerRecord<byte[], byte[]> record) {
        return new LogPosition(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())));
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_A_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> properties() {
        return settings.client(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "switchboard-poller-tail",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000));
    }
}
