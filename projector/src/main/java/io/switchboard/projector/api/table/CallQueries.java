package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.view.ReadCall;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads calls.
 *
 * <p>A list is read per account, each from its own end of the index that {@link CallLead} names, and merged: so a page costs
 * the same whatever the history and however many accounts there are.
 */
public final class CallQueries {
    private static final String CALL = "call";

    private final Duration openCallTimeout;

    public CallQueries(Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
    }

    /**
     * A slice of a list.
     *
     * @param account the only account to read; null for all
     * @param after the call before the first one wanted
     * @param count the most calls
     */
    public record Slice(@Nullable String account, @Nullable CallKey after, int count) {}

    /** Calls, newest first. */
    public Future<List<ReadCall>> list(SqlConnection connection, CallFilter filter, Slice slice, Instant now) {
        var statement = new Statement();
        var select = new CallSelect(statement, now, openCallTimeout);
        var count = statement.bind(slice.count());
        var after = after(statement, slice.after());
        var lead = CallLead.of(filter);
        var each = switch (lead) {
            case EXTENSION -> byExtension(select, filter, after);
            case NUMBER, KIND -> byKind(statement, select, filter, after, count);
            case CLIENT, LONG, START -> byStart(statement, select, filter, after);
        };
        var led = lead == CallLead.EXTENSION;
        var page = """
                select %s f.* from (%s) a %s cross join lateral (%s limit %s) f
                order by started_at desc, call_id desc, account desc limit %s
                """.formatted(
                        led ? "distinct on (started_at, call_id, account)" : "",
                        accounts(statement, slice.account(), CALL),
                        led ? "cross join unnest(" + extensions(statement, filter) + ") e(extension)" : "",
                        each,
                        count,
                        count);
        return statement
                .append(CallSelect.withLegs(page))
                .append(" order by p.started_at desc, p.call_id desc, p.account desc")
                .run(connection)
                .map(CallRows::readAll);
    }

    /** One call. */
    public Future<Optional<ReadCall>> find(SqlConnection connection, String id, @Nullable String account, Instant now) {
        var statement = new Statement();
        var select = new CallSelect(statement, now, openCallTimeout);
        var call = "select " + select.columns() + " from (" + accounts(statement, account, CALL)
                + ") a join call c on c.account = a.account where c.call_id = " + statement.bind(id)
                + " order by c.started_at desc limit 1";
        return statement
                .append(CallSelect.withLegs(call))
                .run(connection)
                .map(rows -> CallRows.readAll(rows).stream().findFirst());
    }

    /** A call of an account. */
    public record Id(String account, String callId) {}

    /** The calls named, in no order; those that do not exist are left out. */
    public Future<List<ReadCall>> of(SqlConnection connection, Collection<Id> ids, Instant now) {
        var statement = new Statement();
        var select = new CallSelect(statement, now, openCallTimeout);
        var accounts = statement.bind(ids.stream().map(Id::account).toArray(String[]::new));
        var calls = statement.bind(ids.stream().map(Id::callId).toArray(String[]::new));
        var page =
                "select %s from unnest(%s::text[], %s::text[]) as n (account, call_id) join call c using (account, call_id)"
                        .formatted(select.columns(), accounts, calls);
        return statement.append(CallSelect.withLegs(page)).run(connection).map(CallRows::readAll);
    }

    /**
     * The accounts to read: the one the caller is bound to, or every account of the table, found by hopping along an index
     * that begins with it.
     */
    static String accounts(Statement statement, @Nullable String account, String table) {
        if (account != null) {
            return "select " + statement.bind(account) + "::text as account";
        }
        return DistinctValues.of(table, "account", "true");
    }

    /** A condition on {@code (started_at, call_id, account)} of the table or list named, false up to the key. */
    private static UnaryOperator<String> after(Statement statement, @Nullable CallKey key) {
        if (key == null) {
            return columns -> "true";
        }
        var time = statement.bind(key.startedAt());
        var id = statement.bind(key.callId());
        var account = statement.bind(key.account());
        // The first comparison is the one an index can follow; the second decides between accounts.
        return columns -> "(%s) <= (%s, %s) and (%s, a.account) < (%s, %s, %s)"
                .formatted(columns, time, id, columns, time, id, account);
    }

    private static String byStart(
            Statement statement, CallSelect select, CallFilter filter, UnaryOperator<String> after) {
        // A client's calls are few: sorting them beats walking all calls, which a limit would otherwise talk the
        // planner
        // into. The added nothing keeps it from using the order of the index.
        var order = filter.clients().isEmpty() ? "c.started_at" : "c.started_at + interval '0'";
        return "select " + select.columns() + " from call c where c.account = a.account and "
                + after.apply("c.started_at, c.call_id") + legs(statement, filter) + select.conditions(filter)
                + longOnes(filter) + " order by " + order + " desc, c.call_id desc";
    }

    /** Says in so many words what the index of long calls says of itself, which a bound value does not. */
    private static String longOnes(CallFilter filter) {
        if (CallLead.of(filter) != CallLead.LONG || filter.minTalkSeconds() == null) {
            return "";
        }
        var veryLong = filter.minTalkSeconds().compareTo(CallLead.VERY_LONG_SECONDS) >= 0;
        return " and c.talk_seconds >= " + (veryLong ? CallLead.VERY_LONG_SECONDS : CallLead.LONG_SECONDS);
    }

    private static String legs(Statement statement, CallFilter filter) {
        return filter.extensions().isEmpty()
                ? ""
                : " and exists (select from call_leg where account = c.account and call_id = c.call_id and extension = any("
                        + extensions(statement, filter) + "))";
    }

    // Each kind, of each number where numbers are asked for, from its own end of its index; only the keys, which mostly
    // needs no look at the rows. The rows of the page come last.
    private static String byKind(
            Statement statement, CallSelect select, CallFilter filter, UnaryOperator<String> after, String count) {
        var ofNumber = filter.numbers().isEmpty() ? "" : " and business_number = n.business_number";
        var numbers = filter.numbers().isEmpty()
                ? ""
                : "(select * from (" + DistinctValues.of(CALL, "business_number", "account = a.account")
                        + ") d where true" + CallSelect.numbers(statement, "d.business_number", filter)
                        + ") n cross join lateral";
        var rest = CallKinds.rest(filter);
        return """
                select %1$s from (
                  select key.* from %2$s (%3$s and kind ~ %4$s) k cross join lateral (
                    select c.started_at, c.call_id from call c
                    where c.account = a.account and c.kind = k.kind%5$s and %6$s%7$s%8$s
                    order by c.started_at desc, c.call_id desc limit %9$s) key
                  order by key.started_at desc, key.call_id desc limit %9$s) p
                join call c on c.account = a.account and c.call_id = p.call_id
                order by p.started_at desc, p.call_id desc
                """.formatted(
                        select.columns(),
                        numbers,
                        DistinctValues.of(CALL, "kind", "account = a.account" + ofNumber),
                        statement.bind(CallKinds.pattern(filter)),
                        ofNumber.replace(" business_number", " c.business_number"),
                        after.apply("c.started_at, c.call_id"),
                        legs(statement, filter),
                        select.conditions(ofNumber.isEmpty() ? rest : CallKinds.withoutNumbers(rest)),
                        count);
    }

    // Each extension from its own end of its index; a call in which it has several legs comes once.
    private static String byExtension(CallSelect select, CallFilter filter, UnaryOperator<String> after) {
        return """
                select %s from (
                  select distinct call_started_at, call_id from call_leg
                  where account = a.account and extension = e.extension and %s
                  order by call_started_at desc, call_id desc) l
                join call c on c.account = a.account and c.call_id = l.call_id
                where true %s order by l.call_started_at desc, l.call_id desc
                """.formatted(select.columns(), after.apply("call_started_at, call_id"), select.conditions(filter));
    }

    private static String extensions(Statement statement, CallFilter filter) {
        return statement.bind(filter.extensions().toArray(String[]::new)) + "::text[]";
    }
}
