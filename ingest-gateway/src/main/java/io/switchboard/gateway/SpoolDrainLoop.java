package io.switchboard.gateway;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the spool to the log, oldest first, on a virtual thread of its own.
 *
 * <p>An event leaves the spool after the log has acknowledged it, so a crash at any point leaves it in at least one of the
 * two; events that are then appended twice count once. While the circuit is open the loop offers one event at a time, as a
 * probe; its acknowledgement closes the circuit, and the rest follows in large batches. With nothing to probe with (the
 * spool is empty or cannot be read) the {@link BrokerProbe} closes the circuit instead.
 *
 * <p>What the log did not take stays. While the brokers are away the next step begins at the head again; when they answer,
 * the loop goes on behind it and comes back on its next pass, so that one partition without a leader does not hold up the
 * others. A record that the brokers will never take, because it is too large for them, is set aside: it stays in the spool
 * for a person.
 */
public final class SpoolDrainLoop extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDrainLoop.class);
    private static final int BATCH = 500;
    private static final Duration IDLE_PAUSE = Duration.ofMillis(100);
    private static final Duration FAILURE_PAUSE = Duration.ofMillis(500);

    private final DurableLog.Doors doors;
    private final LongPredicate brokersAnsweredSince;
    private final Promise<Void> ended = Promise.promise();
    private volatile Promise<Void> awaited = Promise.promise();
    private volatile boolean stopping;
    private long after;

    /** @param brokersAnsweredSince whether the brokers answered a question asked since a moment of {@link System#nanoTime} */
    SpoolDrainLoop(DurableLog.Doors doors, LongPredicate brokersAnsweredSince) {
        this.doors = doors;
        this.brokersAnsweredSince = brokersAnsweredSince;
    }

    @Override
    public Future<?> start() {
        vertx.runOnContext(unused -> run());
        return Future.succeededFuture();
    }

    /** Completes when the loop has left the spool alone; does not wait for brokers. */
    @Override
    public Future<?> stop() {
        stopping = true;
        var unused = awaited.tryComplete();
        return ended.future();
    }

    private void run() {
        try {
            while (!stopping) {
                pause(step());
            }
        } finally {
            ended.complete();
        }
    }

    private void pause(Duration pause) {
        if (!pause.isZero()) {
            var timer = vertx.timer(pause.toMillis(), TimeUnit.MILLISECONDS);
            await(timer);
            var unused = timer.cancel(); // a stop came first
        }
    }

    /** Moves at most one batch; how long to wait before the next step. */
    Duration step() {
        try {
            var isProbe = doors.circuit().get() instanceof Circuit.Open;
            var batch = doors.spool().status().records() == 0
                    ? List.<Spool.Spooled>of()
                    : doors.spool().oldest(after, isProbe ? 1 : BATCH);
            if (batch.isEmpty()) {
                after = 0;
                closeWhenBrokersAnswer();
                return IDLE_PAUSE;
            }
            return drain(batch);
        } catch (RuntimeException e) { // the loop's boundary: the spool could not be read or written
            LOG.error("the spool cannot be drained: {}", e.getMessage());
            closeWhenBrokersAnswer();
            return FAILURE_PAUSE;
        }
    }

    private Duration drain(List<Spool.Spooled> batch) {
        var offeredAt = System.nanoTime();
        var appends = batch.stream()
                .map(event -> doors.log().append(event.envelope()))
                .toList();
        await(Future.join(appends));
        var moved = new ArrayList<Spool.Spooled>();
        var setAside = 0;
        for (var i = 0; i < batch.size(); i++) {
            if (appends.get(i).succeeded()) {
                doors.receipts()
                        .replicated(batch.get(i).envelope(), appends.get(i).result());
                moved.add(batch.get(i));
            } else if (appends.get(i).cause() instanceof RecordTooLargeException) {
                setAside(batch.get(i));
                setAside++;
            }
        }
        if (!moved.isEmpty()) {
            doors.spool().remove(moved);
            close();
        }
        var settled = moved.size() + setAside;
        var passOver = settled > 0 || brokersAnsweredSince.test(offeredAt);
        after = settled < batch.size() && passOver ? batch.getLast().sequence() : 0;
        return settled > 0 ? Duration.ZERO : FAILURE_PAUSE;
    }

    private void setAside(Spool.Spooled event) {
        LOG.error(
                "event {} is too large for the brokers and stays in the spool",
                event.envelope().id());
        doors.spool().setAside(event.sequence(), "too large for the brokers");
    }

    private void closeWhenBrokersAnswer() {
        if (doors.circuit().get() instanceof Circuit.Open open && brokersAnsweredSince.test(open.sinceNanos())) {
            close();
        }
    }

    private void close() {
        if (doors.circuit().get() instanceof Circuit.Open open
                && doors.circuit().compareAndSet(open, open.acknowledged())) {
            LOG.info("the brokers answer again: events go to Kafka, the spool drains");
        }
    }

    /** Waits for the end of something, or for the stop. */
    private void await(Future<?> something) {
        Promise<Void> promise = Promise.promise();
        awaited = promise;
        something.onComplete(unused -> promise.tryComplete());
        if (!stopping) {
            var unused = Future.await(promise.future());
        }
    }

    /** Deploys it on a virtual thread. */
    static Future<String> deploy(Vertx vertx, SpoolDrainLoop loop) {
        return vertx.deployVerticle(loop, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
    }
}
