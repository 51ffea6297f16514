package io.switchboard.projector.api.table;

import io.switchboard.projector.api.view.LiveView.OpenCalls;
import io.switchboard.projector.api.view.LiveView.Recent;
import io.switchboard.projector.api.view.LiveView.Snapshot;
import io.switchboard.projector.api.view.LiveView.Wait;
import io.switchboard.projector.api.view.ReadCall;
import io.switchboard.projector.report.Figures;
import io.switchboard.projector.report.Outcomes;
import io.switchboard.projector.report.ServiceLevel.Counts;
import io.switchboard.projector.report.ServiceLevel.Terms;
import io.switchboard.projector.report.Spread;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what a wallboard shows, all of one snapshot that the stream of changes goes on from. */
public final class LiveQueries {
    /** The most open calls that are listed. */
    public static final int MOST_LISTED = 200;

    /** The windows of the service level, the longest last: it is the last hour too. */
    private static final Integer[] MINUTES = {5, 15, 30, 60};

    private final Pool writes;
    private final Duration openCallTimeout;
    private final AgentQueries agents;

    public LiveQueries(Pool writes, Duration openCallTimeout, AgentQueries agents) {
        this.writes = writes;
        this.openCallTimeout = openCallTimeout;
        this.agents = agents;
    }

    /** @param account the only account to read; null for all */
    public Future<Snapshot> read(@Nullable String account, Terms terms, Instant now) {
        return FeedQueries.snapshot(writes, (connection, seq) -> {
            var counts = counts(connection, account, now);
            var open = open(connection, account, now);
            var recent = recent(connection, account, terms, now);
            var people = agents.all(connection, account, now);
            return Future.all(counts, open, recent, people)
                    .map(all ->
                            new Snapshot(seq, now, counts.result(), open.result(), recent.result(), people.result()));
        });
    }

    private Future<OpenCalls> counts(SqlConnection connection, @Nullable String account, Instant now) {
        var statement = new Statement();
        return statement
                .append("""
                        select count(*)::int, (count(*) filter (where state = 'ringing'))::int,
                          (count(*) filter (where state = 'connected'))::int,
                          (count(*) filter (where state = 'ringing' and direction = 'inbound'))::int,
                          min(started_at) filter (where state = 'ringing' and direction = 'inbound')
                        from call c where\s""" + stillOpen(statement, account, now))
                .run(connection)
                .map(rows -> {
                    var row = rows.iterator().next();
                    return new OpenCalls(
                            row.getInteger(0),
                            row.getInteger(1),
                            row.getInteger(2),
                            row.getInteger(3),
                            Times.instant(row.getOffsetDateTime(4)));
                });
    }

    private Future<List<ReadCall>> open(SqlConnection connection, @Nullable String account, Instant now) {
        var statement = new Statement();
        var select = new CallSelect(statement, now, openCallTimeout);
        var page = "select " + select.columns() + " from call c where " + stillOpen(statement, account, now)
                + " order by c.started_at, c.call_id, c.account limit " + statement.bind(MOST_LISTED);
        return statement
                .append(CallSelect.withLegs(page))
                .append(" order by p.started_at, p.call_id, p.account")
                .run(connection)
                .map(CallRows::readAll);
    }

    private String stillOpen(Statement statement, @Nullable String account, Instant now) {
        return statement.ofAccount(account) + " and c.state <> 'ended' and c.state <> 'unknown' and c.last_event_at > "
                + statement.bind(now.minus(openCallTimeout));
    }

    /** Calls in that began within each window and are over, at the terms of the request: exact, from the calls themselves. */
    private static Future<List<Recent>> recent(
            SqlConnection connection, @Nullable String account, Terms terms, Instant now) {
        var statement = new Statement();
        var minutes = statement.bind(MINUTES);
        var until = statement.bind(now) + "::timestamptz";
        var threshold = statement.bind(terms.thresholdMicros()) + "::bigint";
        var shortAbandon = statement.bind(terms.shortAbandonMicros()) + "::bigint";
        return statement
                .append("""
                        select w.minutes,
                          count(*) filter (where outcome = 'answered') as answered,
                          count(*) filter (where outcome = 'missed') as missed,
                          count(*) filter (where outcome = 'voicemail') as voicemail,
                          count(*) filter (where outcome = 'dropped') as dropped,
                          count(*) filter (where outcome = 'unanswered') as unanswered,
                          count(*) filter (where outcome = 'unknown') as unknown,
                          count(*) filter (where outcome = 'answered' and wait is not null) as answered_waits,
                          coalesce(sum(wait) filter (where outcome = 'answered'), 0)::bigint as answered_micros,
                          count(*) filter (where lost and wait is not null) as lost_waits,
                          coalesce(sum(wait) filter (where lost), 0)::bigint as lost_micros,
                          count(*) filter (where outcome = 'answered' and wait <= %3$s) as in_time,
                          count(*) filter (where lost and wait <= %4$s) as short_abandoned,
                          count(*) filter (where lost and wait > %3$s) as late_lost
                        from unnest(%1$s::int[]) as w (minutes) left join lateral (
                          select c.outcome, c.outcome in ('missed', 'voicemail', 'dropped') as lost,
                            round(c.wait_seconds * 1000000)::bigint as wait
                          from (%5$s) a join call c on c.account = a.account
                          where c.started_at >= %2$s - make_interval(mins => w.minutes) and c.started_at <= %2$s
                            and c.direction = 'inbound' and c.state = 'ended') c on true
                        group by w.minutes order by w.minutes
                        """.formatted(
                        minutes, until, threshold, shortAbandon, CallQueries.accounts(statement, account, "call")))
                .run(connection)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(LiveQueries::window)
                        .toList());
    }

    private static Recent window(Row row) {
        var answered = waits(row, "answered");
        var lost = waits(row, "lost");
        var outcomes = new Outcomes(
                0,
                row.getLong("answered"),
                row.getLong("missed"),
                row.getLong("voicemail"),
                row.getLong("dropped"),
                row.getLong("unanswered"),
                row.getLong("unknown"));
        var figures = new Figures(
                outcomes,
                0,
                answered,
                lost,
                new Spread(0, 0, null, null, null),
                new Counts(row.getLong("in_time"), row.getLong("short_abandoned"), row.getLong("late_lost")));
        return new Recent(
                row.getInteger("minutes"),
                figures,
                new Wait(answered.count() + lost.count(), answered.micros() + lost.micros()));
    }

    private static Spread waits(Row row, String name) {
        return new Spread(row.getLong(name + "_waits"), row.getLong(name + "_micros"), null, null, null);
    }
}
