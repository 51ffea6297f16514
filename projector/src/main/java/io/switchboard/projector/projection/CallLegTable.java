package io.switchboard.projector.projection;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Leg;
import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;

/** Table {@code call_leg}: a call's legs at positions from 0. */
final class CallLegTable {
    private static final String UPSERT = """
            insert into call_leg as l
                (account, call_id, position, extension, ringing_at, connected_at, ended_at, result, call_started_at)
            select * from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                $7::timestamptz[], $8::text[], $9::timestamptz[])
            on conflict (account, call_id, position) do update set
                extension = excluded.extension,
                ringing_at = excluded.ringing_at,
                connected_at = excluded.connected_at,
                ended_at = excluded.ended_at,
                result = excluded.result,
                call_started_at = excluded.call_started_at
            where (l.extension, l.ringing_at, l.connected_at, l.ended_at, l.result, l.call_started_at)
                is distinct from (excluded.extension, excluded.ringing_at, excluded.connected_at, excluded.ended_at,
                    excluded.result, excluded.call_started_at)""";

    private static final String CUT = """
            delete from call_leg l
            using unnest($1::text[], $2::text[], $3::int[]) as n (account, call_id, legs)
            where l.account = n.account and l.call_id = n.call_id and l.position >= n.legs""";

    private record Row(Call call, int position, Leg leg) {}

    private CallLegTable() {}

    /** Writes the legs that differ. */
    static Future<Integer> upsert(SqlClient client, List<Call> calls) {
        var rows = new ArrayList<Row>();
        for (var call : calls) {
            for (var i = 0; i < call.legs().size(); i++) {
                rows.add(new Row(call, i, call.legs().get(i)));
            }
        }
        if (rows.isEmpty()) {
            return Future.succeededFuture(0);
        }
        return client.preparedQuery(UPSERT)
                .execute(new Columns<>(rows)
                        .text(row -> row.call().account())
                        .text(row -> row.call().id())
                        .integer(Row::position)
                        .text(row -> row.leg().extension())
                        .time(row -> row.leg().ringingAt())
                        .time(row -> row.leg().connectedAt())
                        .time(row -> row.leg().endedAt())
                        .text(row -> Call.word(row.leg().result()))
                        .time(row -> row.call().startedAt())
                        .tuple())
                .map(RowSet::rowCount);
    }

    /** Removes the legs beyond those that the calls have now. */
    static Future<Integer> cut(SqlClient client, List<Call> calls) {
        if (calls.isEmpty()) {
            return Future.succeededFuture(0);
        }
        return client.preparedQuery(CUT)
                .execute(new Columns<>(calls)
                        .text(Call::account)
                        .text(Call::id)
                        .integer(call -> call.legs().size())
                        .tuple())
                .map(RowSet::rowCount);
    }
}
