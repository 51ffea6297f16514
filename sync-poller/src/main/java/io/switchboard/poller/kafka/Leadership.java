package io.switchboard.poller.kafka;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who polls which account: the pollers are members of one consumer group on {@code sync-state}, and whoever is given the
 * partition of an account leads it. Nothing is consumed; the membership is all. It may be wrong for a moment, when a member
 * is frozen and does not know that it was replaced; {@link KafkaStateLog} makes that harmless.
 *
 * <p>Owns one platform thread, on which the listener is called.
 */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final Set<String> accounts;
    private final Listener listener;
    private final Set<TopicPartition> owned = new HashSet<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("poller-leadership").unstarted(this::run);
    private volatile boolean closed;

    /** Told on one thread; {@link #lost} returns when the account is left alone. */
    public interface Listener {
        void won(String account);

        void lost(String account);
    }

    public Leadership(KafkaSettings settings, Collection<String> accounts, Listener listener) {
        this.settings = settings;
        this.accounts = new TreeSet<>(accounts);
        this.listener = listener;
    }

    public void start() {
        thread.start();
    }

    /** Leaves the group, so that another takes over at once. Blocking. */
    @Override
    public void close() {
        closed = true;
        try {
            var ended = thread.join(CLOSE_TIMEOUT);
            if (!ended) {
                LOG.warn("The poller did not leave its group in time; another takes over after the session's end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                beMember();
            } catch (KafkaException e) {
                LOG.warn("The poller's membership was interrupted: {}; it joins again", e.toString());
                disown(Set.copyOf(owned));
                pause();
            }
        }
    }

    private void beMember() {
        try (var consumer =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(settings.name(Topic.SYNC_STATE)), new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    disown(partitions);
                }

                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    consumer.pause(partitions);
                    own(partitions);
                }
            });
            while (!closed) {
                var none = consumer.poll(POLL);
                assert none.isEmpty() : "every partition is paused";
            }
        }
    }

    private void own(Collection<TopicPartition> partitions) {
        for (var account : accounts) {
            if (partitions.contains(AccountPartition.of(settings, account))) {
                listener.won(account);
            }
        }
        owned.addAll(partitions);
    }

    private void disown(Collection<TopicPartition> partitions) {
        for (var account : accounts) {
            if (partitions.contains(AccountPartition.of(settings, account))) {
                listener.lost(account);
            }
        }
        owned.removeAll(partitions);
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
                "switchboard-poller",
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.topicPrefix() + "switchboard-poller",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                6_000,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                1_500,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest"));
    }
}
