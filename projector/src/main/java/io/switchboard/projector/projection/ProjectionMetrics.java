package io.switchboard.projector.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** The projector's meter families (CONTRACT.md §7), all declared at construction, with closed sets of labels. */
public final class ProjectionMetrics {
    static final String APPLIED = "applied";
    static final String DUPLICATE = "duplicate";
    static final String UNKNOWN_TYPE = "unknown_type";
    static final String DEAD_LETTERED = "dead_lettered";
    static final String QUARANTINED = "quarantined";

    /** The topics that are projected. */
    public static final List<Topic> TOPICS = List.of(
            Topic.CALLS,
            Topic.JOURNAL,
            Topic.PHONE_NUMBERS,
            Topic.EXTENSIONS,
            Topic.CONTACTS,
            Topic.VOICEMAILS,
            Topic.AGENT_STATUS,
            Topic.QUARANTINE,
            Topic.SYNC_STATE);

    private static final Duration[] FRESHNESS_BUCKETS = Stream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<String, Map<String, Counter>> applied = new HashMap<>();
    private final Map<Source, Timer> freshness = new EnumMap<>(Source.class);
    private final Map<TopicPartition, AtomicLong> lag = new HashMap<>();
    private final AtomicLong deadLettersOpen = new AtomicLong();
    private final Map<Field, Counter> disagreements = new EnumMap<>(Field.class);
    private final Counter conflicts;
    private final Timer batches;
    private volatile Supplier<Instant> oldestUnapplied = Instant::now;

    public ProjectionMetrics(MeterRegistry registry, KafkaSettings kafka) {
        for (var topic : TOPICS) {
            declareTopic(registry, topic, kafka);
        }
        for (var source : Source.values()) {
            freshness.put(
                    source,
                    Timer.builder("switchboard.freshness")
                            .description("From the receipt of an event to its row being visible.")
                            .tag("path", source.word())
                            .serviceLevelObjectives(FRESHNESS_BUCKETS)
                            .register(registry));
        }
        for (var field : Field.values()) {
            disagreements.put(
                    field,
                    Counter.builder("switchboard.merge.disagreements")
                            .description("Calls of which webhooks and record say different things, when first seen.")
                            .tag("field", field.word())
                            .register(registry));
        }
        conflicts = Counter.builder("switchboard.projector.conflicts")
                .description("Batches given up because the tables stood elsewhere.")
                .register(registry);
        batches = Timer.builder("switchboard.projector.batch.duration")
                .description("One transaction, from its begin to the answer to its commit.")
                .serviceLevelObjectives(FRESHNESS_BUCKETS)
                .register(registry);
        Gauge.builder("switchboard.dead.letters.open", deadLettersOpen, AtomicLong::get)
                .description("Dead letters that nobody has replayed or discarded; counted up to 10,000.")
                .register(registry);
        Gauge.builder("switchboard.projector.oldest.unapplied.timestamp", this, ProjectionMetrics::oldestSeconds)
                .description("When the log took the oldest record that is not applied; now when there is none.")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Where the age of the backlog is asked for at each scrape. */
    public void oldestUnapplied(Supplier<Instant> oldest) {
        oldestUnapplied = oldest;
    }

    public void lag(TopicPartition partition, long records) {
        var gauge = lag.get(partition);
        if (gauge != null) {
            gauge.set(records);
        }
    }

    public void deadLettersOpen(long count) {
        deadLettersOpen.set(count);
    }

    void count(String topic, String result) {
        Objects.requireNonNull(Objects.requireNonNull(applied.get(topic)).get(result))
                .increment();
    }

    void visible(Source path, Instant receivedAt, Instant committedAt) {
        var age = Duration.between(receivedAt, committedAt);
        Objects.requireNonNull(freshness.get(path)).record(age.isNegative() ? Duration.ZERO : age);
    }

    void disagreement(Field field) {
        Objects.requireNonNull(disagreements.get(field)).increment();
    }

    void conflict() {
        conflicts.increment();
    }

    void batch(Duration duration) {
        batches.record(duration);
    }

    private double oldestSeconds() {
        return oldestUnapplied.get().toEpochMilli() / 1_000.0;
    }

    private void declareTopic(MeterRegistry registry, Topic topic, KafkaSettings kafka) {
        var name = kafka.name(topic);
        var results = new HashMap<String, Counter>();
        for (var result : List.of(APPLIED, DUPLICATE, UNKNOWN_TYPE, DEAD_LETTERED, QUARANTINED)) {
            results.put(
                    result,
                    Counter.builder("switchboard.projector.applied")
                            .description("Records whose position was passed, by what became of them.")
                            .tag("topic", topic.suffix())
                            .tag("result", result)
                            .register(registry));
        }
        applied.put(name, results);
        for (var partition = 0; partition < kafka.partitions(); partition++) {
            var records = new AtomicLong();
            lag.put(new TopicPartition(name, partition), records);
            Gauge.builder("switchboard.projector.lag.records", records, AtomicLong::get)
                    .description("Records in the log that the tables do not account for.")
                    .tag("topic", topic.suffix())
                    .tag("partition", Integer.toString(partition))
                    .register(registry);
        }
    }
}
