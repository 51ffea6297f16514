package io.switchboard.projector.repair;

import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** What becomes of rows of {@code dead_letter} that are open; those that a person settled meanwhile stay as they are. */
final class DeadLetterFates {
    private static final String APPLIED = """
            update dead_letter set resolved_at = now(), resolution = 'applied', resolved_by = $2
            where id = any($1) and resolved_at is null""";
    private static final String REFUSED = """
            update dead_letter set reason = $2, detail = left($3, 200), failed_at = now(), replays = replays + 1
            where id = $1 and resolved_at is null""";
    private static final String GONE =
            "update dead_letter set gone_at = coalesce(gone_at, now()) where id = $1 and resolved_at is null";

    private DeadLetterFates() {}

    static Future<Integer> applied(SqlClient client, List<Long> ids, String by) {
        return ids.isEmpty()
                ? Future.succeededFuture(0)
                : client.preparedQuery(APPLIED)
                        .execute(Tuple.of(ids.toArray(Long[]::new), by))
                        .map(RowSet::rowCount);
    }

    static Future<Integer> refused(SqlClient client, long id, String reason, String detail) {
        return client.preparedQuery(REFUSED)
                .execute(Tuple.of(id, reason, detail))
                .map(RowSet::rowCount);
    }

    static Future<Integer> gone(SqlClient client, long id) {
        return client.preparedQuery(GONE).execute(Tuple.of(id)).map(RowSet::rowCount);
    }
}
