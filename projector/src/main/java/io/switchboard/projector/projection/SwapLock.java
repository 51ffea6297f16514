package io.switchboard.projector.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * Keeps the exchange of tables apart from whoever writes them. Every transaction that writes a projected table takes it
 * shared, before it locks a row; the exchange takes it alone, so that nothing is underway and the tables stand exactly at
 * their positions. It is a lock for each schema: what a rebuild writes beside the live tables waits for nobody.
 */
public final class SwapLock {
    private static final long LOCK = 0x73776170L;
    private static final String SHARED = "select pg_advisory_xact_lock_shared(hashtextextended(current_schema(), $1))";
    private static final String ALONE = "select pg_advisory_xact_lock(hashtextextended(current_schema(), $1))";

    private SwapLock() {}

    /** For a transaction that writes. */
    public static Future<Integer> share(SqlClient client) {
        return client.preparedQuery(SHARED).execute(Tuple.of(LOCK)).map(RowSet::rowCount);
    }

    /** For the transaction that exchanges the tables: waits until nobody writes, and keeps all others from beginning. */
    public static Future<Integer> alone(SqlClient client) {
        return client.preparedQuery(ALONE).execute(Tuple.of(LOCK)).map(RowSet::rowCount);
    }
}
