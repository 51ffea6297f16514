package io.switchboard.projector.projection;

import io.switchboard.projector.projection.ProjectionStore.Applied;
import io.switchboard.projector.projection.ProjectionStore.Conflict;
import io.switchboard.projector.projection.ProjectionStore.Failure;
import io.switchboard.projector.projection.ProjectionStore.Fatal;
import io.switchboard.projector.projection.ProjectionStore.Positions;
import io.switchboard.projector.projection.ProjectionStore.Retryable;
import io.switchboard.projector.projection.RecordStream.Held;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of the projector: poll → decode → apply in one transaction → next.
 *
 * <p><b>Who may write.</b> Kafka's group hands out partitions, but it only advises: its rebalance callbacks come late and a
 * stopped process does not hear them at all. What decides is in Postgres. Each batch says where it expects the tables to
 * stand ({@link #expected}), and the transaction moves those positions by compare-and-set before it writes a row. Whoever
 * lost a partition fails there ({@link Conflict}) and writes nothing. The group's own offsets are never committed nor read.
 *
 * <p><b>One cure for everything.</b> {@code expected} is a guess that the loop may throw away at any time: a partition
 * without an entry is looked up in Postgres and sought, and the records polled before the seek are dropped. So a partition
 * that is new, a conflict, a transaction whose commit went unanswered, a rebalance in the middle: all end in {@link #forget}
 * and cost one more fetch. Forgetting always leads to a seek before the next poll: nothing else would ever bring back the
 * last records of the log. A record that does not follow the expected offset means that the partition came back from elsewhere, and
 * is sought again. Applying a record again changes nothing, so going back too far is harmless as well.
 *
 * <p><b>Trouble.</b> {@link Retryable} is not the records' fault: once is tried again at once; twice is an outage. Then the
 * partitions are paused and polling goes on, which keeps the membership and answers rebalances without fetching anything,
 * while the store is asked at most second until it answers. It ends with the first success and is
 * logged at its two ends only. {@link Fatal} is a record's fault: the batch is halved until the record stands alone and
 * becomes a dead letter, copied to its topic before the position passes it; the others go on.
 *
 * <p>One thread calls {@link #step}; tests call it by hand.
 */
public final class ProjectionLoop {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionLoop.class);

    private final RecordStream stream;
    private final RecordDecoder decoder;
    private final ProjectionStore store;
    private final DeadLetterLog deadLetters;
    private final Progress progress;
    private final BatchBounds bounds;
    private final Outage outage;
    private final Map<TopicPartition, Long> expected = new HashMap<>();
    private final Set<TopicPartition> sought = new HashSet<>();
    private boolean unsettled;

    public ProjectionLoop(
            RecordStream stream,
            RecordDecoder decoder,
            ProjectionStore store,
            DeadLetterLog deadLetters,
            Progress progress,
            BatchBounds bounds) {
        this.stream = stream;
        this.decoder = decoder;
        this.store = store;
        this.deadLetters = deadLetters;
        this.progress = progress;
        this.bounds = bounds;
        this.outage = new Outage(progress);
    }

    /** One turn: applies what a poll gives, or waits once while something is away. */
    public void step() {
        try {
            if (outage.waiting()) {
                waitOnce();
            } else {
                flow();
            }
        } catch (KafkaException e) {
            forgetAll();
            failed(new Retryable("Kafka (" + e.getClass().getSimpleName() + ")"));
        } catch (RuntimeException e) { // a defect: whatever was polled is dropped
            forgetAll();
            throw e;
        }
    }

    private void flow() {
        if (unsettled && !settle()) {
            return;
        }
        var records = stream.poll(POLL);
        if (records.isEmpty()) {
            outage.idle();
            progress.idle();
            passMarkers();
            return;
        }
        progress.took(records);
        var adrift = adrift(records);
        if (!adrift.isEmpty()) {
            forget(adrift);
            if (!settle()) {
                forget(partitions(records));
                return;
            }
        }
        applyAll(without(adrift, records));
    }

    /**
     * Nothing is left to apply: positions move past what is no record, or the lag would never be zero. Whoever does not
     * stand where the tables do any more is sought again.
     */
    private void passMarkers() {
        stream.passed().forEach((partition, offset) -> {
            var position = expected.get(partition);
            if (position != null && offset > position) {
                if (store.rewind(partition, position, offset) instanceof Positions) {
                    expected.put(partition, offset);
                } else {
                    forget(Set.of(partition));
                }
            }
        });
    }

    /** The partitions whose first record does not follow what is known to be applied. */
    private Set<TopicPartition> adrift(List<ConsumerRecord<byte[], byte[]>> records) {
        var firsts = new HashMap<TopicPartition, Long>();
        records.forEach(record -> firsts.putIfAbsent(partition(record), record.offset()));
        return firsts.entrySet().stream()
                .filter(first -> !follows(first.getKey(), first.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** A gap is believed only right after a seek: the log may lack offsets, but never because of what this loop dropped. */
    private boolean follows(TopicPartition partition, long offset) {
        var position = expected.get(partition);
        return position != null && (offset == position || (offset > position && sought.contains(partition)));
    }

    /** Looks up where the tables stand in all partitions where that is unknown, and seeks there. */
    private boolean settle() {
        var unknown = stream.assigned().stream()
                .filter(partition -> !expected.containsKey(partition))
                .collect(Collectors.toSet());
        var held = stream.held(unknown);
        var beginnings = held.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().beginning()));
        var failure = switch (store.positions(beginnings)) {
            case Failure away -> Optional.of(away);
            case Positions positions -> seek(held, positions.next());
        };
        failure.ifPresent(this::failed);
        unsettled = failure.isPresent();
        return !unsettled;
    }

    private Optional<Failure> seek(Map<TopicPartition, Held> held, Map<TopicPartition, Long> stored) {
        var targets = new HashMap<TopicPartition, Long>();
        for (var entry : held.entrySet()) {
            var partition = entry.getKey();
            var position = Objects.requireNonNull(stored.get(partition));
            var log = entry.getValue();
            if (position > log.end()) {
                LOG.warn(
                        "{}: applied up to {}, but the log ends at {}: reading it again",
                        partition,
                        position,
                        log.end());
                if (store.rewind(partition, position, log.beginning()) instanceof Failure failure) {
                    return Optional.of(failure);
                }
                position = log.beginning();
            } else if (position < log.beginning()) {
                LOG.warn("{}: {} to {} left the log unapplied", partition, position, log.beginning() - 1);
            }
            expected.put(partition, position);
            targets.put(partition, Math.max(position, log.beginning()));
        }
        stream.seek(targets);
        sought.addAll(targets.keySet());
        return Optional.empty();
    }

    private void applyAll(List<ConsumerRecord<byte[], byte[]>> records) {
        var slices = bounds.slices(records, record -> Math.max(0, record.serializedValueSize()));
        for (var i = 0; i < slices.size(); i++) {
            var items = slices.get(i).stream().map(decoder::decode).toList();
            var failure = apply(Batch.part(items, expected));
            if (failure.isPresent()) {
                slices.subList(i, slices.size()).forEach(slice -> forget(partitions(slice)));
                failed(failure.orElseThrow());
                return;
            }
        }
    }

    private Optional<Failure> apply(Batch batch) {
        var refusals = batch.refusals();
        if (!refusals.isEmpty()) {
            deadLetters.append(refusals); // before the commit: at least once
        }
        return commit(batch);
    }

    private Optional<Failure> commit(Batch batch) {
        return switch (store.apply(batch)) {
            case Applied applied -> {
                expected.putAll(batch.next());
                sought.removeAll(batch.partitions());
                progress.applied(batch, applied);
                outage.over();
                yield Optional.empty();
            }
            case Fatal fatal when batch.size() > 1 -> commitHalves(batch);
            case Fatal fatal when batch.refusals().isEmpty() -> apply(batch.refused(fatal.reason(), fatal.detail()));
            case Fatal fatal -> Optional.of(new Retryable("dead letters to be taken (" + fatal.detail() + ")"));
            case Failure failure -> Optional.of(failure);
        };
    }

    private Optional<Failure> commitHalves(Batch batch) {
        for (var half : batch.halves()) {
            var failure = commit(half);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private void failed(Failure failure) {
        switch (failure) {
            case Conflict conflict -> progress.conflict();
            case Retryable(var waitingFor) -> pauseWhen(outage.failed(waitingFor));
            case Fatal(var reason, var detail) -> pauseWhen(outage.failed(reason.word() + " (" + detail + ")"));
        }
    }

    private void pauseWhen(boolean begins) {
        if (begins) {
            stream.pause();
        }
    }

    /** Keeps the membership alive for one pause, then asks whether the store is back. */
    private void waitOnce() {
        var strays = stream.poll(outage.pause());
        if (!strays.isEmpty()) { // of partitions that came meanwhile
            forget(partitions(strays));
            stream.pause();
        }
        switch (store.positions(Map.of())) {
            case Positions back -> {
                outage.answered();
                stream.resume();
            }
            case Retryable(var waitingFor) -> outage.stillAway(waitingFor);
            case Failure failure -> outage.stillAway(failure.toString());
        }
    }

    /** What was polled of these partitions is dropped: they are settled before the next poll. */
    private void forget(Set<TopicPartition> partitions) {
        expected.keySet().removeAll(partitions);
        unsettled = true;
    }

    private void forgetAll() {
        expected.clear();
        unsettled = true;
    }

    private static List<ConsumerRecord<byte[], byte[]>> without(
            Set<TopicPartition> partitions, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> !partitions.contains(partition(record)))
                .toList();
    }

    private static Set<TopicPartition> partitions(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ProjectionLoop::partition).collect(Collectors.toSet());
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
