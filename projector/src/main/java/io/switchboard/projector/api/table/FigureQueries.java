package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.ReportQuestion;
import io.switchboard.projector.report.Figures;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the numbers of reports are read. */
public interface FigureQueries {
    /** The figures of every bucket and group that has calls, in the order of the buckets. */
    Future<List<GroupFigures>> read(SqlConnection connection, ReportQuestion question);

    /** What the answer to a question is computed from, as answers name it: {@code rows} or {@code hours}. */
    default String source(ReportQuestion question) {
        return "rows";
    }

    /**
     * The figures of one group in one bucket.
     *
     * @param bucket its place among the question's buckets
     * @param group null where nothing is grouped, and for calls that have no such value
     */
    record GroupFigures(int bucket, @Nullable String group, Figures figures) {}
}
