package io.switchboard.kafka;

import io.switchboard.event.Topic;
import io.switchboard.runtime.SettingsReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where the log is and how its topics are made.
 *
 * @param bootstrapServers broker list
 * @param clientProperties any Kafka client property, from {@code KAFKA_CLIENT_*}
 * @param topicPrefix what stands before every topic's name
 * @param partitions partitions of a topic that is created
 * @param replication replication factor of a topic that is created; empty for the broker's default
 * @param retention how long topics with cleanup policy delete keep their records
 */
public record KafkaSettings(
        String bootstrapServers,
        Map<String, String> clientProperties,
        String topicPrefix,
        int partitions,
        OptionalInt replication,
        Duration retention) {

    public static KafkaSettings of(SettingsReader reader) {
        var replication = reader.integer("TOPIC_REPLICATION", 0, 0, 100);
        return new KafkaSettings(
                reader.text("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:19092"),
                reader.properties("KAFKA_CLIENT_"),
                reader.text("TOPIC_PREFIX", "mightycall."),
                reader.integer("TOPIC_PARTITIONS", 12, 1, 10_000),
                replication == 0 ? OptionalInt.empty() : OptionalInt.of(replication),
                Duration.ofDays(reader.integer("TOPIC_RETENTION_DAYS", 90, 1, 36_500)));
    }

    /** Without the client properties, which may hold a password. */
    @Override
    public String toString() {
        return "KafkaSettings[%s, prefix=%s]".formatted(bootstrapServers, topicPrefix);
    }

    /** A topic's full name. */
    public String name(Topic topic) {
        return topicPrefix + topic.suffix();
    }

    /** The topic with a full name; empty when the name is none of ours. */
    public Optional<Topic> topic(String name) {
        return name.startsWith(topicPrefix) ? Topic.ofSuffix(name.substring(topicPrefix.length())) : Optional.empty();
    }

    /** Client properties on top of the given ones: what the operator sets wins. */
    public Map<String, Object> client(Map<String, Object> ours) {
        var properties = new HashMap<String, Object>(ours);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.putAll(clientProperties);
        return properties;
    }
}
