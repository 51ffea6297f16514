package io.switchboard.projector.projection;

import io.switchboard.projector.projection.StateEntry.Forgotten;
import io.switchboard.projector.projection.StateEntry.Report;
import io.switchboard.sync.StateKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/** Table {@code poller_state}: the newest report under each key; a key that the poller forgot has no row. */
final class PollerStateTable {
    private static final String UPSERT = """
            insert into poller_state (account, entry, value, reported_at)
            select account, entry, value::jsonb, reported_at
            from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as n (account, entry, value, reported_at)
            order by account, entry
            on conflict (account, entry) do update set value = excluded.value, reported_at = excluded.reported_at""";

    private static final String DELETE = """
            delete from poller_state p using unnest($1::text[], $2::text[]) as n (account, entry)
            where p.account = n.account and p.entry = n.entry""";

    private PollerStateTable() {}

    static Future<Integer> upsert(SqlClient client, List<Report> reports) {
        return client.preparedQuery(UPSERT)
                .execute(new Columns<>(reports)
                        .text(report -> PlainText.of(report.key().account()))
                        .text(report -> report.key().entry())
                        .text(Report::json)
                        .time(Report::reportedAt)
                        .tuple())
                .map(RowSet::rowCount);
    }

    static Future<Integer> delete(SqlClient client, List<Forgotten> forgotten) {
        return client.preparedQuery(DELETE)
                .execute(new Columns<>(forgotten.stream().map(Forgotten::key).toList())
                        .text(key -> PlainText.of(key.account()))
                        .text(PollerStateTable::entry)
                        .tuple())
                .map(RowSet::rowCount);
    }

    private static String entry(StateKey key) {
        return PlainText.of(key.entry());
    }
}
