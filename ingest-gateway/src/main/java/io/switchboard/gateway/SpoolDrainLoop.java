package io.switchboard.gateway;

import io.switchboard.kafka.EventLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the spool to the log, oldest first, on a virtual thread of its own.
 *
 * <p>An event leaves the spool after the log has acknowledged it, so a crash at any point leaves it in at least one of the
 * two; events that are then appended twice count once. While the circuit is open the loop offers one event at a time, as a
 * probe; its acknowledgement closes the circuit, and the rest follows in large batches. With an empty spool the
 * {@link BrokerProbe} closes the circuit instead.
 *
 * <p>A record that the brokers will never take, because it is too large for them, is set aside: it stays in the spool for a
 * person and lets the others pass.
 */
public final class SpoolDrainLoop extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDrainLoop.class);
    private static final int BATCH = 500;
    private static final Duration IDLE_PAUSE = Duration.ofMillis(100);
    private static final Duration FAILURE_PAUSE = Duration.ofMillis(500);

    private final EventLog log;
    private final Spool spool;
    private final AtomicReference<Circuit> circuit;
    private final BrokerProbe brokers;
    private volatile boolean stopping;

    public SpoolDrainLoop(DurableLog.Doors doors, BrokerProbe brokers) {
        this.log = doors.log();
        this.spool = doors.spool();
        this.circuit = doors.circuit();
        this.brokers = brokers;
    }

    @Override
    public Future<?> start() {
        vertx.runOnContext(unused -> run());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        return Future.succeededFuture();
    }

    private void run() {
        while (!stopping) {
            var pause = step();
            if (!pause.isZero()) {
                var unused = Future.await(vertx.timer(pause.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS));
            }
        }
    }

    /** Moves at most one batch; how long to wait before the next step. */
    Duration step() {
        try {
            var isProbe = circuit.get() instanceof Circuit.Open;
            var batch = spool.oldest(isProbe ? 1 : BATCH);
            if (batch.isEmpty()) {
                if (isProbe && brokers.reachable()) {
                    close();
                }
                return IDLE_PAUSE;
            }
            return drain(batch) ? Duration.ZERO : FAILURE_PAUSE;
        } catch (RuntimeException e) { // the loop's boundary: the spool could not be read
            LOG.error("the spool cannot be drained: {}", e.getMessage());
            return FAILURE_PAUSE;
        }
    }

    /** Appends a batch and removes the part of it, from its head, that the log acknowledged. */
    private boolean drain(List<Spool.Spooled> batch) {
        var appends = batch.stream().map(event -> log.append(event.envelope())).toList();
        var unused = Future.await(Future.join(appends).otherwiseEmpty());
        var moved = 0;
        while (moved < batch.size() && settled(batch.get(moved), appends.get(moved))) {
            moved++;
        }
        if (moved > 0) {
            spool.removeThrough(batch.get(moved - 1).sequence());
            close();
        }
        return moved == batch.size();
    }

    private boolean settled(Spool.Spooled event, Future<?> append) {
        if (append.cause() instanceof RecordTooLargeException) {
            LOG.error(
                    "event {} is too large for the brokers and stays in the spool",
                    event.envelope().id());
            spool.setAside(event.sequence(), "too large for the brokers");
            return true;
        }
        return append.succeeded();
    }

    private void close() {
        if (circuit.get() instanceof Circuit.Open open && circuit.compareAndSet(open, open.acknowledged())) {
            LOG.info("the brokers answer again: events go to Kafka, the spool drains");
        }
    }

    /** Deploys it on a virtual thread. */
    static Future<String> deploy(Vertx vertx, SpoolDrainLoop loop) {
        return vertx.deployVerticle(
                loop,
                new io.vertx.core.DeploymentOptions().setThreadingModel(io.vertx.core.ThreadingModel.VIRTUAL_THREAD));
    }
}
