package io.switchboard.projector.api.table;

import io.switchboard.event.EventId;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.DeadLetterFilter;
import io.switchboard.projector.api.view.DeadLetter;
import io.switchboard.projector.api.view.Receipt;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads dead letters. A caller bound to an account sees those of that account alone, none of unknown account. */
public final class DeadLetterQueries {
    private final String topicPrefix;

    /**
     * @param topicPrefix what a filter may leave out of a topic's name
     */
    public DeadLetterQueries(String topicPrefix) {
        this.topicPrefix = topicPrefix;
    }

    /**
     * A slice of the list.
     *
     * @param account the only account to read; null for all
     * @param after the row before the first one wanted
     */
    public record Slice(@Nullable String account, @Nullable Cursor after, int count) {}

    /** Dead letters, newest first. */
    public Future<List<DeadLetter>> list(SqlConnection connection, DeadLetterFilter filter, Slice slice) {
        var statement = new Statement();
        var conditions = conditions(statement, filter, slice.account());
        if (slice.after() != null) {
            conditions += " and id < " + statement.bind(slice.after().position());
        }
        return statement
                .append("select * from dead_letter where " + conditions + " order by id desc limit ")
                .append(statement.bind(slice.count()))
                .run(connection)
                .map(rows -> all(rows).map(DeadLetterQueries::read).toList());
    }

    /** Dead letters by reason, the most frequent first; the newest of each as a sample. */
    public Future<List<DeadLetter.Group>> groups(
            SqlConnection connection, DeadLetterFilter filter, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append(
                        "select g.n, g.first, g.last, g.topics, d.* from ("
                                + "select count(*) as n, min(failed_at) as first, max(failed_at) as last,"
                                + " array_agg(distinct topic order by topic) as topics, max(id) as sample from dead_letter where ")
                .append(conditions(statement, filter, account))
                .append(" group by reason) g join dead_letter d on d.id = g.sample order by g.n desc, d.reason")
                .run(connection)
                .map(rows -> all(rows)
                        .map(row -> new DeadLetter.Group(
                                row.getLong("n"),
                                Times.known(row, "first"),
                                Times.known(row, "last"),
                                List.of(row.getArrayOfStrings("topics")),
                                read(row)))
                        .toList());
    }

    public Future<Optional<DeadLetter>> find(SqlConnection connection, long id, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append("select * from dead_letter where id = " + statement.bind(id))
                .append(" and " + statement.ofAccount(account))
                .run(connection)
                .map(rows -> all(rows).map(DeadLetterQueries::read).findFirst());
    }

    /** How many there are by reason, and the highest id among them. */
    public Future<Matched> match(SqlConnection connection, DeadLetterFilter filter, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append("select reason, count(*) as n, max(id) as last from dead_letter where "
                        + conditions(statement, filter, account) + " group by reason order by n desc, reason")
                .run(connection)
                .map(rows -> {
                    var byReason = new LinkedHashMap<String, Long>();
                    var last = 0L;
                    for (var row : rows) {
                        byReason.put(row.getString("reason"), row.getLong("n"));
                        last = Math.max(last, row.getLong("last"));
                    }
                    return new Matched(byReason, last);
                });
    }

    /**
     * What a filter matches.
     *
     * @param lastId zero when there are none
     */
    public record Matched(Map<String, Long> byReason, long lastId) {
        public long count() {
            return byReason.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The next ones in the order of their ids: what a replay works through. */
    public Future<List<DeadLetter>> page(SqlConnection connection, DeadLetterFilter filter, Stretch stretch) {
        var statement = new Statement();
        return statement
                .append("select * from dead_letter where " + conditions(statement, filter, stretch.account()))
                .append(" and id > " + statement.bind(stretch.after()) + " and id <= " + statement.bind(stretch.upTo()))
                .append(" order by id limit " + statement.bind(stretch.count()))
                .run(connection)
                .map(rows -> all(rows).map(DeadLetterQueries::read).toList());
    }

    /**
     * A part of the matching ones.
     *
     * @param account the only account to read; null for all
     * @param upTo inclusive: what came later is not in it
     */
    public record Stretch(@Nullable String account, long after, long upTo, int count) {}

    /** Gives open ones up; answers how many. */
    public Future<Integer> discard(
            SqlConnection connection, DeadLetterFilter filter, @Nullable String account, String by) {
        var statement = new Statement();
        return statement
                .append("update dead_letter set resolved_at = now(), resolution = 'discarded', resolved_by = "
                        + statement.bind(by))
                .append(" where resolved_at is null and " + conditions(statement, filter, account))
                .run(connection)
                .map(RowSet::rowCount);
    }

    /** Those that wait for a person, by account; those of no account under the empty word. Counted up to 10,000. */
    public static Future<Map<String, DeadLetter.Open>> open(SqlConnection connection) {
        return new Statement()
                .append("select coalesce(account, '') as account, count(*) as n, min(failed_at) as oldest from"
                        + " (select account, failed_at from dead_letter where resolved_at is null"
                        + " order by id desc limit 10000) d group by 1")
                .run(connection)
                .map(rows -> {
                    var open = new TreeMap<String, DeadLetter.Open>();
                    rows.forEach(row -> open.put(
                            row.getString("account"),
                            new DeadLetter.Open(row.getLong("n"), Times.instant(row, "oldest"))));
                    return open;
                });
    }

    private String conditions(Statement statement, DeadLetterFilter filter, @Nullable String account) {
        var sql = new StringBuilder(statement.ofAccount(account));
        anyOf(statement, sql, "reason", filter.reasons());
        anyOf(statement, sql, "topic", withFullNames(filter.topics()));
        if (!filter.ids().isEmpty()) {
            sql.append(" and id = any(")
                    .append(statement.bind(filter.ids().toArray(Long[]::new)))
                    .append("::bigint[])");
        }
        if (filter.receivedAfter() != null) {
            sql.append(" and coalesce(received_at, failed_at) >= ").append(statement.bind(filter.receivedAfter()));
        }
        if (filter.receivedBefore() != null) {
            sql.append(" and coalesce(received_at, failed_at) < ").append(statement.bind(filter.receivedBefore()));
        }
        if (filter.statuses().equals(Set.of(DeadLetterFilter.OPEN))) {
            sql.append(" and resolved_at is null"); // what the index of open ones is for
        } else {
            anyOf(statement, sql, "coalesce(resolution, 'open')", filter.statuses());
        }
        return sql.toString();
    }

    private Set<String> withFullNames(Set<String> topics) {
        return topics.stream()
                .flatMap(topic -> Stream.of(topic, topicPrefix + topic))
                .collect(Collectors.toSet());
    }

    private static void anyOf(Statement statement, StringBuilder sql, String column, Set<String> values) {
        if (!values.isEmpty()) {
            sql.append(" and ")
                    .append(column)
                    .append(" = any(")
                    .append(statement.bind(values.toArray(String[]::new)))
                    .append("::text[])");
        }
    }

    private static Stream<Row> all(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static DeadLetter read(Row row) {
        var eventId = row.getUUID("event_id");
        return new DeadLetter(
                row.getLong("id"),
                row.getString("account"),
                new Receipt.Place(row.getString("topic"), row.getInteger("partition"), row.getLong("kafka_offset")),
                row.getString("record_key"),
                eventId == null ? null : EventId.of(eventId),
                row.getString("event_type"),
                row.getString("reason"),
                row.getString("detail"),
                Times.instant(row, "received_at"),
                Times.known(row, "failed_at"),
                new DeadLetter.Fate(
                        row.getString("resolution"),
                        Times.instant(row, "resolved_at"),
                        row.getString("resolved_by"),
                        row.getInteger("replays"),
                        Times.instant(row, "gone_at")));
    }
}
