package io.switchboard.projector.api.table;

import io.switchboard.event.Resource;
import io.switchboard.projector.api.query.RangeQuestion;
import io.switchboard.projector.api.table.AgentFigureQueries.Key;
import io.switchboard.projector.report.AgentFigures.Workload;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;

/**
 * Reads how long extensions were on calls and available, as sets of stretches of time: two legs at once count once, and
 * every stretch is clipped to the range. A status holds until another is seen, the latest until the poller last looked;
 * outside of that nothing is known.
 */
final class WorkloadQueries {
    // "offset 0" keeps each extension in its own part of the index, inside the range.
    private static final String TALKS = """
            select e.account, e.extension, tstzrange(greatest(l.connected_at, %3$s), least(%5$s, %4$s)) as span
            from %1$s e cross join lateral (
              select * from call_leg
              where account = e.account and extension = e.extension
                and call_started_at >= %2$s and call_started_at < %4$s and connected_at < %4$s
              offset 0) l
            join call c on c.account = l.account and c.call_id = l.call_id
              and c.started_at >= %2$s and c.started_at < %4$s
            where %5$s > greatest(l.connected_at, %3$s)
            """;

    private static final String STATUSES = """
            select e.account, e.extension, s.status,
              tstzrange(greatest(s.seen_at, %2$s), least(coalesce(s.next_at, p.looked_at), %3$s)) as span
            from (select account, extension from agent_status where %1$s) e
            cross join lateral (
              select status, seen_at, lead(seen_at) over (order by seen_at, seen_event) as next_at
              from agent_status_seen
              where account = e.account and extension = e.extension and seen_at < %3$s
                and seen_at >= coalesce((
                  select max(seen_at) from agent_status_seen
                  where account = e.account and extension = e.extension and seen_at <= %2$s), %2$s)) s
            left join lateral (
              select (value->>'last_success_at')::timestamptz as looked_at from poller_state
              where account = e.account and entry = %4$s) p on true
            where s.status is not null and least(coalesce(s.next_at, p.looked_at), %3$s) > greatest(s.seen_at, %2$s)
            """;

    private static final String WORKLOAD = """
            with on_call as (select account, extension, range_agg(span) as spans from (%s) t group by account, extension),
            status as (
              select account, extension, range_agg(span) as known,
                coalesce(range_agg(span) filter (where status = 'available'), '{}') as available
              from (%s) s group by account, extension)
            select account, extension, %s as on_call, %s as known, %s as on_call_while_known, %s as available
            from (
              select account, extension, coalesce(spans, '{}') as spans, known, available
              from on_call full join status using (account, extension)) w
            where %s
            """;

    private final Duration openCallTimeout;

    WorkloadQueries(Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
    }

    Future<Map<Key, Workload>> read(SqlConnection connection, RangeQuestion question) {
        var statement = new Statement();
        var range = new RangeSelect(statement, question, openCallTimeout);
        var from = range.from();
        var to = range.to();
        var earliest = statement.bind(question.range().start().minus(RangeSelect.LONGEST_CALL)) + "::timestamptz";
        var wanted = question.calls().extensions();
        var talks = TALKS.formatted(range.extensionsWithLegs(), earliest, from, to, range.endOf("l.ended_at"));
        var statuses = STATUSES.formatted(
                statement.ofAccount(question.account()), from, to, statement.bind(Resource.AGENT_STATUS.word()));
        var chosen = wanted.isEmpty()
                ? "true"
                : "extension = any(" + statement.bind(wanted.toArray(String[]::new)) + "::text[])";
        return statement
                .append(WORKLOAD.formatted(
                        talks,
                        statuses,
                        micros("spans"),
                        micros("known"),
                        micros("spans * known"),
                        micros("available - spans"),
                        chosen))
                .run(connection)
                .map(rows -> AgentFigureQueries.byKey(
                        rows,
                        row -> new Workload(
                                row.getLong("on_call"),
                                row.getLong("known"),
                                row.getLong("on_call_while_known"),
                                row.getLong("available"))));
    }

    /** How long a set of stretches is; null of null. */
    private static String micros(String spans) {
        return """
                case when (%1$s) is not null then (
                  select coalesce(sum(extract(epoch from upper(s) - lower(s)) * 1e6), 0)::bigint from unnest(%1$s) s) end
                """.formatted(spans);
    }
}
