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
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Dead letters by reason, the most frequent first. */
    public Future<List<DeadLetter.Group>> groups(
            SqlConnection connection, DeadLetterFilter filter, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append(
                        "select reason, count(*) as n, min(failed_at) as first, max(failed_at) as last from dead_letter")
                .append(" where " + conditions(statement, filter, account))
                .append(" group by reason order by n desc, reason")
                .run(connection)
                .map(rows -> all(rows)
                        .map(row -> new DeadLetter.Group(
                                row.getString("reason"),
                                row.getLong("n"),
                                Times.known(row, "first"),
                                Times.known(row, "last")))
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

    private String conditions(Statement statement, DeadLetterFilter filter, @Nullable String account) {
        var sql = new StringBuilder(statement.ofAccount(account));
        anyOf(statement, sql, "reason", filter.reasons());
        anyOf(statement, sql, "topic", withFullNames(filter.topics()));
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
                Times.known(row, "failed_at"));
    }
}
