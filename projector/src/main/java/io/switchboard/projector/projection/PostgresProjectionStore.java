package io.switchboard.projector.projection;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The read tables in Postgres; what one transaction does is in {@link BatchTransaction}.
 *
 * <p>It owns one connection and throws it away after any failure: a connection is cheaper than a doubt about its state, and
 * a pool would hand out the one that hangs. Used by one thread.
 */
public final class PostgresProjectionStore implements ProjectionStore {
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final int STATEMENTS_CACHED = 64;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final ProjectionMetrics metrics;
    private @Nullable SqlConnection connection;

    public PostgresProjectionStore(Vertx vertx, PgConnectOptions options, ProjectionMetrics metrics) {
        this.vertx = vertx;
        this.options = forWriting(options);
        this.metrics = metrics;
    }

    /** The tables of another schema: statements find there what it has, and the rest in the schemas after it. */
    public static PostgresProjectionStore ofSchema(
            Vertx vertx, PgConnectOptions options, ProjectionMetrics metrics, String schemas) {
        return new PostgresProjectionStore(
                vertx, new PgConnectOptions(options).addProperty("search_path", schemas), metrics);
    }

    @Override
    public Answer apply(Batch batch) {
        var begun = System.nanoTime();
        try {
            var answer = new BatchTransaction(connected(), batch).run();
            if (answer instanceof Failure) {
                drop();
            } else {
                metrics.batch(Duration.ofNanos(System.nanoTime() - begun));
            }
            return answer;
        } catch (Exception e) { // the boundary of the database: every failure is classified once, here
            drop();
            return PostgresFailure.of(e);
        }
    }

    @Override
    public PositionsAnswer positions(Map<TopicPartition, Long> absent) {
        try {
            var client = connected();
            var created = PositionTable.create(client, absent);
            var loaded = PositionTable.load(client, absent);
            return new Positions(BatchTransaction.await(created.compose(rows -> loaded)));
        } catch (Exception e) { // as above
            drop();
            return PostgresFailure.of(e);
        }
    }

    @Override
    public PositionsAnswer rewind(TopicPartition partition, long seen, long offset) {
        try {
            var moved = BatchTransaction.await(PositionTable.rewind(connected(), partition, seen, offset));
            return moved ? new Positions(Map.of(partition, offset)) : new Conflict();
        } catch (Exception e) { // as above
            drop();
            return PostgresFailure.of(e);
        }
    }

    /** Closes the connection; Postgres rolls back what is in the air. */
    public void close() {
        drop();
    }

    private SqlConnection connected() throws Exception {
        var open = connection;
        if (open == null) {
            open = PgConnection.connect(vertx, options).await(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            connection = open;
        }
        return open;
    }

    private void drop() {
        var open = connection;
        connection = null;
        if (open != null) {
            var unused = open.close(); // what it says does not matter: the connection is not used again
        }
    }

    /**
     * The planner's freedom is taken away: every statement reaches its rows by key, but while the tables grow from nothing
     * a cached plan made for a small table would go on scanning the big one.
     */
    private static PgConnectOptions forWriting(PgConnectOptions options) {
        return new PgConnectOptions(options)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(STATEMENTS_CACHED)
                .setPreparedStatementCacheSqlFilter(sql -> true)
                .addProperty("application_name", "switchboard-projector")
                .addProperty("statement_timeout", Long.toString(STATEMENT_TIMEOUT.toMillis()))
                .addProperty("lock_timeout", Long.toString(LOCK_TIMEOUT.toMillis()))
                .addProperty("idle_in_transaction_session_timeout", Long.toString(STATEMENT_TIMEOUT.toMillis()))
                .addProperty("synchronous_commit", "on")
                .addProperty("enable_seqscan", "off")
                .addProperty("enable_hashjoin", "off")
                .addProperty("enable_mergejoin", "off")
                .addProperty("jit", "off");
    }
}
