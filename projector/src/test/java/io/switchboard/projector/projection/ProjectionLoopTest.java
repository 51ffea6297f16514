package io.switchboard.projector.projection;

import static io.switchboard.projector.projection.LogFixtures.answeredCall;
import static io.switchboard.projector.projection.LogFixtures.calls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.projector.projection.Item.Fact;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.projector.projection.ProjectionStore.Conflict;
import io.switchboard.projector.projection.ProjectionStore.Retryable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProjectionLoopTest {
    private static final int CALLS = 40;
    private static final Retryable AWAY = new Retryable("Postgres (SQLSTATE 57P01)");

    private final InMemoryRecordStream.Log log = new InMemoryRecordStream.Log();
    private final InMemoryProjectionStore store = new InMemoryProjectionStore();
    private final List<Refused> copied = new ArrayList<>();
    private final Progress progress = LogFixtures.progress();
    private final InMemoryRecordStream stream = new InMemoryRecordStream(log, 50);
    private final ProjectionLoop loop = loop(stream, new BatchBounds(20, 1 << 20));

    @Test
    void everyRecordIsAppliedAndThePositionStandsBehindIt() {
        fill();
        give(stream);

        run(loop, 20);

        assertAllApplied();
    }

    @Test
    void anyCutIntoBatchesGivesTheSameTables() {
        fill();
        give(stream);
        run(loop, 20);
        var expected = store.calls();
        for (var seed = 1; seed <= 200; seed++) {
            var random = new SplittableRandom(seed);
            var other = new InMemoryProjectionStore();
            var cut = new InMemoryRecordStream(log, random.nextInt(1, 60));
            give(cut);
            var bounds = new BatchBounds(random.nextInt(1, 30), random.nextInt(1, 3_000));

            run(new ProjectionLoop(cut, decoder(), other, copied::addAll, progress, bounds), 400);

            assertThat(other.calls()).as("seed %d", seed).isEqualTo(expected);
            assertThat(other.positions).as("seed %d", seed).isEqualTo(store.positions);
        }
    }

    @Test
    void conflictSeeksWhereTheTablesStand() {
        fill();
        give(stream);
        store.trouble.add(batch -> {
            var moved = store.commit(batch); // somebody else was faster
            assertThat(moved).isInstanceOf(ProjectionStore.Applied.class);
            return new Conflict();
        });

        run(loop, 20);

        assertAllApplied();
        assertThat(progress.waitingFor()).isEmpty();
    }

    @Test
    void zombieCannotAdvanceThePosition() {
        var zombie = loop(new InMemoryRecordStream(log, 5), new BatchBounds(5, 1 << 20));
        fill();
        give(stream);
        run(loop, 2);
        var before = Map.copyOf(store.positions);
        var stale = Batch.part(
                log.all().stream()
                        .filter(record -> record.partition() == 0)
                        .limit(3)
                        .map(decoder()::decode)
                        .toList(),
                Map.of(calls(0), 0L));

        assertThat(store.apply(stale)).isInstanceOf(Conflict.class);

        assertThat(store.positions).isEqualTo(before);
        run(zombie, 5);
        run(loop, 20);
        assertAllApplied();
    }

    @Test
    void twoInstancesThatBothBelieveToOwnThePartitionsApplyEachRecordOnce() {
        fill();
        for (var seed = 1; seed <= 100; seed++) {
            var random = new SplittableRandom(seed);
            store.positions.clear();
            store.events.clear();
            var streams = List.of(new InMemoryRecordStream(log, 7), new InMemoryRecordStream(log, 11));
            streams.forEach(this::give);
            var loops = streams.stream()
                    .map(each -> loop(each, new BatchBounds(5, 1 << 20)))
                    .toList();

            for (var i = 0; i < 400; i++) {
                var who = random.nextInt(2);
                if (random.nextInt(20) == 0) {
                    streams.get(who).reassign(calls(random.nextInt(4)));
                }
                loops.get(who).step();
            }

            assertAllApplied();
        }
    }

    @Test
    void oneFailureIsTriedAgainAtOnce() {
        fill();
        give(stream);
        store.trouble.add(batch -> AWAY);

        loop.step(); // seeks
        loop.step(); // fails

        assertThat(stream.isPaused()).isFalse();
        assertThat(progress.waitingFor()).isEmpty();
        run(loop, 20);
        assertAllApplied();
    }

    @Test
    void anOutagePausesAndKeepsPollingAndResumesByItself() {
        fill();
        give(stream);
        store.trouble.add(batch -> AWAY);
        loop.step();
        loop.step();
        store.positionsTrouble.addAll(List.of(AWAY, AWAY, AWAY, AWAY));

        loop.step();

        assertThat(stream.isPaused()).isTrue();
        assertThat(progress.waitingFor()).contains(AWAY.waitingFor());
        var polls = stream.polls;
        run(loop, 3);
        assertThat(stream.polls).isEqualTo(polls + 3);
        assertThat(stream.isPaused()).isTrue();
        run(loop, 20);
        assertAllApplied();
        assertThat(progress.waitingFor()).isEmpty();
    }

    @Test
    void aPartitionThatComesDuringAnOutageLosesNothing() {
        fill();
        stream.assign(Set.of(calls(0)));
        loop.step();
        store.positionsTrouble.addAll(List.of(AWAY, AWAY, AWAY));
        store.trouble.add(batch -> AWAY);
        run(loop, 2);
        assertThat(stream.isPaused()).isTrue();
        give(stream);

        run(loop, 30);

        assertAllApplied();
    }

    @Test
    void aCommitWithoutAnAnswerIsNotDoneTwice() {
        fill();
        give(stream);
        store.trouble.add(batch -> {
            assertThat(store.commit(batch)).isInstanceOf(ProjectionStore.Applied.class);
            return AWAY;
        });

        run(loop, 20);

        assertAllApplied();
    }

    @Test
    void poisonBecomesADeadLetterAndTheOthersGoOn() {
        fill();
        give(stream);
        store.poison = item -> item instanceof Fact fact && fact.record().offset() % 13 == 5;

        run(loop, 40);

        var poisoned = log.all().stream().filter(r -> r.offset() % 13 == 5).count();
        assertThat(store.deadLetters)
                .hasSize((int) poisoned)
                .allMatch(r -> r.record().offset() % 13 == 5);
        assertThat(copied).hasSameElementsAs(store.deadLetters);
        assertThat(store.events).hasSize((int) (log.all().size() - poisoned));
        assertPositionsAtTheEnd();
    }

    @Test
    void whatCannotBeReadIsADeadLetterWithItsReason() {
        log.append(calls(0), LogFixtures.raw("call-1", "not JSON"));
        answeredCall("call-1").forEach(record -> log.append(calls(0), record));
        give(stream);

        run(loop, 5);

        assertThat(store.deadLetters).extracting(Refused::reason).containsExactly(RefusalReason.NOT_JSON);
        assertThat(store.calls()).containsOnlyKeys("call-1");
    }

    @Test
    void aDefectInTheMiddleOfAStepSkipsNoRecord() {
        fill();
        give(stream);
        loop.step();
        store.trouble.add(batch -> {
            throw new IllegalStateException("a defect");
        });

        assertThatThrownBy(loop::step).hasMessage("a defect");

        run(loop, 20);
        assertAllApplied();
    }

    @Test
    void aPositionBeyondTheLogMeansThatTheLogIsAnother() {
        fill();
        give(stream);
        store.positions.put(calls(1), 1_000_000L);

        run(loop, 20);

        assertAllApplied();
    }

    @Test
    void recordsThatLeftTheLogAreLeftBehind() {
        fill();
        log.forgetBefore(calls(2), 10);
        store.positions.put(calls(2), 3L);
        give(stream);

        run(loop, 20);

        assertPositionsAtTheEnd();
        assertThat(store.events).hasSize(log.all().size() - 10);
    }

    @Test
    void whatIsNoRecordIsPassedWhenNothingElseIsLeft() {
        fill();
        give(stream);
        stream.markersUpTo = Map.of(calls(0), log.end(calls(0)) + 1);

        run(loop, 20);

        assertThat(store.positions).containsEntry(calls(0), log.end(calls(0)) + 1);
        assertThat(store.positions).containsEntry(calls(1), log.end(calls(1)));
        assertThat(store.events).hasSize(log.all().size());
    }

    private void fill() {
        for (var i = 0; i < CALLS; i++) {
            var partition = calls(i % 4);
            answeredCall("call-" + i).forEach(record -> log.append(partition, record));
        }
    }

    private void give(InMemoryRecordStream to) {
        to.assign(Set.copyOf(log.partitions()));
    }

    private ProjectionLoop loop(InMemoryRecordStream from, BatchBounds bounds) {
        return new ProjectionLoop(from, decoder(), store, copied::addAll, progress, bounds);
    }

    private static RecordDecoder decoder() {
        return new RecordDecoder(LogFixtures.CODEC);
    }

    private static void run(ProjectionLoop loop, int steps) {
        for (var i = 0; i < steps; i++) {
            loop.step();
        }
    }

    private void assertAllApplied() {
        assertThat(store.events).hasSize(log.all().size());
        assertThat(store.calls()).hasSize(CALLS);
        assertThat(store.deadLetters).isEmpty();
        assertPositionsAtTheEnd();
    }

    private void assertPositionsAtTheEnd() {
        for (TopicPartition partition : log.partitions()) {
            assertThat(store.positions).containsEntry(partition, log.end(partition));
        }
    }
}
