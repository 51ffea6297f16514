package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.FollowUpQuestion;
import io.switchboard.projector.report.FollowUp;
import io.switchboard.projector.report.FollowUp.Caller;
import io.switchboard.projector.report.FollowUp.LostCall;
import io.switchboard.projector.report.FollowUp.Totals;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what became of lost calls: for each the first thing that happened afterwards, found in the index
 * {@code call_by_client}. Totals and list are one statement, so they are about the same moment.
 */
public final class FollowUpQueries {
    /** Ids of a cursor of the list: call and account. */
    public static final int TIES = 2;

    private static final String RESPONDS = """
            r.started_at >= coalesce(l.ended_at, l.started_at) and r.call_id <> l.call_id
            and (r.direction in ('outbound', 'callback') or r.direction = 'inbound' and r.outcome = 'answered')""";

    private static final String FOLLOWED = """
            with followed as materialized (
              select l.account, l.call_id, l.client_number, l.client_name, l.client_digits, %s as client,
                l.business_number, l.outcome, l.started_at, l.wait_seconds,
                coalesce(r.direction <> 'inbound', false) as called, coalesce(r.outcome = 'answered', false) as reached,
                r.started_at as responded_at,
                (extract(epoch from r.started_at - coalesce(l.ended_at, l.started_at)) * 1e6)::bigint as after,
                coalesce(r.started_at < coalesce(l.ended_at, l.started_at) + make_interval(secs => %s), false) as in_time
              from (select c.* from %s) l left join lateral (%s) r on true),
            """;

    private static final String TOTALS = """
            totals as (
              select count(*) as lost,
                count(*) filter (where client is null) as without_number,
                count(*) filter (where in_time and called) as called_back,
                count(*) filter (where in_time and called and reached) as reached,
                count(*) filter (where in_time and not called) as rang_again,
                count(*) filter (where responded_at is not null and not in_time) as late,
                count(distinct (account, client)) filter (where client is not null and responded_at is null) as waiting,
                %s
              from followed),
            """;

    private static final String CALLERS = """
            waiting as (
              select *, count(*) over (partition by account, client) as attempts,
                row_number() over (partition by account, client order by started_at, call_id) as place
              from followed where client is not null and responded_at is null),
            slice as (
              select f.account, f.attempts, f.client_number, f.client_name,
                f.call_id as first_id, f.business_number as first_number, f.outcome as first_outcome,
                f.started_at as first_at, f.wait_seconds as first_wait,
                l.call_id as last_id, l.business_number as last_number, l.outcome as last_outcome,
                l.started_at as last_at, l.wait_seconds as last_wait
              from waiting f
              join waiting l on l.account = f.account and l.client = f.client and l.place = l.attempts
              where f.place = 1 and %s
              order by f.started_at, f.call_id, f.account limit %s)
            select t.*, s.* from totals t left join slice s on true order by s.first_at, s.first_id, s.account
            """;

    private final Duration openCallTimeout;

    public FollowUpQueries(Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
    }

    public Future<FollowUp> read(SqlConnection connection, FollowUpQuestion question) {
        var statement = new Statement();
        var range = new RangeSelect(statement, question.calls(), openCallTimeout);
        var lost = range.calls("c.direction = 'inbound' and c.state = 'ended'"
                + " and c.outcome in ('missed', 'voicemail', 'dropped')");
        var response = ClientNumber.firstCall("l", "r.direction, r.outcome, r.started_at", RESPONDS);
        var window = statement.bind((double) question.window().toSeconds());
        return statement
                .append(FOLLOWED.formatted(ClientNumber.key("l.client_digits"), window, lost, response))
                .append(TOTALS.formatted(SpreadColumns.of("case when in_time then after end", "response")))
                .append(CALLERS.formatted(after(statement, question.after()), statement.bind(question.count())))
                .run(connection)
                .map(FollowUpQueries::read);
    }

    /** A cursor behind a caller. */
    public static Cursor cursor(long list, Caller caller) {
        var first = caller.first();
        return new Cursor(
                list,
                ChronoUnit.MICROS.between(Instant.EPOCH, first.startedAt()),
                List.of(first.id(), caller.account()));
    }

    private static String after(Statement statement, @Nullable Cursor cursor) {
        return cursor == null
                ? "true"
                : "(f.started_at, f.call_id, f.account) > (%s, %s, %s)"
                        .formatted(
                                statement.bind(Instant.EPOCH.plus(cursor.position(), ChronoUnit.MICROS)),
                                statement.bind(cursor.ties().getFirst()),
                                statement.bind(cursor.ties().getLast()));
    }

    private static FollowUp read(RowSet<Row> rows) {
        var totals = totals(rows.iterator().next());
        var callers = new ArrayList<Caller>();
        rows.forEach(row -> {
            if (row.getString("first_id") != null) {
                callers.add(new Caller(
                        row.getString("account"),
                        row.getString("client_number"),
                        row.getString("client_name"),
                        row.getLong("attempts"),
                        call(row, "first"),
                        call(row, "last")));
            }
        });
        return new FollowUp(totals, callers);
    }

    private static Totals totals(Row row) {
        return new Totals(
                row.getLong("lost"),
                row.getLong("without_number"),
                row.getLong("called_back"),
                row.getLong("reached"),
                row.getLong("rang_again"),
                row.getLong("late"),
                row.getLong("waiting"),
                SpreadColumns.read(row, "response"));
    }

    private static LostCall call(Row row, String which) {
        return new LostCall(
                row.getString(which + "_id"),
                row.getString(which + "_number"),
                row.getString(which + "_outcome"),
                Times.known(row, which + "_at"),
                CallRows.duration(row, which + "_wait"));
    }
}
