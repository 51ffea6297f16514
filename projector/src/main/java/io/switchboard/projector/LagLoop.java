package io.switchboard.projector;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.projector.ProjectorStatus.Position;
import io.switchboard.projector.projection.Progress;
import io.switchboard.projector.projection.ProjectionMetrics;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Measures from outside: asks Postgres where the tables stand and Kafka where the log ends, every two seconds. So the lag is
 * true whoever owns the partitions, and stays visible while the projection itself hangs. Its steps run on one thread;
 * {@link #status} may be asked by anyone.
 */
final class LagLoop {
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final Duration POSTGRES_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration STALLED_AFTER = Duration.ofSeconds(10);
    private static final String POSITIONS =
            "select topic, partition, next_offset, last_record_at, last_received_at from projection_position";

    private final Pool pool;
    private final Admin admin;
    private final List<TopicPartition> partitions;
    private final Progress progress;
    private final ProjectionMetrics metrics;
    private final InstantSource clock;
    private final Map<TopicPartition, Instant> laggingSince = new HashMap<>();
    private Map<TopicPartition, Position> stored = Map.of();
    private boolean topicsSeen;
    private long appliedBefore;
    private Instant measuredBefore;
    private volatile Measured measured = new Measured(false, false, List.of(), null, 0, null);

    private record Measured(
            boolean postgres,
            boolean brokers,
            List<Position> positions,
            @Nullable Instant at,
            double rate,
            @Nullable Instant firstLagSeen) {}

    LagLoop(
            Pool pool,
            Admin admin,
            KafkaSettings kafka,
            Progress progress,
            ProjectionMetrics metrics,
            InstantSource clock) {
        this.pool = pool;
        this.admin = admin;
        this.partitions = partitions(kafka);
        this.progress = progress;
        this.metrics = metrics;
        this.clock = clock;
        this.measuredBefore = clock.instant();
        metrics.oldestUnapplied(() -> {
            var oldest = oldestUnapplied();
            return oldest == null ? clock.instant() : oldest;
        });
    }

    void step() {
        var postgres = askPostgres();
        var ends = askKafka();
        var now = clock.instant();
        var positions = ends == null ? measured.positions() : positions(ends);
        positions.forEach(position -> note(position, now));
        measured = new Measured(
                postgres,
                ends != null,
                positions,
                postgres && ends != null ? now : measured.at(),
                rate(now),
                laggingSince.values().stream().min(Comparator.naturalOrder()).orElse(null));
    }

    ProjectorStatus status() {
        var seen = measured;
        var oldest = oldestUnapplied();
        var lastApplied = progress.lastAppliedAt().orElse(null);
        var stalledBefore = clock.instant().minus(STALLED_AFTER);
        return new ProjectorStatus(
                progress.waitingFor().orElse(null),
                progress.waitingSince().orElse(null),
                seen.postgres(),
                seen.brokers(),
                lastApplied,
                progress.lastTrouble().orElse(null),
                seen.rate(),
                oldest,
                oldest != null
                        && oldest.isBefore(stalledBefore)
                        && (lastApplied == null || lastApplied.isBefore(stalledBefore)),
                seen.positions(),
                seen.at());
    }

    private @Nullable Instant oldestUnapplied() {
        return progress.oldestInHand().orElse(measured.firstLagSeen());
    }

    private boolean askPostgres() {
        try {
            var rows = pool.query(POSITIONS)
                    .execute()
                    .timeout(POSTGRES_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .transform(answer -> io.vertx.core.Future.succeededFuture(answer.result()))
                    .await();
            if (rows == null) {
                return false;
            }
            var answer = new HashMap<TopicPartition, Position>();
            rows.forEach(row -> answer.put(new TopicPartition(row.getString(0), row.getInteger(1)), position(row)));
            stored = answer;
            return true;
        } catch (RuntimeException e) { // whatever it is, Postgres did not answer
            return false;
        }
    }

    private @Nullable Map<TopicPartition, Long> askKafka() {
        try {
            if (!topicsExist()) {
                return null;
            }
            var latest = partitions.stream()
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            var earliest = partitions.stream()
                    .filter(partition -> !stored.containsKey(partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.earliest()));
            var ends = new HashMap<TopicPartition, Long>();
            admin.listOffsets(latest)
                    .all()
                    .get(KAFKA_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            if (!earliest.isEmpty()) {
                startOf(earliest);
            }
            return ends;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Once they do they stay. Asking where a topic ends that is not there yet makes the client log an error for each. */
    private boolean topicsExist() throws ExecutionException, TimeoutException, InterruptedException {
        if (!topicsSeen) {
            var names = admin.listTopics().names().get(KAFKA_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            topicsSeen = partitions.stream().map(TopicPartition::topic).allMatch(names::contains);
        }
        return topicsSeen;
    }

    /** A partition without a position starts where the log does. */
    private void startOf(Map<TopicPartition, OffsetSpec> earliest)
            throws ExecutionException, TimeoutException, InterruptedException {
        var all = new HashMap<>(stored);
        admin.listOffsets(earliest)
                .all()
                .get(KAFKA_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .forEach((partition, start) -> all.put(
                        partition,
                        new Position(partition.topic(), partition.partition(), start.offset(), 0, null, null)));
        stored = all;
    }

    private List<Position> positions(Map<TopicPartition, Long> ends) {
        var positions = new ArrayList<Position>();
        for (var partition : partitions) {
            var at = Objects.requireNonNull(stored.get(partition));
            positions.add(new Position(
                    at.topic(),
                    at.partition(),
                    at.nextOffset(),
                    ends.getOrDefault(partition, at.nextOffset()),
                    at.lastRecordAt(),
                    at.lastReceivedAt()));
        }
        return positions;
    }

    /** The age of a lag is counted from its first sight, anew when the tables moved and caught up. */
    private void note(Position position, Instant now) {
        var partition = new TopicPartition(position.topic(), position.partition());
        metrics.lag(partition, position.lag());
        if (position.lag() == 0) {
            laggingSince.remove(partition);
        } else {
            laggingSince.putIfAbsent(partition, now);
        }
    }

    private double rate(Instant now) {
        var applied = progress.applied();
        var seconds = Duration.between(measuredBefore, now).toNanos() / 1e9;
        var rate = seconds <= 0 ? 0 : (applied - appliedBefore) / seconds;
        appliedBefore = applied;
        measuredBefore = now;
        return rate;
    }

    private static Position position(Row row) {
        return new Position(row.getString(0), row.getInteger(1), row.getLong(2), 0, instant(row, 3), instant(row, 4));
    }

    private static @Nullable Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static List<TopicPartition> partitions(KafkaSettings kafka) {
        var partitions = new ArrayList<TopicPartition>();
        for (Topic topic : ProjectionMetrics.TOPICS) {
            for (var partition = 0; partition < kafka.partitions(); partition++) {
                partitions.add(new TopicPartition(kafka.name(topic), partition));
            }
        }
        return partitions;
    }
}
