package io.switchboard.projector.projection;

import io.switchboard.projector.projection.ProjectionStore.Applied;
import io.switchboard.projector.projection.ProjectionStore.Fatal;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Applies records in a transaction that is rolled back, and counts the rows that it changed: PostgreSQL's own counters of the
 * session, so that nothing has to be counted twice over. Owns one connection; used by one thread.
 */
public final class Rehearsal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CHANGED = """
            select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables
            where schemaname = current_schema() and n_tup_ins + n_tup_upd + n_tup_del > 0""";

    private final SqlConnection connection;
    private final Map<String, Long> changed = new TreeMap<>();
    private long refused;
    private long applied;

    private Rehearsal(SqlConnection connection) {
        this.connection = connection;
    }

    public static Rehearsal open(Vertx vertx, PgConnectOptions options) throws Exception {
        var connect = new PgConnectOptions(options)
                .addProperty("application_name", "switchboard-rehearsal")
                .addProperty("statement_timeout", Long.toString(PATIENCE.toMillis()))
                .addProperty("lock_timeout", "2000");
        return new Rehearsal(PgConnection.connect(vertx, connect).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Rows that would change, by table. */
    public Map<String, Long> changed() {
        return Map.copyOf(changed);
    }

    /** Records that would be refused. */
    public long refused() {
        return refused;
    }

    public long applied() {
        return applied;
    }

    /** Fails when Postgres cannot say now. */
    public void rehearse(List<Item> items) throws Exception {
        if (!items.isEmpty()) {
            rehearse(Batch.again(items));
        }
    }

    @Override
    public void close() {
        var unused = connection.close();
    }

    private void rehearse(Batch batch) throws Exception {
        var before = counters();
        ProjectionStore.Answer answer;
        try {
            answer = new BatchTransaction(connection, batch).write();
        } catch (RuntimeException e) { // as in the store
            answer = PostgresFailure.of(e);
        }
        if (answer instanceof Applied) {
            counters().forEach((table, rows) -> {
                var more = rows - before.getOrDefault(table, 0L);
                if (more > 0) {
                    changed.merge(table, more, Long::sum);
                }
            });
            applied += batch.size();
        }
        var unused = BatchTransaction.await(connection.query("rollback").execute());
        switch (answer) {
            case Applied ok -> {}
            case Fatal fatal
            when batch.size() > 1 -> {
                for (var half : batch.halves()) {
                    rehearse(half);
                }
            }
            case Fatal fatal -> refused++;
            case ProjectionStore.Failure failure -> throw new IllegalStateException(failure.toString());
        }
    }

    private Map<String, Long> counters() throws Exception {
        var counters = new HashMap<String, Long>();
        BatchTransaction.await(connection.query(CHANGED).execute())
                .forEach(row -> counters.put(row.getString(0), row.getLong(1)));
        return counters;
    }
}
