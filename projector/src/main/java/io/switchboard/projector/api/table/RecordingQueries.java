package io.switchboard.projector.api.table;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads where recordings are kept: what no answer ever shows. */
public final class RecordingQueries {
    private RecordingQueries() {}

    /**
     * A call and its recording.
     *
     * @param link where the provider keeps it; null when there is none
     */
    public record Kept(
            String account, String callId, @Nullable String link) {
        /** Without the link. */
        @Override
        public String toString() {
            return "Kept[" + account + ", " + callId + "]";
        }
    }

    public static Future<Optional<Kept>> find(SqlConnection connection, String callId, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append("select c.account, c.call_id, c.recording_uri from ("
                        + CallQueries.accounts(statement, account, "call")
                        + ") a join call c on c.account = a.account where c.call_id = " + statement.bind(callId)
                        + " order by c.recording_uri is null, c.started_at desc limit 1")
                .run(connection)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(RecordingQueries::read)
                        .findFirst());
    }

    private static Kept read(Row row) {
        return new Kept(row.getString("account"), row.getString("call_id"), row.getString("recording_uri"));
    }
}
