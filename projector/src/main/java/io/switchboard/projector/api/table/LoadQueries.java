package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.LoadQuestion;
import io.switchboard.projector.api.query.LoadQuestion.Of;
import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.Load;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Sweeps over calls: the database goes through all starts, ends and beginnings of buckets in the order of time, counting up
 * and down.
 *
 * <pre>
 *   at the same instant:  ends (−1)  before  a bucket's beginning (0)  before  starts (+1)
 * </pre>
 *
 * So a call that begins as another ends is never at the same time with it, what goes on when a bucket begins is the first
 * count of that bucket, and nothing needs to be cut at the edges of buckets.
 */
public final class LoadQueries {
    private static final String SWEEP = """
            with span as materialized (
              select greatest(%1$s, %3$s) as began, least(%2$s, %4$s) as ended from %5$s),
            event as (
              select began as t, 1 as d, null::bigint as bucket from span where began < ended
              union all select ended, -1, null from span where began < ended
              union all select t, 0, bucket - 1 from unnest(%6$s::timestamptz[]) with ordinality b (t, bucket)),
            sweep as (
              select t, sum(d) over w as calls, max(bucket) over w as bucket, lead(t, 1, %4$s) over (order by t, d) as until
              from event window w as (order by t, d rows unbounded preceding))
            select bucket::int,
              max(array[calls, -(extract(epoch from t) * 1e6)::bigint]) as peak,
              sum(calls * (extract(epoch from until - t) * 1e6))::bigint as micros
            from sweep group by bucket order by bucket
            """;

    private final Duration openCallTimeout;

    public LoadQueries(Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
    }

    /** The load of every bucket, in their order. */
    public Future<List<Load>> read(SqlConnection connection, LoadQuestion question) {
        var statement = new Statement();
        var range = new RangeSelect(statement, question.calls(), openCallTimeout);
        var began = question.of() == Of.TALKING ? "c.answered_at" : "c.started_at";
        var starts = question.buckets().stream()
                .map(bucket -> bucket.start().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
        return statement
                .append(SWEEP.formatted(
                        began,
                        range.endOf("c.ended_at"),
                        range.from(),
                        range.to(),
                        range.callsReachingIn(began + " is not null"),
                        statement.bind(starts)))
                .run(connection)
                .map(rows -> read(rows, question.buckets()));
    }

    private static List<Load> read(RowSet<Row> rows, List<Bucket> buckets) {
        var loads = new ArrayList<Load>();
        rows.forEach(row -> {
            var bucket = buckets.get(row.getInteger("bucket"));
            var peak = row.getArrayOfLongs("peak");
            var at = Instant.EPOCH.plus(-peak[1], ChronoUnit.MICROS);
            loads.add(new Load(bucket, peak[0], peak[0] == 0 ? null : at, row.getLong("micros")));
        });
        return loads;
    }
}
