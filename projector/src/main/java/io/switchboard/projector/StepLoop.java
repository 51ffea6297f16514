package io.switchboard.projector;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one step over and over on a virtual thread until it is undeployed. A defect in a step is logged and the loop goes
 * on a second later: a step starts from what it reads, not from what the last one left.
 */
final class StepLoop extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(StepLoop.class);
    private static final Duration AFTER_A_DEFECT = Duration.ofSeconds(1);
    private static final Duration LAST_STEP = Duration.ofSeconds(3);

    private final Runnable step;
    private final Duration pause;
    private final Promise<Void> stopping = Promise.promise();
    private final Promise<Void> ended = Promise.promise();

    private StepLoop(Runnable step, Duration pause) {
        this.step = step;
        this.pause = pause;
    }

    /** @param pause between two steps */
    static Future<String> deploy(Vertx vertx, Duration pause, Runnable step) {
        return vertx.deployVerticle(
                new StepLoop(step, pause), new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
    }

    @Override
    public Future<?> start() {
        context.runOnContext(nothing -> run());
        return Future.succeededFuture();
    }

    /** Lets the step in hand finish, but not for long. */
    @Override
    public Future<?> stop() {
        stopping.complete();
        return ended.future()
                .timeout(LAST_STEP.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private void run() {
        while (!isStopping()) {
            sleep(turn());
        }
        ended.complete();
    }

    /** One step; answers how long to rest. */
    private Duration turn() {
        try {
            step.run();
            return pause;
        } catch (Exception e) { // the boundary of this loop; an interrupt comes undeclared
            if (isStopping()) {
                return Duration.ZERO;
            }
            LOG.error("A step failed for a reason nobody thought of; it is tried again", e);
            return AFTER_A_DEFECT;
        }
    }

    private boolean isStopping() {
        return stopping.future().isComplete();
    }

    private void sleep(Duration rest) {
        if (!rest.isZero() && !isStopping()) {
            var timer = vertx.timer(rest.toMillis(), TimeUnit.MILLISECONDS);
            var unused = Future.any(timer, stopping.future()).await();
            if (!timer.isComplete()) {
                var cancelled = timer.cancel();
                assert cancelled;
            }
        }
    }
}
