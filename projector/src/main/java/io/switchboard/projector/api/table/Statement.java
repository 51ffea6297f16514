package io.switchboard.projector.api.table;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A statement under construction: its text and the values bound to it. Confined to one request. */
final class Statement {
    private final StringBuilder text = new StringBuilder();
    private final Tuple values = Tuple.tuple();

    /** Binds a value; returns its place, such as {@code $3}. */
    String bind(Object value) {
        var bound = value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
        return "$" + values.addValue(bound).size();
    }

    Statement append(String sql) {
        text.append(sql);
        return this;
    }

    Future<RowSet<Row>> run(SqlConnection connection) {
        return connection.preparedQuery(text.toString()).execute(values);
    }

    /** The condition that a row belongs to the account; true when all may be read. */
    String ofAccount(@Nullable String account) {
        return account == null ? "true" : "account = " + bind(account);
    }
}
