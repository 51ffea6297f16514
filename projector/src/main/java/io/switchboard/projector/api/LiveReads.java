package io.switchboard.projector.api;

import io.switchboard.projector.api.table.LiveQueries;
import io.switchboard.projector.api.view.LiveView.Snapshot;
import io.switchboard.projector.report.ServiceLevel.Terms;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads snapshots one after the other: each holds back the numbering of changes and a connection that writes, so that any
 * number of wallboards costs one of each. Who asks the same while it has not begun shares it; one that has begun is shared
 * with nobody, since it may be older than what who asks has seen. Safe for any thread.
 */
final class LiveReads {
    private static final int MOST_WAITING = 64;
    private static final int PATIENCE_SECONDS = 8;

    private final LiveQueries queries;
    private final InstantSource clock;
    private final Map<Question, Promise<Snapshot>> waiting = new LinkedHashMap<>();
    private boolean busy;

    LiveReads(LiveQueries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /** @param account the only account to read; null for all */
    record Question(@Nullable String account, Terms terms) {}

    /** Answers on the caller's event loop. */
    Future<Snapshot> read(Question question) {
        var context = Objects.requireNonNull(Vertx.currentContext(), "asked on an event loop");
        Future<Snapshot> shared;
        synchronized (this) {
            var there = waiting.get(question);
            if (there == null) {
                if (waiting.size() >= MOST_WAITING) {
                    return Future.failedFuture("too many wait");
                }
                there = Promise.promise();
                waiting.put(question, there);
            }
            shared = there.future();
        }
        next();
        return Future.fromCompletionStage(shared.toCompletionStage(), context)
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void next() {
        Question question;
        Promise<Snapshot> answer;
        synchronized (this) {
            if (busy || waiting.isEmpty()) {
                return;
            }
            busy = true;
            question = waiting.keySet().iterator().next();
            answer = Objects.requireNonNull(waiting.remove(question));
        }
        queries.read(question.account(), question.terms(), clock.instant())
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .onComplete(read -> {
                    synchronized (this) {
                        busy = false;
                    }
                    next();
                    answer.handle(read);
                });
    }
}
