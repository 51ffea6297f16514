package io.switchboard.gateway;

import static io.switchboard.gateway.GatewayFixtures.envelope;
import static io.switchboard.gateway.GatewayFixtures.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.kafka.InMemoryEventLog;
import io.switchboard.kafka.InMemoryEventLog.Behaviour;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SpoolDrainLoopTest {
    private static final Behaviour ACKNOWLEDGE = new Behaviour.Acknowledge();
    private static final Behaviour FAIL = new Behaviour.Fail(new TimeoutException("away"));
    private static final Behaviour REFUSE = new Behaviour.Fail(new RecordTooLargeException("too large"));
    private static final Circuit CLOSED = new Circuit.Closed();
    private static final Circuit OPEN = new Circuit.Open(1);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryEventLog log = new InMemoryEventLog();
    private final AtomicReference<Circuit> circuit = new AtomicReference<>(CLOSED);
    private final Receipts receipts = new Receipts();
    private boolean brokersAnswer;
    private SqliteSpool spool;
    private SpoolDrainLoop loop;

    @BeforeEach
    void open() {
        spool = SqliteSpool.open(vertx, folder, 1L << 20);
        loop = loop(spool);
    }

    @AfterEach
    void close() {
        spool.close();
        vertx.close().await();
    }

    @Test
    void movesTheSpoolInOrderAndEmptiesIt() {
        append(1, 2, 3);

        var pause = loop.step();

        assertThat(pause).isZero();
        assertThat(log.acknowledged()).extracting(Envelope::key).containsExactly("call-1", "call-2", "call-3");
        assertThat(spool.status().records()).isZero();
        assertThat(loop.step()).isPositive();
    }

    @Test
    void notesWhereTheEventsAreNow() {
        append(1);

        step();

        assertThat(receipts.find(envelope(1).id()).orElseThrow().position()).isNotNull();
    }

    @Test
    void anEventThatWasNotAcknowledgedStays() {
        append(1, 2);
        log.behave(FAIL);

        assertThat(loop.step()).isPositive();
        assertThat(spool.status().records()).isEqualTo(2);

        log.behave(ACKNOWLEDGE);
        assertThat(loop.step()).isZero();
        assertThat(spool.status().records()).isZero();
    }

    @Test
    void anOpenCircuitIsProbedWithOneEventWhichClosesIt() {
        append(1, 2, 3);
        circuit.set(OPEN);

        step();

        assertThat(log.acknowledged()).hasSize(1);
        assertThat(circuit.get()).isEqualTo(CLOSED);
        step();
        assertThat(log.acknowledged()).hasSize(3);
    }

    @Test
    void aFailedProbeLeavesTheCircuitOpen() {
        append(1);
        circuit.set(OPEN);
        log.behave(FAIL);

        step();

        assertThat(circuit.get()).isEqualTo(OPEN);
    }

    @Test
    void withAnEmptySpoolTheBrokersAnswerClosesTheCircuit() {
        circuit.set(OPEN);

        step();
        assertThat(circuit.get()).isEqualTo(OPEN);

        brokersAnswer = true;
        step();
        assertThat(circuit.get()).isEqualTo(CLOSED);
    }

    @Test
    void withABrokenSpoolTheBrokersAnswerClosesTheCircuit() {
        append(1);
        circuit.set(OPEN);
        brokersAnswer = true;
        spool.close();

        assertThat(loop.step()).isPositive();

        assertThat(circuit.get()).isEqualTo(CLOSED);
    }

    @Test
    void aRecordTooLargeForTheBrokersIsSetAsideAndTheOthersPass() {
        append(1, 2);
        log.behave(envelope -> envelope.key().equals("call-1") ? REFUSE : ACKNOWLEDGE);

        step();

        assertThat(log.acknowledged()).extracting(Envelope::key).containsExactly("call-2");
        assertThat(spool.oldest(0, 10)).isEmpty();
        assertThat(spool.status().records()).isEqualTo(1);
    }

    @Test
    void oneEventThatTheBrokersDoNotTakeHoldsUpNoOther() {
        append(1, 2);
        circuit.set(OPEN);
        brokersAnswer = true;
        log.behave(envelope -> envelope.key().equals("call-1") ? FAIL : ACKNOWLEDGE);

        step();
        step();

        assertThat(log.acknowledged()).extracting(Envelope::key).containsExactly("call-2");
        assertThat(circuit.get()).isEqualTo(CLOSED);

        log.behave(ACKNOWLEDGE);
        step();
        step();
        assertThat(log.acknowledged()).extracting(Envelope::key).containsExactly("call-2", "call-1");
    }

    @Test
    void whileTheBrokersAreAwayTheHeadIsTriedAgain() {
        append(1, 2);
        circuit.set(OPEN);
        log.behave(FAIL);
        step();
        log.behave(ACKNOWLEDGE);

        step();

        assertThat(log.acknowledged()).extracting(Envelope::key).containsExactly("call-1");
    }

    @Test
    void aCrashBetweenAcknowledgementAndRemovalRepeatsTheEventAndLosesNone() {
        append(1, 2);
        var crashing = loop(new DyingSpool(spool));

        assertThat(crashing.step()).isPositive();
        step();

        assertThat(log.acknowledged())
                .extracting(Envelope::key)
                .containsExactly("call-1", "call-2", "call-1", "call-2");
        assertThat(spool.status().records()).isZero();
    }

    @Test
    void stopsAtOnceThoughTheBrokersHang() {
        append(1);
        log.behave(new Behaviour.Hang());
        var deployment = SpoolDrainLoop.deploy(vertx, loop).await();
        until(() -> log.hanging() == 1);
        var before = System.nanoTime();

        vertx.undeploy(deployment).await();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(spool.status().records()).isEqualTo(1);
    }

    @Test
    void runsUntilItIsStopped() {
        var deployment = SpoolDrainLoop.deploy(vertx, loop).await();

        append(1, 2, 3);

        until(() -> spool.status().records() == 0);
        vertx.undeploy(deployment).await();
    }

    private void step() {
        assertThat(loop.step()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    private SpoolDrainLoop loop(Spool from) {
        return new SpoolDrainLoop(new DurableLog.Doors(log, from, circuit, receipts), since -> brokersAnswer);
    }

    private void append(long... numbers) {
        for (var number : numbers) {
            spool.append(envelope(number)).await();
        }
    }

    /** Dies when an event should leave it. */
    private record DyingSpool(Spool inner) implements Spool {
        @Override
        public Future<Void> append(Envelope envelope) {
            return inner.append(envelope);
        }

        @Override
        public List<Spooled> oldest(long after, int limit) {
            return inner.oldest(after, limit);
        }

        @Override
        public void remove(List<Spooled> events) {
            throw new IllegalStateException("died");
        }

        @Override
        public void setAside(long sequence, String reason) {
            inner.setAside(sequence, reason);
        }

        @Override
        public Optional<Envelope> find(EventId id) {
            return inner.find(id);
        }

        @Override
        public Status status() {
            return inner.status();
        }
    }
}
