package io.switchboard.projector.projection;

import io.switchboard.call.Call;
import io.switchboard.projector.projection.CallTable.Terms;
import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which call a journal entry is about: columns {@code call_id} and {@code joined_by} of {@code journal_entry}.
 *
 * <p>An entry that names a call's id by its GUID is that call's, always. Else an entry of type {@code call} is about the call
 * of the same client, business number and direction that began at most five seconds from it, provided that each is the
 * nearest to the other (equally near: the earlier, then the smaller id): so no call gets two entries in this way, and a call
 * that an entry names by GUID gets none.
 *
 * <p>The answer depends on the rows that are there and not on the order in which they came: whenever a call or an entry
 * appears or changes, all entries are decided again on which it has a say, those at most ten seconds from where it stands
 * and from where it stood. A transaction that writes entries runs beside no other that writes calls or entries ({@link
 * #exclude}), so that neither side misses the other.
 */
final class JournalJoin {
    private static final long LOCK = 0x6a6f75726e616cL;

    // One lock for each schema: a rebuild beside the live tables keeps nobody from writing those.
    private static final String LOCK_ALONE = "select pg_advisory_xact_lock(hashtextextended(current_schema(), $1))";
    private static final String LOCK_SHARED =
            "select pg_advisory_xact_lock_shared(hashtextextended(current_schema(), $1))";

    /** Distance in seconds of two starts, then the earlier, then the smaller id. */
    private static final String NEARER = "abs(extract(epoch from %1$s.%2$s - %3$s.%4$s)), %1$s.%2$s, %1$s.%5$s";

    private static final String SAME_DIGITS =
            "reverse(%1$s.client_digits) = any(array[reverse(%2$s), reverse('1' || %2$s)])";

    private static final String DECIDE = """
            with fresh as (select * from unnest($1::text[], $2::text[]) as n (account, call_id)),
            named as (select distinct * from unnest($3::text[], $4::text[]) as n (account, call_id)),
            entry as (select * from unnest($5::text[], $6::text[]) as n (account, entry_id)),
            asking as (
                select j.account, j.entry_id, j.client_digits, j.created_at
                from fresh f join journal_entry j on j.account = f.account and j.request_guid = f.call_id),
            spot as (
                select account, phone_key(digits) as client, at
                from unnest($7::text[], $8::text[], $9::timestamptz[]) as n (account, digits, at)
                union select account, phone_key(client_digits), created_at from asking
                union select c.account, phone_key(c.client_digits), c.started_at
                from named n join call c on c.account = n.account and c.call_id = n.call_id),
            concerned as (
                select account, entry_id from entry
                union select account, entry_id from asking
                union select j.account, j.entry_id
                from spot s join journal_entry j on j.account = s.account and %1$s
                    and j.created_at between s.at - interval '10 seconds' and s.at + interval '10 seconds'
                where s.client is not null),
            decided as (
                select j.account, j.entry_id, coalesce(g.call_id, p.call_id) as call_id,
                    case when g.call_id is not null then 'request_guid' when p.call_id is not null then 'parties' end
                        as joined_by
                from concerned e
                    join journal_entry j on j.account = e.account and j.entry_id = e.entry_id
                    left join call g on g.account = j.account and g.call_id = j.request_guid
                    left join lateral (
                        select c.account, c.call_id, c.started_at
                        from call c
                        where g.call_id is null and j.type = 'call' and c.account = j.account
                            and %2$s
                            and c.started_at between j.created_at - interval '5 seconds' and j.created_at + interval '5 seconds'
                            and c.direction = j.direction
                            and phone_key(c.business_number) = phone_key(j.business_number)
                            and not exists (
                                select from journal_entry o
                                where o.account = c.account and o.request_guid = c.call_id)
                        order by %3$s
                        limit 1) c on true
                    left join lateral (
                        select c.call_id
                        where j.entry_id = (
                            select o.entry_id
                            from journal_entry o
                            where o.account = c.account and o.type = 'call'
                                and %4$s
                                and o.created_at between c.started_at - interval '5 seconds'
                                    and c.started_at + interval '5 seconds'
                                and o.direction = j.direction
                                and phone_key(o.business_number) = phone_key(j.business_number)
                                and not exists (
                                    select from call n where n.account = o.account and n.call_id = o.request_guid)
                            order by %5$s
                            limit 1)) p on true
                order by j.account, j.entry_id)
            update journal_entry j set call_id = d.call_id, joined_by = d.joined_by, updated_at = now()
            from decided d
            where j.account = d.account and j.entry_id = d.entry_id
                and (j.call_id, j.joined_by) is distinct from (d.call_id, d.joined_by)""".formatted(
                    SAME_DIGITS.formatted("j", "s.client"),
                    SAME_DIGITS.formatted("c", "phone_key(j.client_digits)"),
                    NEARER.formatted("c", "started_at", "j", "created_at", "call_id"),
                    SAME_DIGITS.formatted("o", "phone_key(j.client_digits)"),
                    NEARER.formatted("o", "created_at", "c", "started_at", "entry_id"));

    /** Where entries may have to be decided again. */
    private record Spot(String account, @Nullable String digits, Instant at) {}

    private record Named(String account, String id) {}

    private final List<Named> freshCalls = new ArrayList<>();
    private final List<Named> namedCalls = new ArrayList<>();
    private final List<Named> entries = new ArrayList<>();
    private final List<Spot> spots = new ArrayList<>();

    /** Keeps writers of entries apart from all others, and writers of calls from them alone. Before any row is locked. */
    static Future<Integer> exclude(SqlClient client, boolean writesEntries) {
        return client.preparedQuery(writesEntries ? LOCK_ALONE : LOCK_SHARED)
                .execute(Tuple.of(LOCK))
                .map(RowSet::rowCount);
    }

    /** Notes the calls that are new or are to be joined by other terms than before. */
    void calls(List<Call> calls, Map<CallKey, Terms> before) {
        for (var call : calls) {
            var old = before.get(new CallKey(call.account(), call.id()));
            var now = Terms.of(call);
            if (old == null) {
                freshCalls.add(new Named(call.account(), call.id()));
            } else if (!old.equals(now)) {
                spots.add(new Spot(call.account(), old.clientDigits(), old.startedAt()));
            }
            if (!now.equals(old)) {
                spots.add(new Spot(call.account(), now.clientDigits(), now.startedAt()));
            }
        }
    }

    /** Notes the entries that were written. */
    void entries(List<LatestRow<JournalTable.Shown>> rows, List<JournalTable.Terms> before) {
        before.forEach(this::terms);
        for (var row : rows) {
            entries.add(new Named(row.key().getFirst(), row.key().getLast()));
            if (row.said() != null) {
                terms(JournalTable.Terms.of(row, row.said()));
            }
        }
    }

    private void terms(JournalTable.Terms terms) {
        spots.add(new Spot(terms.account(), terms.clientDigits(), terms.createdAt()));
        if (terms.requestGuid() != null) {
            namedCalls.add(new Named(terms.account(), terms.requestGuid()));
        }
    }

    boolean isNeeded() {
        return !freshCalls.isEmpty() || !entries.isEmpty() || !spots.isEmpty();
    }

    /** Decides anew; answers how many entries are about another call than before, or about none any more. */
    Future<Integer> decide(SqlClient client) {
        return client.preparedQuery(DECIDE)
                .execute(Tuple.wrap(List.of(
                        accounts(freshCalls),
                        ids(freshCalls),
                        accounts(namedCalls),
                        ids(namedCalls),
                        accounts(entries),
                        ids(entries),
                        spots.stream().map(Spot::account).toArray(String[]::new),
                        spots.stream().map(Spot::digits).toArray(String[]::new),
                        spots.stream().map(spot -> Calendar.column(spot.at())).toArray(OffsetDateTime[]::new))))
                .map(RowSet::rowCount);
    }

    private static String[] accounts(List<Named> rows) {
        return rows.stream().map(Named::account).toArray(String[]::new);
    }

    private static String[] ids(List<Named> rows) {
        return rows.stream().map(Named::id).toArray(String[]::new);
    }
}
