package io.switchboard.projector.repair;

import io.switchboard.projector.projection.Batch;
import io.switchboard.projector.projection.Item;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.projector.projection.ProjectionStore;
import io.switchboard.projector.projection.ProjectionStore.Applied;
import io.switchboard.projector.projection.ProjectionStore.Conflict;
import io.switchboard.projector.projection.ProjectionStore.Fatal;
import io.switchboard.projector.projection.ProjectionStore.Retryable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies batches outside the order of the log, by the same transaction as live projection. Trouble of Postgres is waited out;
 * a batch that holds a record which can never be applied is halved until that stands alone.
 */
final class Reapplication {
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final ProjectionStore store;
    private final RepairRun run;

    Reapplication(ProjectionStore store, RepairRun run) {
        this.store = store;
        this.run = run;
    }

    /**
     * What became of a batch.
     *
     * @param fresh events that the tables did not know before
     * @param refused records that cannot be applied
     * @param unfolded calls that cannot be folded
     */
    record Outcome(int fresh, List<Refused> refused, int unfolded) {
        static final Outcome NOTHING = new Outcome(0, List.of(), 0);

        Outcome and(Outcome other) {
            var all = new ArrayList<>(refused);
            all.addAll(other.refused);
            return new Outcome(fresh + other.fresh, all, unfolded + other.unfolded);
        }
    }

    Outcome apply(Batch batch) {
        run.goOn();
        var answer = store.apply(batch);
        while (answer instanceof Retryable || answer instanceof Conflict) {
            run.rest(AGAIN);
            answer = store.apply(batch);
        }
        return switch (answer) {
            case Applied(var fresh, var disagreements) -> new Outcome(fresh.size(), batch.refusals(), 0);
            case Fatal fatal when batch.size() > 1 -> halves(batch);
            case Fatal fatal when batch.items().isEmpty() -> new Outcome(0, List.of(), 1);
            case Fatal fatal -> refused(batch.items().getFirst(), fatal);
            case Retryable away -> throw new IllegalStateException("was waited out");
            case Conflict conflict -> throw new IllegalStateException("no position moves");
        };
    }

    private Outcome halves(Batch batch) {
        var outcome = Outcome.NOTHING;
        for (var half : batch.halves()) {
            outcome = outcome.and(apply(half));
        }
        return outcome;
    }

    private Outcome refused(Item item, Fatal fatal) {
        if (item instanceof Refused) { // as a dead letter it cannot be written either: nothing is lost by leaving it
            return Outcome.NOTHING;
        }
        return apply(Batch.again(List.of(item.refused(fatal.reason(), fatal.detail()))));
    }
}
