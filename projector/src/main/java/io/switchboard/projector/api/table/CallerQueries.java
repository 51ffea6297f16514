package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.RangeQuestion;
import io.switchboard.projector.report.Callers;
import io.switchboard.projector.report.Callers.ByCalls;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;

/** Reads who called: each client once, in each account, however the number is written. */
public final class CallerQueries {
    private final Duration openCallTimeout;

    public CallerQueries(Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
    }

    public Future<Callers> read(SqlConnection connection, RangeQuestion question) {
        var statement = new Statement();
        var range = new RangeSelect(statement, question, openCallTimeout);
        var before = ClientNumber.firstCall("k", "r.started_at", "r.started_at < k.first_at");
        return statement
                .append("""
                        with client as (
                          select account, %s as client, min(client_digits) as client_digits, count(*) as calls,
                            min(started_at) as first_at
                          from (select c.* from %s) c group by 1, 2)
                        select coalesce(sum(calls) filter (where client is not null), 0)::bigint as calls,
                          coalesce(sum(calls) filter (where client is null), 0)::bigint as without_number,
                          count(*) filter (where client is not null and not exists (%s)) as first_time,
                          count(*) filter (where client is not null and calls = 1) as once,
                          count(*) filter (where client is not null and calls = 2) as twice,
                          count(*) filter (where client is not null and calls = 3) as three,
                          count(*) filter (where client is not null and calls between 4 and 5) as four_or_five,
                          count(*) filter (where client is not null and calls between 6 and 10) as six_to_ten,
                          count(*) filter (where client is not null and calls > 10) as more
                        from client k""".formatted(
                                ClientNumber.key("client_digits"), range.calls("c.direction = 'inbound'"), before))
                .run(connection)
                .map(rows -> read(rows.iterator().next()));
    }

    private static Callers read(Row row) {
        return new Callers(
                row.getLong("calls"),
                row.getLong("without_number"),
                row.getLong("first_time"),
                new ByCalls(
                        row.getLong("once"),
                        row.getLong("twice"),
                        row.getLong("three"),
                        row.getLong("four_or_five"),
                        row.getLong("six_to_ten"),
                        row.getLong("more")));
    }
}
