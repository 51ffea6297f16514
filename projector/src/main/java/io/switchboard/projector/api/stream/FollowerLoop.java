package io.switchboard.projector.api.stream;

import io.switchboard.projector.api.query.StreamQuestion;
import io.switchboard.projector.api.stream.Subscriber.Batch;
import io.switchboard.projector.api.table.FeedQueries;
import io.switchboard.projector.api.table.FeedQueries.Head;
import io.switchboard.projector.api.table.FeedQueries.Page;
import io.switchboard.projector.api.table.FeedQueries.Scope;
import io.switchboard.projector.api.table.PipelineQueries;
import io.switchboard.projector.api.view.PipelineView;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the change feed for all subscribers of an instance: gives positions to what is committed, reads what is new, and
 * offers it. However many listen, a change is read once. It also looks at the pipeline once a second, and puts a change of
 * it into the feed. Runs on one event loop, a step after the other.
 */
final class FollowerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerLoop.class);
    private static final Scope EVERYTHING = new Scope(StreamQuestion.TOPICS, null);
    private static final Duration UNHEARD = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    private static final Duration PIPELINE_EVERY = Duration.ofSeconds(1);
    private static final int PATIENCE_SECONDS = 8;

    private final Vertx vertx;
    private final StreamSources sources;
    private final StreamLimits limits;
    private final Set<Subscriber> subscribers;
    private String pipeline = "";
    private boolean pipelineDue;
    private long lookedAt = System.nanoTime() - PIPELINE_EVERY.toNanos();
    private boolean failing;
    private volatile long position = -1;
    private volatile boolean closed;

    FollowerLoop(Vertx vertx, StreamSources sources, StreamLimits limits, Set<Subscriber> subscribers) {
        this.vertx = vertx;
        this.sources = sources;
        this.limits = limits;
        this.subscribers = subscribers;
    }

    void start() {
        Context context = vertx.getOrCreateContext();
        context.runOnContext(nothing -> run());
    }

    void close() {
        closed = true;
    }

    long position() {
        return position;
    }

    private void run() {
        if (closed) {
            return;
        }
        step().onComplete(done -> {
            var pause = subscribers.isEmpty() ? UNHEARD : limits.pollEvery();
            if (done.failed()) {
                pause = AFTER_A_FAILURE;
                if (!failing && !closed) {
                    LOG.warn(
                            "The stream waits for the database: {}",
                            done.cause().getClass().getName());
                }
            }
            failing = done.failed();
            vertx.setTimer(pause.toMillis(), again -> run());
        });
    }

    private Future<Void> step() {
        return lookAtPipeline()
                .compose(looked -> patiently(FeedQueries.head(sources.reads())))
                .compose(head -> pipelineDue || head.waiting() ? publish() : Future.succeededFuture(head))
                .compose(this::follow);
    }

    private Future<Head> publish() {
        return patiently(FeedQueries.publish(sources.writes(), pipelineDue)).map(published -> {
            pipelineDue &= !published.pipelineTold();
            return published.head();
        });
    }

    private Future<Void> follow(Head head) {
        // Nobody listens, it begins, or this is another database, or an older state of it. Who came meanwhile looks
        // itself.
        if (subscribers.isEmpty() || position < 0 || head.position() < position) {
            position = head.position();
            subscribers.forEach(Subscriber::recheck);
        }
        if (head.position() == position) {
            return Future.succeededFuture();
        }
        var read = sources.reads()
                .withConnection(connection -> FeedQueries.page(connection, position, EVERYTHING, ChangeStream.PAGE)
                        .compose(page -> Rendering.of(connection, page.changes(), sources)
                                .map(rendering -> new Read(page, rendering))));
        return patiently(read).map(this::offer).compose(end -> follow(new Head(Math.max(head.position(), end), false)));
    }

    private record Read(Page page, Rendering rendering) {}

    private long offer(Read read) {
        var page = read.page();
        var from = position;
        position = page.end();
        if (!page.continues(from)) { // pruned while the database was away
            position = page.head();
            subscribers.forEach(Subscriber::recheck);
            return position;
        }
        var frames = ChangeStream.audiences(subscribers).stream()
                .collect(Collectors.toMap(Function.identity(), read.rendering()::frames));
        var batch = new Batch(from, position, frames);
        subscribers.forEach(subscriber -> subscriber.offer(batch));
        return position;
    }

    /** It is due when it shows another picture than a second ago; times that merely pass are no change. */
    private Future<Void> lookAtPipeline() {
        if (System.nanoTime() - lookedAt < PIPELINE_EVERY.toNanos()) {
            return Future.succeededFuture();
        }
        lookedAt = System.nanoTime();
        return patiently(sources.reads().withConnection(PipelineQueries::known)).map(known -> {
            var picture = Json.encode(PipelineView.of(sources.stages().get(), known, Instant.EPOCH));
            pipelineDue |= !picture.equals(pipeline);
            pipeline = picture;
            return null;
        });
    }

    /** A connection that hangs must not hang the loop; what it brings later is not looked at. */
    private static <T> Future<T> patiently(Future<T> asked) {
        return asked.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
