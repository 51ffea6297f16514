package io.switchboard.kafka;

import io.switchboard.event.Topic;
import io.switchboard.event.Topic.Cleanup;
import io.switchboard.runtime.StartFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are absent and verifies those that exist. Blocking: call it on a worker or virtual thread.
 *
 * <p>A wrong cleanup policy would lose records and a wrong partition count would break the order per key, so neither is
 * mended silently: the start is refused, in one line that names every difference.
 */
public final class TopicCatalog {
    private static final int TIMEOUT_SECONDS = 10;
    private static final long ASK_AGAIN_MILLIS = 50;

    private final KafkaSettings settings;

    public TopicCatalog(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes sure of the given topics.
     *
     * @throws StartFailure when a topic exists with the wrong cleanup policy or partition count, or the brokers refuse
     * @throws TimeoutException when the brokers do not answer, or not yet: another try may succeed
     */
    public void ensure(Admin admin, Collection<Topic> topics) throws TimeoutException, InterruptedException {
        try {
            create(admin, topics);
            verify(admin, topics);
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof RetriableException) { // brokers that come or go, a topic not yet known everywhere
                throw new TimeoutException(cause.getMessage());
            }
            throw new StartFailure("Kafka refuses the topics: " + cause.getMessage(), e);
        }
    }

    private void create(Admin admin, Collection<Topic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var absent = topics.stream()
                .filter(topic -> !existing.contains(settings.name(topic)))
                .map(this::toCreate)
                .toList();
        for (var creation : admin.createTopics(absent).values().values()) {
            try {
                creation.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) { // another service was faster
                    throw e;
                }
            }
        }
        awaitLeaders(admin, absent);
    }

    /**
     * A broker may take a while to lead what was just created. Were a producer to send meanwhile, its first batch could be
     * turned away and its second taken, and from then on the first is out of sequence for as long as it is retried.
     */
    private static void awaitLeaders(Admin admin, List<NewTopic> created)
            throws ExecutionException, InterruptedException, TimeoutException {
        awaitKnown(admin, created.stream().map(NewTopic::name).toList());
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : created) {
            for (var partition = 0; partition < topic.numPartitions(); partition++) {
                partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        var ends = admin.listOffsets(partitions).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (ends.size() < partitions.size()) {
            throw new TimeoutException("not every new partition has a leader");
        }
    }

    /** Asks until every broker's answer would do: the client logs an error for each topic that it asks about too early. */
    private static void awaitKnown(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!areLed(admin, names)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("not every new topic is known");
            }
            Thread.sleep(ASK_AGAIN_MILLIS);
        }
    }

    private static boolean areLed(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return admin.describeTopics(names).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private void verify(Admin admin, Collection<Topic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        var names = topics.stream().map(settings::name).toList();
        var descriptions = admin.describeTopics(names).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var configs = admin.describeConfigs(resources).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var differences = new ArrayList<String>();
        for (var topic : topics) {
            var name = settings.name(topic);
            var config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            differences.addAll(
                    differences(topic, Objects.requireNonNull(descriptions.get(name)), Objects.requireNonNull(config)));
        }
        if (!differences.isEmpty()) {
            throw new StartFailure("topics differ from what is configured: " + String.join("; ", differences));
        }
    }

    private List<String> differences(Topic topic, TopicDescription description, Config config) {
        var differences = new ArrayList<String>();
        var name = settings.name(topic);
        if (description.partitions().size() != settings.partitions()) {
            differences.add("%s has %d partitions, TOPIC_PARTITIONS says %d"
                    .formatted(name, description.partitions().size(), settings.partitions()));
        }
        var policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!policy.equals(policy(topic))) {
            differences.add(
                    "%s has %s=%s, needs %s".formatted(name, TopicConfig.CLEANUP_POLICY_CONFIG, policy, policy(topic)));
        }
        return differences;
    }

    private NewTopic toCreate(Topic topic) {
        var config = new HashMap<String, String>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, policy(topic));
        if (topic.cleanup() == Cleanup.DELETE) {
            config.put(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(settings.retention().toMillis()));
        }
        var replication = settings.replication().isPresent()
                ? Optional.of((short) settings.replication().getAsInt())
                : Optional.<Short>empty();
        return new NewTopic(settings.name(topic), Optional.of(settings.partitions()), replication)
                .configs(Map.copyOf(config));
    }

    private static String policy(Topic topic) {
        return topic.cleanup().name().toLowerCase(Locale.ROOT);
    }
}
