package io.switchboard.projector.api.table;

import io.switchboard.event.Resource;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads with the date of what was read. The date is read first and on the same connection, so that an answer never claims
 * to be newer than it is; both travel in one go.
 */
public final class DatedReads {
    // Complete is what is complete in every account: one that has not been read yet makes it unknown.
    private static final String FRESHNESS = """
            select max(last_received_at), (
                select case when bool_and(complete is not null) then min(complete) end
                from (
                    select max((value->>'complete_through')::timestamptz) filter (where entry = $2) as complete
                    from poller_state where $1::text is null or account = $1 group by account) accounts)
            from projection_position""";

    /** Longer than any statement may take: only a silent database gets here. */
    private static final int PATIENCE_SECONDS = 8;

    private final Pool pool;
    private final Resource resource;

    /** Reads of calls. */
    public DatedReads(Pool pool) {
        this(pool, Resource.CALLS);
    }

    private DatedReads(Pool pool, Resource resource) {
        this.pool = pool;
        this.resource = resource;
    }

    /** Reads of what another of the provider's lists brings. */
    public DatedReads of(Resource other) {
        return new DatedReads(pool, other);
    }

    /** What was read and how fresh it is. */
    public record Dated<T>(T value, Freshness freshness) {}

    /**
     * Reads, and says how far the provider's own records have been read.
     *
     * @param account the only account that is read; null for all
     */
    public <T> Future<Dated<T>> read(@Nullable String account, Function<SqlConnection, Future<T>> query) {
        return pool.withConnection(connection -> {
                    var freshness = connection
                            .preparedQuery(FRESHNESS)
                            .execute(Tuple.of(account, resource.word()))
                            .map(DatedReads::freshness);
                    var value = query.apply(connection);
                    return Future.all(freshness, value).map(both -> new Dated<>(value.result(), freshness.result()));
                })
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Freshness freshness(RowSet<Row> rows) {
        var row = rows.iterator().next();
        return new Freshness(Times.instant(row.getOffsetDateTime(0)), Times.instant(row.getOffsetDateTime(1)));
    }
}
