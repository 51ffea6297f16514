package io.switchboard.projector.api.table;

import io.switchboard.event.Resource;
import io.switchboard.projector.api.query.PhoneMatch;
import io.switchboard.projector.api.query.RowFilter;
import io.switchboard.projector.api.query.RowFilter.AnyOf;
import io.switchboard.projector.api.query.RowFilter.BusinessNumber;
import io.switchboard.projector.api.query.RowFilter.ClientNumber;
import io.switchboard.projector.api.query.RowFilter.Condition;
import io.switchboard.projector.api.query.RowFilter.ContactName;
import io.switchboard.projector.api.query.RowFilter.ContactPhone;
import io.switchboard.projector.api.query.RowFilter.Deleted;
import io.switchboard.projector.api.query.RowFilter.From;
import io.switchboard.projector.api.query.RowFilter.Until;
import io.switchboard.projector.api.view.StoredRow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lists beside calls, like calls: per account, each from its own end of its order, and merged. A caller bound to an
 * account has the condition in every statement.
 */
public final class RowQueries {
    private static final String EXTENSION = "agent_extension";

    private final Listing listing;

    public RowQueries(Listing listing) {
        this.listing = listing;
    }

    /**
     * A slice of a list.
     *
     * @param account the only account to read; null for all
     * @param after the row before the first one wanted
     * @param count the most rows
     */
    public record Slice(@Nullable String account, @Nullable RowKey after, int count) {}

    /** Rows, newest first. */
    public Future<List<StoredRow>> list(SqlConnection connection, RowFilter filter, Slice slice) {
        var statement = new Statement();
        var place = listing.place();
        var count = statement.bind(slice.count());
        var lead = lead(filter);
        var conditions = filter.conditions().stream()
                .map(condition -> " and " + (condition == lead ? isLed(condition) : sql(statement, condition)))
                .collect(Collectors.joining());
        // Few rows pass a narrow filter: sorting them beats walking the whole list, which a limit would otherwise talk
        // the
        // planner into. The added nothing keeps it from using the order of the index.
        var order = filter.isNarrow() ? place.time() + " + interval '0'" : place.time();
        return statement
                .append("""
                        select f.* from (%1$s) a %9$s cross join lateral (
                            select * from %2$s r where r.account = a.account%3$s%4$s
                            order by r.%5$s desc, r.%6$s desc limit %7$s) f
                        order by f.%8$s desc, f.%6$s desc, f.account desc limit %7$s""".formatted(
                                CallQueries.accounts(statement, slice.account(), place.accounts()),
                                place.rows(),
                                after(statement, slice.after()),
                                conditions,
                                order,
                                place.id(),
                                count,
                                place.time(),
                                lead == null ? "" : values(statement, lead)))
                .run(connection)
                .map(RowQueries::rows);
    }

    /** The condition whose values have an index of their own, each from its own end of it; null when there is none. */
    private @Nullable Condition lead(RowFilter filter) {
        if (listing.resource() != Resource.JOURNAL || filter.isNarrow()) {
            return null;
        }
        return filter.conditions().stream()
                .filter(condition -> condition instanceof BusinessNumber
                        || (condition instanceof AnyOf any && any.column().equals(EXTENSION)))
                .findFirst()
                .orElse(null);
    }

    private String values(Statement statement, Condition lead) {
        return switch (lead) {
            case BusinessNumber(var matches) ->
                "cross join lateral (select business_number as value from ("
                        + DistinctValues.of(listing.place().accounts(), "business_number", "account = a.account")
                        + ") d where "
                        + any(matches, match -> CallSelect.businessNumber(statement, "d.business_number", match))
                        + ") v";
            case AnyOf(var column, var values) ->
                "cross join unnest(" + statement.bind(values.toArray(String[]::new)) + "::text[]) v(value)";
            default -> throw new IllegalArgumentException("no index of " + lead);
        };
    }

    private static String isLed(Condition lead) {
        return lead instanceof AnyOf ? "r." + EXTENSION + " = v.value" : "r.business_number = v.value";
    }

    /**
     * One row; the newest, when several accounts have one of that id and none is named.
     *
     * @param bound the only account that the caller may see; null for all
     * @param asked the account that was asked for; null for any
     */
    public Future<Optional<StoredRow>> find(
            SqlConnection connection, String id, @Nullable String bound, @Nullable String asked) {
        var statement = new Statement();
        var place = listing.place();
        var value = statement.bind(id);
        var named = "r." + place.id() + " = " + value;
        return statement
                .append("select * from " + place.rows() + " r where ")
                .append(listing == Listing.PHONE_NUMBERS ? inAnyWriting(named, value) : named)
                .append(" and " + statement.ofAccount(bound))
                .append(" and " + statement.ofAccount(asked))
                .append(" order by (" + named + ") desc, r." + place.time() + " desc, r.account desc limit 1")
                .run(connection)
                .map(rows -> rows(rows).stream().findFirst());
    }

    /** A number may be asked for in any writing, but not by its last digits. */
    private static String inAnyWriting(String named, String number) {
        return "(%1$s or (length(phone_key(%2$s)) >= 7 and phone_key(r.number) = phone_key(%2$s)))"
                .formatted(named, number);
    }

    private String after(Statement statement, @Nullable RowKey key) {
        if (key == null) {
            return "";
        }
        var time = statement.bind(key.time());
        var id = statement.bind(key.id());
        var columns = "r." + listing.place().time() + ", r." + listing.place().id();
        // The first comparison is the one an index can follow; the second decides between accounts.
        return " and (%1$s) <= (%2$s, %3$s) and (%1$s, a.account) < (%2$s, %3$s, %4$s)"
                .formatted(columns, time, id, statement.bind(key.account()));
    }

    private static String sql(Statement statement, Condition condition) {
        return switch (condition) {
            case From(var column, var instant) -> "r." + column + " >= " + statement.bind(instant);
            case Until(var column, var instant) -> "r." + column + " < " + statement.bind(instant);
            case AnyOf(var column, var values) ->
                "r." + column + " = any(" + statement.bind(values.toArray(String[]::new)) + "::text[])";
            case BusinessNumber(var matches) -> any(matches, match -> business(statement, match));
            case ClientNumber(var matches) -> any(matches, match -> digits(statement, "r.client_digits", match));
            case ContactPhone(var matches) ->
                "r.deleted_at is null and exists (select from jsonb_array_elements_text(r.phone_digits) p(digits) where "
                        + any(matches, match -> digits(statement, "p.digits", match)) + ")";
            case ContactName(var beginning) -> {
                var bound = statement.bind(beginning);
                yield "r.deleted_at is null and exists (select from (values (r.first_name), (r.last_name),"
                        + " (concat_ws(' ', r.first_name, r.middle_name, r.last_name))) n(name)"
                        + " where starts_with(lower(n.name), " + bound + "))";
            }
            case Deleted(var deleted) -> "r.deleted_at is " + (deleted ? "not null" : "null");
        };
    }

    private static String any(Set<PhoneMatch> matches, Function<PhoneMatch, String> sql) {
        return matches.stream().map(sql).collect(Collectors.joining(" or ", "(", ")"));
    }

    private static String business(Statement statement, PhoneMatch match) {
        return CallSelect.businessNumber(statement, "r.business_number", match);
    }

    private static String digits(Statement statement, String column, PhoneMatch match) {
        return CallSelect.digits(statement, column, match);
    }

    private static List<StoredRow> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(RowQueries::row)
                .toList();
    }

    private static StoredRow row(Row row) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < row.size(); i++) {
            columns.put(row.getColumnName(i), plain(row.getValue(i)));
        }
        return new StoredRow(columns);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case OffsetDateTime time -> time.toInstant();
            case JsonArray array -> array.getList();
            case JsonObject object -> object.getMap();
            case String[] texts -> Arrays.asList(texts);
            case null, default -> value;
        };
    }
}
