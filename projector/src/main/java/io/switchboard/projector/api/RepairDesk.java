package io.switchboard.projector.api;

import io.switchboard.projector.api.view.DeadLetter;
import io.switchboard.projector.api.view.DryRun;
import io.switchboard.projector.api.view.Receipt;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Answers what only the log can tell. A failed future means that it cannot tell now. */
public interface RepairDesk {
    /** Knows nothing. */
    RepairDesk NONE = new RepairDesk() {
        @Override
        public Future<Optional<byte[]>> payload(Receipt.Place place) {
            return Future.failedFuture("there is no log");
        }

        @Override
        public Future<DryRun> rehearse(List<DeadLetter> letters, long matched) {
            return Future.failedFuture("there is no log");
        }
    };

    /** The value of a record; empty when the log does not hold it any more. */
    Future<Optional<byte[]>> payload(Receipt.Place place);

    /**
     * What a replay would do now.
     *
     * @param letters those that are tried, of all that match
     */
    Future<DryRun> rehearse(List<DeadLetter> letters, long matched);
}
