package io.switchboard.projector.projection;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Leg;
import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;

/** Table {@code call_leg}: a call's legs at positions from 0; and the change feed's rows for the extensions they are of. */
final class CallLegTable {
    /** What may have changed is fed: extensions that a leg has now, and those that it had; not of calls of days gone by. */
    private static final String UPSERT = """
            with n as materialized (
                select * from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                    $7::timestamptz[], $8::text[], $9::timestamptz[])
                    as n (account, call_id, position, extension, ringing_at, connected_at, ended_at, result, call_started_at)),
            before as (
                select l.account, l.extension, l.call_started_at
                from n join call_leg l using (account, call_id, position)
                where l.extension <> n.extension),
            put as (
                insert into call_leg as l
                    (account, call_id, position, extension, ringing_at, connected_at, ended_at, result, call_started_at)
                select * from n
                on conflict (account, call_id, position) do update set
                    extension = excluded.extension,
                    ringing_at = excluded.ringing_at,
                    connected_at = excluded.connected_at,
                    ended_at = excluded.ended_at,
                    result = excluded.result,
                    call_started_at = excluded.call_started_at
                where (l.extension, l.ringing_at, l.connected_at, l.ended_at, l.result, l.call_started_at)
                    is distinct from (excluded.extension, excluded.ringing_at, excluded.connected_at, excluded.ended_at,
                        excluded.result, excluded.call_started_at)
                returning l.account, l.extension, l.call_started_at),
            fed as (
                insert into change_feed (account, topic, key, version)
                select distinct account, 'agents', extension, 0
                from (table put union all table before) legs
                where call_started_at > now() - interval '1 day')
            select count(*) from put""";

    private static final String CUT = """
            with cut as (
                delete from call_leg l
                using unnest($1::text[], $2::text[], $3::int[]) as n (account, call_id, legs)
                where l.account = n.account and l.call_id = n.call_id and l.position >= n.legs
                returning l.account, l.extension, l.call_started_at),
            fed as (
                insert into change_feed (account, topic, key, version)
                select distinct account, 'agents', extension, 0 from cut
                where call_started_at > now() - interval '1 day')
            select count(*) from cut""";

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
                .map(CallLegTable::count);
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
                .map(CallLegTable::count);
    }

    private static int count(RowSet<io.vertx.sqlclient.Row> rows) {
        return rows.iterator().next().getInteger(0);
    }
}
