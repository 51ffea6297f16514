package io.switchboard.projector.api.table;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads with the date of what was read. The date is read first and on the same connection, so that an answer never claims
 * to be newer than it is; both travel in one go.
 */
public final class DatedReads {
    private static final String AS_OF = "select max(last_received_at) from projection_position";

    // Complete is what is complete in every account: one that has not been read yet makes it unknown.
    private static final String FRESHNESS = """
            select max(last_received_at), (
                select case when bool_and(complete is not null) then min(complete) end
                from (
                    select max((value->>'complete_through')::timestamptz) filter (where entry = 'calls') as complete
                    from poller_state where $1::text is null or account = $1 group by account) accounts)
            from projection_position""";

    /** Longer than any statement may take: only a silent database gets here. */
    private static final int PATIENCE_SECONDS = 8;

    private final Pool pool;

    public DatedReads(Pool pool) {
        this.pool = pool;
    }

    /** What was read and how fresh it is. */
    public record Dated<T>(T value, Freshness freshness) {}

    public <T> Future<Dated<T>> read(Function<SqlConnection, Future<T>> query) {
        return pool.withConnection(connection -> {
                    var asOf = connection.query(AS_OF).execute().map(DatedReads::freshness);
                    var value = query.apply(connection);
                    return Future.all(asOf, value).map(both -> new Dated<>(value.result(), asOf.result()));
                })
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * The same, with how far the provider's own records of calls have been read.
     *
     * @param account the only account that is read; null for all
     */
    public <T> Future<Dated<T>> read(@Nullable String account, Function<SqlConnection, Future<T>> query) {
        return pool.withConnection(connection -> {
                    var freshness = connection
                            .preparedQuery(FRESHNESS)
                            .execute(Tuple.of(account))
                            .map(DatedReads::complete);
                    var value = query.apply(connection);
                    return Future.all(freshness, value).map(both -> new Dated<>(value.result(), freshness.result()));
                })
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Freshness complete(RowSet<Row> rows) {
        var row = rows.iterator().next();
        return new Freshness(Times.instant(row.getOffsetDateTime(0)), Times.instant(row.getOffsetDateTime(1)));
    }

    private static Freshness freshness(RowSet<Row> rows) {
        OffsetDateTime asOf = rows.iterator().next().getOffsetDateTime(0);
        return new Freshness(asOf == null ? null : asOf.toInstant(), null);
    }
}
