package io.switchboard.projector.projection;

import io.switchboard.call.CallEvent;
import io.switchboard.projector.projection.Item.Fact;
import io.switchboard.projector.projection.Item.Observed;
import io.switchboard.projector.projection.Item.Quarantined;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.projector.projection.Item.State;
import io.switchboard.projector.projection.ProjectionStore.Applied;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** How the loop gets on: written by the loop's thread, read by anyone. */
public final class Progress {
    private final ProjectionMetrics metrics;
    private final InstantSource clock;
    private final AtomicLong applied = new AtomicLong();
    private volatile @Nullable String waitingFor;
    private volatile @Nullable Instant waitingSince;
    private volatile @Nullable String lastTrouble;
    private volatile @Nullable Instant lastAppliedAt;
    private volatile @Nullable Instant oldestInHand;

    public Progress(ProjectionMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What has to come back before the loop goes on. */
    public Optional<String> waitingFor() {
        return Optional.ofNullable(waitingFor);
    }

    public Optional<Instant> waitingSince() {
        return Optional.ofNullable(waitingSince);
    }

    /** What was waited for last, over or not. */
    public Optional<String> lastTrouble() {
        return Optional.ofNullable(lastTrouble);
    }

    public Optional<Instant> lastAppliedAt() {
        return Optional.ofNullable(lastAppliedAt);
    }

    /** When the log took the oldest record that was polled and is not applied. */
    public Optional<Instant> oldestInHand() {
        return Optional.ofNullable(oldestInHand);
    }

    /** Records applied since the start. */
    public long applied() {
        return applied.get();
    }

    void took(List<ConsumerRecord<byte[], byte[]>> records) {
        var oldest = records.stream().mapToLong(ConsumerRecord::timestamp).min().orElse(0);
        oldestInHand = Instant.ofEpochMilli(Math.max(0, oldest));
    }

    void idle() {
        if (waitingFor == null) {
            oldestInHand = null;
        }
    }

    void conflict() {
        metrics.conflict();
    }

    void waitingFor(@Nullable String what) {
        if (what == null) {
            waitingSince = null;
        } else {
            lastTrouble = what;
            if (waitingFor == null) {
                waitingSince = clock.instant();
            }
        }
        waitingFor = what;
    }

    void applied(Batch batch, Applied answer) {
        var now = clock.instant();
        var counted = new HashSet<>();
        for (var item : batch.items()) {
            switch (item) {
                case Fact fact -> {
                    var fresh = answer.fresh().contains(fact.event().id())
                            && counted.add(fact.event().id());
                    metrics.count(item.record().topic(), fresh ? result(fact.event()) : ProjectionMetrics.DUPLICATE);
                    if (fresh) {
                        metrics.visible(fact.event().source(), fact.receivedAt(), now);
                    }
                }
                case State state -> metrics.count(item.record().topic(), ProjectionMetrics.APPLIED);
                case Observed(var from, var seen) -> {
                    var fresh = answer.fresh().contains(seen.id()) && counted.add(seen.id());
                    metrics.count(from.topic(), fresh ? ProjectionMetrics.APPLIED : ProjectionMetrics.DUPLICATE);
                    if (fresh) {
                        metrics.visible(seen.source(), seen.receivedAt(), now);
                    }
                }
                case Quarantined q -> metrics.count(item.record().topic(), ProjectionMetrics.QUARANTINED);
                case Refused r -> metrics.count(item.record().topic(), ProjectionMetrics.DEAD_LETTERED);
            }
        }
        answer.disagreements().forEach(metrics::disagreement);
        applied.addAndGet(batch.size());
        lastAppliedAt = now;
        oldestInHand = null;
    }

    private static String result(CallEvent event) {
        return event.record() == null && event.name().isEmpty()
                ? ProjectionMetrics.UNKNOWN_TYPE
                : ProjectionMetrics.APPLIED;
    }
}
