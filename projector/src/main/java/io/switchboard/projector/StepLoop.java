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
    private final Promise<Void> ended = Promise.promise();
    private volatile boolean stopping;

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
        stopping = true;
        return ended.future()
                .timeout(LAST_STEP.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private void run() {
        while (!stopping) {
            var rest = pause;
            try {
                step.run();
            } catch (RuntimeException e) { // the boundary of this loop
                LOG.error("A step failed for a reason nobody thought of; it is tried again", e);
                rest = AFTER_A_DEFECT;
            }
            sleep(rest);
        }
        ended.complete();
    }

    private void sleep(Duration rest) {
        if (!rest.isZero() && !stopping) {
            vertx.timer(rest.toMillis(), TimeUnit.MILLISECONDS).await();
        }
    }
}
