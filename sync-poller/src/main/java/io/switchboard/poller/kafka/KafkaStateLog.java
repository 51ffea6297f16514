package io.switchboard.poller.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.sync.StateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The state in the compacted topic {@code sync-state}.
 *
 * <p>Every owner writes with the transactional id of the account. Taking over makes the broker raise that id's epoch, and
 * from then on it refuses whatever an earlier owner sends, however late: a poller that was frozen and goes on cannot write,
 * and because it saves before it asks, it cannot spend either. All entries of an account stand in one partition, so that
 * reading it to its end after the take-over reads everything that any owner ever saved.
 */
public final class KafkaStateLog implements StateLog {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final CloudEventCodec codec;
    private final String account;
    private final TopicPartition partition;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    public KafkaStateLog(KafkaSettings settings, String account) {
        this.settings = settings;
        this.codec = new CloudEventCodec(settings);
        this.account = account;
        this.partition = AccountPartition.of(settings, account);
    }

    @Override
    public SortedMap<String, byte[]> takeOver() throws LostException, InterruptedException {
        close();
        try {
            var owner = new KafkaProducer<>(producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
            producer = owner;
            owner.initTransactions();
            return read();
        } catch (KafkaException e) {
            throw new LostException("the account's state cannot be taken over", e);
        }
    }

    @Override
    public void save(Map<String, byte @Nullable []> changes) throws LostException, InterruptedException {
        var owner = producer;
        if (owner == null) {
            throw new LostException("not taken over", null);
        }
        try {
            owner.beginTransaction();
            var sent = new ArrayList<Future<RecordMetadata>>();
            changes.forEach((entry, value) -> sent.add(owner.send(record(entry, value))));
            owner.commitTransaction();
            for (var one : sent) {
                var unused = one.get();
            }
        } catch (KafkaException | ExecutionException e) {
            close();
            throw new LostException("the account's state could not be saved", e);
        }
    }

    @Override
    public void close() {
        var owner = producer;
        producer = null;
        if (owner != null) {
            owner.close(CLOSE_TIMEOUT);
        }
    }

    private ProducerRecord<byte[], byte[]> record(String entry, byte @Nullable [] value) {
        var now = Instant.now();
        var key = new StateKey(account, entry);
        var envelope = new Envelope(
                EventId.ofBytes(account, value == null ? key.toString().getBytes(UTF_8) : value),
                Topic.SYNC_STATE,
                key.toString(),
                Source.POLL,
                account,
                key.type(),
                now,
                now,
                "",
                null,
                new byte[0]);
        var encoded = codec.encode(envelope);
        return new ProducerRecord<>(
                encoded.topic(),
                partition.partition(),
                encoded.key(),
                value,
                List.of(encoded.headers().toArray()));
    }

    private SortedMap<String, byte[]> read() {
        var entries = new TreeMap<String, byte[]>();
        try (var consumer =
                new KafkaConsumer<>(consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition, PATIENCE) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw new KafkaException("the state cannot be read to its end");
                }
                for (var record : consumer.poll(POLL)) {
                    keep(record, entries);
                }
            }
        }
        return entries;
    }

    private void keep(ConsumerRecord<byte[], byte[]> record, SortedMap<String, byte[]> entries) {
        var key = record.key() == null ? null : StateKey.parse(new String(record.key(), UTF_8));
        if (key == null || !key.account().equals(account)) {
            return;
        }
        if (record.value() == null) {
            entries.remove(key.entry());
        } else {
            entries.put(key.entry(), record.value());
        }
    }

    private Map<String, Object> producerProperties() {
        return settings.client(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "switchboard-poller-state-" + account,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                settings.topicPrefix() + "switchboard-poller-" + account,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                15_000,
                ProducerConfig.LINGER_MS_CONFIG,
                0));
    }

    private Map<String, Object> consumerProperties() {
        return settings.client(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "switchboard-poller-recall-" + account,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()));
    }
}
