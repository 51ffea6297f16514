package io.switchboard.gateway;

import static io.switchboard.gateway.GatewayFixtures.envelope;
import static io.switchboard.gateway.GatewayFixtures.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.kafka.InMemoryEventLog;
import io.switchboard.kafka.InMemoryEventLog.Behaviour;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class DurableLogTest {
    private static final Behaviour ACKNOWLEDGE = new Behaviour.Acknowledge();
    private static final Behaviour HANG = new Behaviour.Hang();
    private static final Duration ACK_TIMEOUT = Duration.ofMillis(80);

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryEventLog log = new InMemoryEventLog();
    private final SwitchableSpool spool = new SwitchableSpool();
    private final AtomicReference<Circuit> circuit = new AtomicReference<>(new Circuit.Closed());
    private final Receipts receipts = new Receipts();
    private DurableLog durable;
    private Context context;

    @BeforeEach
    void start() {
        var doors = new DurableLog.Doors(log, spool, circuit, receipts);
        var metrics = new GatewayMetrics(new SimpleMeterRegistry());
        durable = new DurableLog(vertx, doors, ACK_TIMEOUT, metrics);
        context = vertx.getOrCreateContext();
        context.runOnContext(unused -> durable.start());
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void anAcknowledgedEventIsReplicated() {
        assertThat(append(1).await()).isEqualTo(Durability.REPLICATED);

        assertThat(spool.appended()).isEmpty();
        assertThat(receipts.find(envelope(1).id()).orElseThrow().position()).isNotNull();
    }

    @Test
    void silenceSpoolsTheEventAndOpensTheCircuit() {
        log.behave(HANG);

        assertThat(append(1).await()).isEqualTo(Durability.SPOOLED);

        assertThat(circuit.get()).isInstanceOf(Circuit.Open.class);
        assertThat(receipts.find(envelope(1).id()).orElseThrow().position()).isNull();
    }

    @Test
    void withTheCircuitOpenEventsAreSpooledWithoutAskingTheLog() {
        circuit.set(new Circuit.Open(System.nanoTime()));

        assertThat(append(1).await()).isEqualTo(Durability.SPOOLED);

        assertThat(log.acknowledged()).isEmpty();
    }

    @Test
    void aFailedAppendIsSpooledAndDoesNotOpenTheCircuit() {
        log.behave(new Behaviour.Fail(new TimeoutException("no metadata")));

        assertThat(append(1).await()).isEqualTo(Durability.SPOOLED);

        assertThat(circuit.get()).isInstanceOf(Circuit.Closed.class);
    }

    @Test
    void oneSlowPartitionDoesNotOpenTheCircuit() {
        log.behave(envelope -> envelope.key().equals("call-1") ? HANG : ACKNOWLEDGE);
        var slow = append(1);

        while (!slow.isComplete()) {
            assertThat(append(2).await()).isEqualTo(Durability.REPLICATED);
        }

        assertThat(slow.await()).isEqualTo(Durability.SPOOLED);
        assertThat(circuit.get()).isInstanceOf(Circuit.Closed.class);
    }

    @Test
    void aLateAcknowledgementChangesNoAnswerButTheReceipt() {
        log.behave(HANG);
        assertThat(append(1).await()).isEqualTo(Durability.SPOOLED);

        log.acknowledgeHanging();

        until(() -> receipts.find(envelope(1).id()).orElseThrow().position() != null);
    }

    @Test
    void aLateAcknowledgementStillCountsWhileTheDiskHangs() {
        log.behave(HANG);
        spool.hang();
        var append = append(1);
        until(() -> spool.appended().size() == 1);

        log.acknowledgeHanging();

        assertThat(append.await()).isEqualTo(Durability.REPLICATED);
    }

    @Test
    void aSpoolThatRefusesMakesTheEventNotDurable() {
        circuit.set(new Circuit.Open(System.nanoTime()));
        spool.refuse(NotDurable.Reason.SPOOL_FULL);

        var failed = append(1);
        until(failed::isComplete);

        assertThat(failed.cause()).isInstanceOf(NotDurable.class);
    }

    @Test
    void aDiskThatHangsDoesNotKeepTheSenderWaiting() {
        circuit.set(new Circuit.Open(System.nanoTime()));
        spool.hang();

        var failed = append(1);
        until(failed::isComplete);

        assertThat(failed.cause())
                .isInstanceOfSatisfying(
                        NotDurable.class, e -> assertThat(e.reason()).isEqualTo(NotDurable.Reason.SPOOL_FAILING));
    }

    private Future<Durability> append(long number) {
        return Future.future(answered ->
                context.runOnContext(unused -> durable.append(envelope(number)).onComplete(answered)));
    }
}
