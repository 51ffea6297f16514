package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.AuditFilter;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.view.Audited;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the audit. */
public final class AuditQueries {
    /** Ties of the list's cursor: the id. */
    public static final int TIES = 1;

    private AuditQueries() {}

    /**
     * Which slice of it.
     *
     * @param account the only account whose entries are read; null for all, those of no account too
     * @param after the entry before the first one wanted
     */
    public record Slice(@Nullable String account, @Nullable Cursor after, int count) {}

    /** Entries, newest first. */
    public static Future<List<Audited>> list(SqlConnection connection, AuditFilter filter, Slice slice) {
        var statement = new Statement();
        var sql = new StringBuilder("select * from audit_entry where ").append(statement.ofAccount(slice.account()));
        anyOf(statement, sql, "principal", filter.actors());
        anyOf(statement, sql, "action", filter.actions());
        anyOf(statement, sql, "outcome", filter.outcomes());
        Optional.ofNullable(filter.after())
                .ifPresent(after -> sql.append(" and at >= ").append(statement.bind(after)));
        Optional.ofNullable(filter.before())
                .ifPresent(before -> sql.append(" and at < ").append(statement.bind(before)));
        var from = slice.after();
        if (from != null) {
            sql.append(" and (at, id) < (%s, %s)"
                    .formatted(
                            statement.bind(Instant.EPOCH.plus(from.position(), ChronoUnit.MICROS)),
                            statement.bind(id(from.ties().getFirst()))));
        }
        return statement
                .append(sql + " order by at desc, id desc limit " + statement.bind(slice.count()))
                .run(connection)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AuditQueries::read)
                        .toList());
    }

    /** Where the page after an entry begins. */
    public static Cursor cursor(long list, Audited entry) {
        return new Cursor(
                list, ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()), List.of(Long.toString(entry.id())));
    }

    // A forged cursor may hold anything: what is no id comes before all of them.
    private static long id(String tie) {
        return tie.matches("\\d{1,18}") ? Long.parseLong(tie) : 0;
    }

    private static void anyOf(Statement statement, StringBuilder sql, String column, Set<String> values) {
        if (!values.isEmpty()) {
            sql.append(" and ").append(column).append(" = any(");
            sql.append(statement.bind(values.toArray(String[]::new))).append("::text[])");
        }
    }

    private static Audited read(Row row) {
        return new Audited(
                row.getLong("id"),
                Times.known(row, "at"),
                row.getString("principal"),
                row.getString("role"),
                row.getString("account"),
                row.getString("action"),
                row.getString("target"),
                row.getString("outcome"),
                row.getLong("rows"),
                row.getString("request_id"));
    }
}
