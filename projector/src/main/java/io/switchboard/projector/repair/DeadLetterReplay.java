package io.switchboard.projector.repair;

import io.switchboard.projector.api.table.DeadLetterQueries;
import io.switchboard.projector.api.table.DeadLetterQueries.Stretch;
import io.switchboard.projector.api.view.DeadLetter;
import io.switchboard.projector.projection.Batch;
import io.switchboard.projector.projection.Item;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.projector.projection.ProjectionStore;
import io.switchboard.projector.projection.RecordDecoder;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Dead letters once more through the projection: each record is read again at its place in the log. What is applied is
 * settled; what is refused again stays open with its new reason; what the log does not hold any more says so. The state is
 * the last id that was worked on.
 */
final class DeadLetterReplay {
    private static final int PAGE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LAST = "last_id";

    private final Pool pool;
    private final DeadLetterQueries queries;
    private final OriginalRecords originals;
    private final Reapplication reapplication;
    private final RepairRun run;
    private final Pace pace;

    DeadLetterReplay(Pool pool, OriginalRecords originals, ProjectionStore store, RepairRun run, Pace pace) {
        this.pool = pool;
        this.queries = originals.queries();
        this.originals = originals;
        this.reapplication = new Reapplication(store, run);
        this.run = run;
        this.pace = pace;
    }

    void replay() {
        var order = DeadLetterOrder.of(run.work());
        if (run.counted("matched") == 0) {
            run.count("matched", order.matched());
            run.steps(0, order.matched());
        }
        while (true) {
            var begun = System.nanoTime();
            var stretch = new Stretch(order.account(), run.state().getLong(LAST, 0L), order.upTo(), PAGE);
            var letters = await(pool.withConnection(connection -> queries.page(connection, order.filter(), stretch)));
            if (letters.isEmpty()) {
                run.say(said());
                return;
            }
            work(letters);
            run.state().put(LAST, letters.getLast().id());
            run.stepped(letters.size());
            pace.after(Duration.ofNanos(System.nanoTime() - begun), run);
        }
    }

    private void work(List<DeadLetter> letters) {
        var found = originals.of(letters);
        var applied = new ArrayList<Long>();
        for (var letter : letters) {
            run.goOn();
            var item = found.get(letter.id());
            if (item == null) {
                run.count("gone", 1);
                var unused = await(DeadLetterFates.gone(pool, letter.id()));
            } else if (isRefused(letter.id(), item)) {
                run.count("refused", 1);
            } else {
                applied.add(letter.id());
            }
        }
        run.count("applied", applied.size());
        var unused = await(DeadLetterFates.applied(pool, applied, run.claimed().requestedBy()));
    }

    /** Applies it alone: there are few, and each has a fate of its own. */
    private boolean isRefused(long id, Item item) {
        if (item instanceof Refused again) {
            return refusedAgain(id, again);
        }
        if (item instanceof Item.State) {
            return refusedAgain(id, RecordDecoder.overtaken(item));
        }
        var outcome = reapplication.apply(Batch.again(List.of(item)));
        if (outcome.refused().isEmpty()) {
            return false;
        }
        return refusedAgain(id, outcome.refused().getFirst());
    }

    private boolean refusedAgain(long id, Refused again) {
        var unused = await(DeadLetterFates.refused(pool, id, again.reason().word(), again.detail()));
        return true;
    }

    private String said() {
        return run.counted("applied") + " applied, " + run.counted("refused") + " refused again, " + run.counted("gone")
                + " not in the log any more.";
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Postgres does not answer", e);
        }
    }
}
