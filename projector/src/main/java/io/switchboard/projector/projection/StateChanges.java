package io.switchboard.projector.projection;

import io.switchboard.projector.projection.StateEntry.Forgotten;
import io.switchboard.projector.projection.StateEntry.Private;
import io.switchboard.projector.projection.StateEntry.Progress;
import io.switchboard.projector.projection.StateEntry.Report;
import io.switchboard.sync.Job;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/**
 * What a batch's records of {@code sync-state} come to: the last word under each key, and of each job the highest revision.
 * A job that the poller forgot stays: the table is its history.
 */
record StateChanges(List<Report> reports, List<Forgotten> forgotten, List<Job> jobs) {

    /** @param entries in the order of the log: an account's all stand in one partition */
    static StateChanges of(Collection<StateEntry> entries) {
        var last = new HashMap<String, StateEntry>();
        var jobs = new HashMap<String, Job>();
        for (var entry : entries) {
            switch (entry) {
                case Report report -> last.put(report.key().toString(), report);
                case Forgotten forgotten -> last.put(forgotten.key().toString(), forgotten);
                case Progress(var key, var job) ->
                    jobs.merge(key.toString(), job, (a, b) -> b.revision() > a.revision() ? b : a);
                case Private ignored -> {}
            }
        }
        var reports = new ArrayList<Report>();
        var forgotten = new ArrayList<Forgotten>();
        for (var entry : last.values()) {
            if (entry instanceof Report report) {
                reports.add(report);
            } else if (entry instanceof Forgotten gone) {
                forgotten.add(gone);
            }
        }
        return new StateChanges(reports, forgotten, List.copyOf(jobs.values()));
    }

    /** Starts the statements that the changes need. */
    List<Future<Integer>> write(SqlClient client) {
        var writes = new ArrayList<Future<Integer>>();
        if (!forgotten.isEmpty()) {
            writes.add(PollerStateTable.delete(client, forgotten));
        }
        if (!reports.isEmpty()) {
            writes.add(PollerStateTable.upsert(client, reports));
        }
        if (!jobs.isEmpty()) {
            writes.add(JobTable.upsert(client, jobs));
        }
        return writes;
    }
}
