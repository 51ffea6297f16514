package io.switchboard.projector.api.table;

import io.switchboard.projector.api.view.PipelineView.Known;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Reads what the tables know of the pipeline. */
public final class PipelineQueries {
    private PipelineQueries() {}

    /** Of all accounts. */
    public static Future<Known> known(SqlConnection connection) {
        var states = PollerQueries.states(connection, null);
        var letters = DeadLetterQueries.open(connection);
        var repair = JobQueries.openRepair(connection);
        return Future.all(states, letters, repair)
                .map(all -> new Known(
                        states.result(), letters.result(), repair.result().orElse(null)));
    }
}
