package io.switchboard.projector;

import io.switchboard.projector.projection.ProjectionMetrics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What is done now and then: the change feed keeps its last hour and its last 100,000 rows; dead letters are counted; old
 * idempotency keys and old entries of the audit are forgotten.
 */
final class UpkeepLoop {
    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** What has no position yet is never pruned: readers would not notice. */
    private static final String PRUNE = """
            delete from change_feed
            where seq in (
                select seq from change_feed
                where position <= (select position - 100000 from stream_head)
                    and changed_at < now() - interval '1 hour'
                order by position
                limit 20000)""";

    private static final String COUNT =
            "select count(*) from (select 1 from dead_letter where resolved_at is null limit 10000) some";

    private static final String FORGET_KEYS = """
            delete from idempotency_key
            where ctid in (
                select ctid from idempotency_key where made_at < now() - interval '2 days' limit 20000)""";

    private static final String FORGET_AUDIT = """
            delete from audit_entry
            where id in (
                select id from audit_entry where at < now() - $1 * interval '1 day' order by at, id limit 20000)""";

    private final Pool pool;
    private final ProjectionMetrics metrics;
    private final int auditDays;

    /** @param auditDays how long the audit is kept */
    UpkeepLoop(Pool pool, ProjectionMetrics metrics, int auditDays) {
        this.auditDays = auditDays;
        this.pool = pool;
        this.metrics = metrics;
    }

    void step() {
        var counted = pool.query(COUNT)
                .execute()
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(
                        rows -> metrics.deadLettersOpen(rows.iterator().next().getLong(0)));
        var pruned = pool.query(PRUNE).execute().timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        var forgotten = pool.query(FORGET_KEYS).execute().timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        var audited = pool.preparedQuery(FORGET_AUDIT)
                .execute(Tuple.of((double) auditDays))
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        // Postgres being away is told by others; it is done next time.
        var done = Future.join(counted, pruned, forgotten, audited)
                .transform(any -> Future.succeededFuture())
                .await();
        assert done == null;
    }
}
