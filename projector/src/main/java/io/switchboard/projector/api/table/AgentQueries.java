package io.switchboard.projector.api.table;

import io.switchboard.event.Resource;
import io.switchboard.event.Source;
import io.switchboard.projector.api.view.Agent;
import io.switchboard.projector.api.view.AgentState.Ended;
import io.switchboard.projector.api.view.AgentState.Evidence;
import io.switchboard.projector.api.view.AgentState.OpenLeg;
import io.switchboard.projector.api.view.AgentState.Polled;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Gathers what is known of what extensions do; {@link io.switchboard.projector.api.view.AgentState} judges it. */
public final class AgentQueries {
    /** The most extensions of one answer. */
    public static final int MOST = 5_000;

    private static final Duration LEGS_KEPT = Duration.ofDays(1);

    private final Duration openCallTimeout;

    /** @param openCallTimeout the silence after which an open call is no evidence any more */
    public AgentQueries(Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
    }

    /** An extension of an account. */
    public record Key(String account, String extension) {}

    /**
     * All extensions: those of the roster, those whose status was polled, and those that had a part in a call within a day.
     *
     * @param account the only account to read; null for all
     */
    public Future<List<Agent>> all(SqlConnection connection, @Nullable String account, Instant now) {
        var statement = new Statement();
        var scope = statement.ofAccount(account);
        var since = statement.bind(now.minus(LEGS_KEPT));
        return gather(connection, statement, """
                with recursive hop (account, extension) as (
                  (select account, extension from call_leg where %1$s order by account, extension limit 1)
                  union all
                  select n.account, n.extension from hop h cross join lateral (
                    select account, extension from call_leg
                    where %1$s and (account, extension) > (h.account, h.extension)
                    order by account, extension limit 1) n),
                wanted (account, extension) as (
                  select account, extension from extension
                  where %1$s and extension is not null and deleted_at is null
                  union select account, extension from agent_status where %1$s
                  union select account, extension from hop h
                  where exists (
                    select from call_leg l
                    where l.account = h.account and l.extension = h.extension and l.call_started_at > %2$s)
                  order by extension, account limit %3$d)
                """.formatted(scope, since, MOST), now);
    }

    /** The extensions named, whether anything is known of them or not. */
    public Future<List<Agent>> of(SqlConnection connection, Collection<Key> keys, Instant now) {
        var statement = new Statement();
        var accounts = statement.bind(keys.stream().map(Key::account).toArray(String[]::new));
        var extensions = statement.bind(keys.stream().map(Key::extension).toArray(String[]::new));
        return gather(
                connection,
                statement,
                "with wanted (account, extension) as (select distinct * from unnest(%s::text[], %s::text[]) as n) "
                        .formatted(accounts, extensions),
                now);
    }

    private Future<List<Agent>> gather(SqlConnection connection, Statement statement, String wanted, Instant now) {
        var heard = statement.bind(now.minus(openCallTimeout)) + "::timestamptz";
        var day = statement.bind(now.minus(LEGS_KEPT)) + "::timestamptz";
        return statement
                .append(wanted)
                .append("""
                        , open as (
                          select l.account, l.extension,
                            array_agg(l.call_id order by l.call_id, l.position) as call_ids,
                            array_agg(l.result = 'talking' order by l.call_id, l.position) as talking,
                            array_agg(coalesce(l.connected_at, l.ringing_at, l.call_started_at)
                              order by l.call_id, l.position) as since,
                            array_agg(c.last_event_at order by l.call_id, l.position) as heard_at,
                            array_agg('webhook' = any(c.sources) order by l.call_id, l.position) as by_webhook
                          from call c join call_leg l on l.account = c.account and l.call_id = c.call_id
                          where c.state <> 'ended' and c.state <> 'unknown' and c.last_event_at > %1$s
                            and l.result in ('ringing', 'talking') and l.ended_at is null
                          group by 1, 2),
                        names as (
                          select account, extension, max(display_name) as name from extension
                          where extension is not null group by 1, 2),
                        polls as (
                          select account, (value->>'last_success_at')::timestamptz as confirmed_at
                          from poller_state where entry = '%3$s'),
                        newest as (select account, max(seen_at) as seen_at from agent_status group by account)
                        select w.account, w.extension, n.name, o.call_ids, o.talking, o.since, o.heard_at, o.by_webhook,
                          e.call_id, e.ended_at, e.by_webhook as ended_by_webhook,
                          s.status, s.seen_at, s.seen_event,
                          case when s.seen_at = newest.seen_at then p.confirmed_at end as confirmed_at
                        from wanted w
                        left join names n using (account, extension)
                        left join open o using (account, extension)
                        left join lateral (
                          select l.call_id, l.ended_at, 'webhook' = any(c.sources) as by_webhook
                          from call_leg l join call c on c.account = l.account and c.call_id = l.call_id
                          where l.account = w.account and l.extension = w.extension and l.call_started_at > %2$s
                            and l.ended_at is not null
                          order by l.ended_at desc, l.call_id limit 1) e on true
                        left join agent_status s using (account, extension)
                        left join newest using (account)
                        left join polls p using (account)
                        order by w.extension, w.account
                        """.formatted(heard, day, Resource.AGENT_STATUS.word()))
                .run(connection)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> agent(row, now))
                        .toList());
    }

    private Agent agent(Row row, Instant now) {
        var evidence = new Evidence(open(row), ended(row), polled(row));
        return Agent.of(row.getString("account"), row.getString("extension"), row.getString("name"), evidence, now);
    }

    private List<OpenLeg> open(Row row) {
        @Nullable String[] calls = row.getArrayOfStrings("call_ids");
        if (calls == null) {
            return List.of();
        }
        @Nullable Boolean[] talking = row.getArrayOfBooleans("talking");
        @Nullable OffsetDateTime[] since = row.getArrayOfOffsetDateTimes("since");
        @Nullable OffsetDateTime[] heard = row.getArrayOfOffsetDateTimes("heard_at");
        @Nullable Boolean[] webhook = row.getArrayOfBooleans("by_webhook");
        var legs = new ArrayList<OpenLeg>(calls.length);
        for (int i = 0; i < calls.length; i++) {
            legs.add(new OpenLeg(
                    Objects.requireNonNull(calls[i]),
                    Boolean.TRUE.equals(talking[i]),
                    source(webhook[i]),
                    Objects.requireNonNull(Times.instant(since[i])),
                    Objects.requireNonNull(Times.instant(heard[i])).plus(openCallTimeout)));
        }
        return legs;
    }

    private static @Nullable Ended ended(Row row) {
        var call = row.getString("call_id");
        return call == null
                ? null
                : new Ended(call, source(row.getBoolean("ended_by_webhook")), Times.known(row, "ended_at"));
    }

    private static @Nullable Polled polled(Row row) {
        var seenAt = Times.instant(row, "seen_at");
        if (seenAt == null) {
            return null;
        }
        var confirmed = Times.instant(row, "confirmed_at");
        return new Polled(
                row.getString("status"),
                row.getUUID("seen_event").toString().replace("-", ""),
                seenAt,
                confirmed != null && confirmed.isAfter(seenAt) ? confirmed : seenAt);
    }

    private static Source source(@Nullable Boolean byWebhook) {
        return Boolean.TRUE.equals(byWebhook) ? Source.WEBHOOK : Source.POLL;
    }
}
