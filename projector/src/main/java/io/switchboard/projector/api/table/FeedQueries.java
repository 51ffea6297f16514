package io.switchboard.projector.api.table;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The change feed: gives committed changes their positions, and reads them in that order.
 *
 * <p>Writers add rows without a position, in any number of transactions at once, and never wait for each other. Positions
 * are given afterwards, by one transaction at a time: it takes the lock of {@code stream_head}, only then its snapshot, and
 * numbers what it sees. So a position appears when its transaction commits, and every later one appears later; there are no
 * holes. A reader that has read up to a position has missed nothing, however late a writer commits: what it writes gets a
 * greater position.
 */
public final class FeedQueries {
    /** The most changes that are numbered at once. */
    public static final int MOST_NUMBERED = 5_000;

    /** Of changes that are of every account. */
    public static final String EVERY_ACCOUNT = "";

    // LOCK takes no snapshot: the transaction's own is taken by the statement after it.
    private static final String ALONE = """
            set transaction isolation level repeatable read, read write;
            lock table stream_head in share row exclusive mode""";

    private static final String NUMBER = """
            with fresh as materialized (
                select seq, row_number() over (order by seq) as place
                from (select seq from change_feed where position is null order by seq limit %d) f),
            numbered as (
                update change_feed c set position = h.position + f.place
                from fresh f, stream_head h
                where c.seq = f.seq
                returning c.position),
            moved as (
                update stream_head set position = position + (select count(*) from numbered)
                where exists (select from fresh)
                returning position)
            select coalesce((select position from moved), (select position from stream_head)), (select count(*) from numbered)
            """.formatted(MOST_NUMBERED);

    private static final String PIPELINE = """
            with due as (
                update stream_head set pipeline_at = now()
                where pipeline_at is null or pipeline_at <= now() - interval '1 second'
                returning 1)
            insert into change_feed (account, topic, key, version) select '', 'pipeline', 'pipeline', 0 from due""";

    private static final String HEAD =
            "select position, exists (select from change_feed where position is null) from stream_head";

    private FeedQueries() {}

    /**
     * One change.
     *
     * @param topic {@code calls}, {@code agents} or {@code pipeline}
     * @param key a call's id or an extension
     * @param version of the call that the change wrote; 0 of everything else
     */
    public record Change(long position, String account, String topic, String key, int version) {}

    /**
     * The feed's end.
     *
     * @param position the last one given
     * @param waiting whether changes wait for theirs
     */
    public record Head(long position, boolean waiting) {}

    /**
     * What is asked of the feed.
     *
     * @param account the only account to read; null for all
     */
    public record Scope(Collection<String> topics, @Nullable String account) {}

    /**
     * A slice of the feed, as of one moment.
     *
     * @param head the last position given
     * @param oldest the first one that is kept; null of an empty feed
     * @param full whether there may be more up to the head
     */
    public record Page(
            List<Change> changes, long head, @Nullable Long oldest, boolean full) {
        /** Whether everything after a position can be told from here: nothing of it has been pruned, and it was given. */
        public boolean continues(long after) {
            return after == head || (after < head && oldest != null && oldest <= after + 1);
        }

        /** Up to where the reader of this page has everything. */
        public long end() {
            return full ? changes.getLast().position() : head;
        }
    }

    public static Future<Head> head(Pool pool) {
        return pool.query(HEAD).execute().map(rows -> {
            var row = rows.iterator().next();
            return new Head(row.getLong(0), row.getBoolean(1));
        });
    }

    /**
     * Numbers what is committed.
     *
     * @param pipeline whether the pipeline has changed: told once a second at most, by however many instances
     */
    public static Future<Published> publish(Pool writes, boolean pipeline) {
        return alone(writes, connection -> {
            var told = pipeline
                    ? connection.query(PIPELINE).execute().map(rows -> rows.rowCount() > 0)
                    : Future.succeededFuture(false);
            return told.compose(was -> number(connection).map(head -> new Published(head, was)));
        });
    }

    /**
     * What came of it.
     *
     * @param pipelineTold false when it was told less than a second ago: it is still to be told
     */
    public record Published(Head head, boolean pipelineTold) {}

    /**
     * Reads in a transaction that sees all changes up to the feed's end and none after it.
     *
     * @param read is handed the connection and the feed's end
     */
    public static <T> Future<T> snapshot(Pool writes, Snapshot<T> read) {
        return FeedQueries.<@Nullable T>alone(
                        writes,
                        connection -> number(connection)
                                .compose(head -> head.waiting()
                                        ? Future.<@Nullable T>succeededFuture(null)
                                        : read.read(connection, head.position()).<@Nullable T>map(value -> value)))
                .compose(value -> value == null ? snapshot(writes, read) : Future.succeededFuture(value));
    }

    /** Reads what a snapshot is asked for. */
    @FunctionalInterface
    public interface Snapshot<T> {
        Future<T> read(SqlConnection connection, long position);
    }

    /** The changes after a position, in their order. */
    public static Future<Page> page(SqlConnection connection, long after, Scope scope, int limit) {
        var statement = new Statement();
        var from = statement.bind(after);
        var topics = statement.bind(scope.topics().toArray(String[]::new));
        var accounts = scope.account() == null
                ? "true"
                : "account in ('" + EVERY_ACCOUNT + "', " + statement.bind(scope.account()) + ")";
        return statement
                .append("""
                        select h.position as head, (select min(position) from change_feed) as oldest, f.*
                        from stream_head h left join lateral (
                            select position, account, topic, key, version from change_feed
                            where position > %s and position <= h.position and topic = any(%s::text[]) and %s
                            order by position limit %s) f on true
                        order by f.position
                        """.formatted(from, topics, accounts, statement.bind(limit)))
                .run(connection)
                .map(rows -> page(rows, limit));
    }

    private static Page page(RowSet<Row> rows, int limit) {
        var changes = new ArrayList<Change>();
        var head = 0L;
        Long oldest = null;
        for (var row : rows) {
            head = row.getLong(0);
            oldest = row.getLong(1);
            if (row.getLong(2) != null) {
                changes.add(new Change(
                        row.getLong(2), row.getString(3), row.getString(4), row.getString(5), row.getInteger(6)));
            }
        }
        return new Page(List.copyOf(changes), head, oldest, changes.size() == limit);
    }

    private static Future<Head> number(SqlConnection connection) {
        return connection.preparedQuery(NUMBER).execute(Tuple.tuple()).map(rows -> {
            var row = rows.iterator().next();
            return new Head(row.getLong(0), row.getLong(1) == MOST_NUMBERED);
        });
    }

    private static <T extends @Nullable Object> Future<T> alone(Pool writes, Function<SqlConnection, Future<T>> work) {
        return writes.withTransaction(
                connection -> connection.query(ALONE).execute().compose(locked -> work.apply(connection)));
    }
}
