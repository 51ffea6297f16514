package io.switchboard.projector.api.table;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.util.function.Supplier;

/** Several statements that see the tables at the same moment, so that what they count adds up. */
public final class Snapshot {
    private Snapshot() {}

    public static <T> Future<T> of(SqlConnection connection, Supplier<Future<T>> reads) {
        return connection
                .begin()
                .compose(transaction -> connection
                        .query("set transaction isolation level repeatable read, read only")
                        .execute()
                        .compose(begun -> reads.get())
                        .compose(
                                value -> transaction.commit().map(value),
                                failure -> ended(transaction).compose(rolledBack -> Future.failedFuture(failure))));
    }

    /** A transaction whose statement failed may be over already. */
    private static Future<Void> ended(Transaction transaction) {
        return transaction.rollback().otherwiseEmpty();
    }
}
