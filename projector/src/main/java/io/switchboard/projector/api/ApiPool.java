package io.switchboard.projector.api;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;

/**
 * The API's own connections to Postgres, apart from the projection's: bounded in number, in waiting requests and in the
 * time a statement may take, so that readers can never starve the writer or each other for long.
 */
public final class ApiPool {
    private static final int CONNECTIONS = 8;
    private static final int WRITING_CONNECTIONS = 4;
    private static final int WAITING = 128;
    private static final int PATIENCE_SECONDS = 3;
    private static final String STATEMENT_TIMEOUT = "5s";
    private static final int CACHED_STATEMENT_LENGTH = 16_384;

    private ApiPool() {}

    /** The few connections that write orders and the audit. */
    public static Pool forWriting(Vertx vertx, PgConnectOptions database) {
        var connect = new PgConnectOptions(database)
                .setCachePreparedStatements(true)
                .addProperty("application_name", "switchboard-api-orders")
                .addProperty("statement_timeout", STATEMENT_TIMEOUT)
                .addProperty("idle_in_transaction_session_timeout", STATEMENT_TIMEOUT);
        var pool = new PoolOptions()
                .setName("api-orders")
                .setMaxSize(WRITING_CONNECTIONS)
                .setMaxWaitQueueSize(WAITING)
                .setConnectionTimeout(PATIENCE_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool().with(pool).connectingTo(connect).using(vertx).build();
    }

    /** Connects when first asked, never earlier: Postgres may be away when the process starts. */
    public static Pool create(Vertx vertx, PgConnectOptions database) {
        var connect = new PgConnectOptions(database)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlLimit(CACHED_STATEMENT_LENGTH)
                .addProperty("application_name", "switchboard-api")
                .addProperty("default_transaction_read_only", "on")
                .addProperty("statement_timeout", STATEMENT_TIMEOUT)
                // Filters differ too much between two requests for one plan to fit both.
                .addProperty("plan_cache_mode", "force_custom_plan")
                // Compiling the two dozen aggregates of a report takes longer than reading it.
                .addProperty("jit", "off");
        var pool = new PoolOptions()
                .setName("api")
                .setMaxSize(CONNECTIONS)
                .setMaxWaitQueueSize(WAITING)
                .setConnectionTimeout(PATIENCE_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool().with(pool).connectingTo(connect).using(vertx).build();
    }
}
