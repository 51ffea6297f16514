package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.view.ReadCall;
import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * All calls that pass a filter, newest first, from a cursor of Postgres: one statement, so one snapshot, however long the
 * reading takes. Each account is walked along its own index {@code call_newest_first} and they are merged, so that the
 * first rows come at once and nothing is sorted; a client's calls are few, and are looked up and sorted. Confined to its
 * connection.
 */
public final class ExportedCalls {
    private static final String BEGIN = "begin isolation level repeatable read, read only";

    /** A fraction next to none asks for the plan whose first rows come soonest; all of it for the cheapest. */
    private static final String PLAN_FOR = "select set_config('cursor_tuple_fraction', $1, true)";

    private static final String SOONEST = "0.000001";
    private static final String CHEAPEST = "1";
    private static final String ORDER = " order by c.started_at desc, c.call_id desc, c.account desc";

    private final @Nullable PreparedStatement fetch;

    private ExportedCalls(@Nullable PreparedStatement fetch) {
        this.fetch = fetch;
    }

    /**
     * Which calls.
     *
     * @param account the only account to read; null for all
     * @param now the server's clock: what silent calls are measured by
     * @param openCallTimeout the silence after which an open call is unknown
     */
    public record Wanted(CallFilter filter, @Nullable String account, Instant now, Duration openCallTimeout) {}

    /**
     * Begins; the transaction ends with the connection.
     *
     * @param batch how many calls are read at once
     */
    public static Future<ExportedCalls> open(SqlConnection connection, Wanted wanted, int batch) {
        return connection
                .query(BEGIN)
                .execute()
                .compose(begun -> accounts(connection, wanted.account()))
                .compose(accounts -> accounts.isEmpty()
                        ? Future.succeededFuture(new ExportedCalls(null))
                        : declare(connection, wanted, accounts)
                                .compose(declared -> connection.prepare("fetch forward " + batch + " from exported"))
                                .map(ExportedCalls::new));
    }

    /** The next calls; none when there are no more. */
    public Future<List<ReadCall>> next() {
        return fetch == null
                ? Future.succeededFuture(List.of())
                : fetch.query().execute().map(CallRows::readAll);
    }

    private static Future<?> declare(SqlConnection connection, Wanted wanted, List<String> accounts) {
        var statement = new Statement();
        var select = new CallSelect(statement, wanted.now(), wanted.openCallTimeout());
        var conditions = select.conditions(wanted.filter()) + legs(statement, wanted.filter());
        // Ordered here and again around: only so does the planner merge the accounts' indexes instead of sorting it
        // all.
        var calls = accounts.stream()
                .map(account -> "(select " + select.columns() + " from call c where c.account = "
                        + statement.bind(account) + "::text" + conditions + ORDER + ")")
                .collect(Collectors.joining(" union all "));
        return connection
                .preparedQuery(PLAN_FOR)
                .execute(Tuple.of(wanted.filter().clients().isEmpty() ? SOONEST : CHEAPEST))
                .compose(set -> statement
                        .append("declare exported no scroll cursor for ")
                        .append(CallSelect.withLegs("select * from (" + calls + ") c" + ORDER))
                        .append(ORDER.replace("c.", "p."))
                        .run(connection));
    }

    private static String legs(Statement statement, CallFilter filter) {
        return filter.extensions().isEmpty()
                ? ""
                : " and exists (select from call_leg where account = c.account and call_id = c.call_id"
                        + " and extension = any("
                        + statement.bind(filter.extensions().toArray(String[]::new))
                        + "::text[]))";
    }

    private static Future<List<String>> accounts(SqlConnection connection, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append(CallQueries.accounts(statement, account, "call"))
                .run(connection)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map((Row row) -> row.getString("account"))
                        .collect(Collectors.toCollection(ArrayList::new)));
    }
}
