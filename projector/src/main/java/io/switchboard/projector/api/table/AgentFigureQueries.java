package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.Attribution;
import io.switchboard.projector.api.query.RangeQuestion;
import io.switchboard.projector.report.AgentFigures;
import io.switchboard.projector.report.AgentFigures.Rings;
import io.switchboard.projector.report.AgentFigures.Workload;
import io.switchboard.projector.report.Spread;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the work of extensions: the calls that were theirs, how their phones rang, how long they were on calls and
 * available ({@link WorkloadQueries}).
 */
public final class AgentFigureQueries {
    private static final String LAST_CONNECTED = """
            coalesce((
              select l.extension from call_leg l
              where l.account = c.account and l.call_id = c.call_id and l.connected_at is not null
              order by l.connected_at desc, l.position desc limit 1), c.agent_extension)""";

    private final Duration openCallTimeout;
    private final WorkloadQueries workload;

    public AgentFigureQueries(Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
        this.workload = new WorkloadQueries(openCallTimeout);
    }

    /**
     * Who did what.
     *
     * @param unattributed answered calls of which no extension is known
     */
    public record Team(List<AgentFigures> agents, long unattributed) {
        public Team {
            agents = List.copyOf(agents);
        }
    }

    record Key(String account, @Nullable String extension) {
        static Key of(Row row) {
            return new Key(row.getString("account"), row.getString("extension"));
        }
    }

    private record Calls(long handled, long outgoing, long connected, Spread talkTime) {
        private static final Calls NONE = new Calls(0, 0, 0, Spread.NONE);
    }

    /** Every extension with something in the range, and those that the account has; by account, then extension. */
    public Future<Team> read(SqlConnection connection, RangeQuestion question, Attribution attribution) {
        var calls = calls(connection, question, attribution);
        var rings = rings(connection, question);
        var times = workload.read(connection, question);
        var names = names(connection, question);
        return Future.all(calls, rings, times, names)
                .map(all -> team(calls.result(), rings.result(), times.result(), names.result()));
    }

    private static Team team(
            Map<Key, Calls> calls, Map<Key, Rings> rings, Map<Key, Workload> times, Map<Key, Name> names) {
        var keys = new TreeSet<>(Comparator.comparing(Key::account)
                .thenComparing(Key::extension, Comparator.nullsLast(String::compareTo)));
        keys.addAll(calls.keySet());
        keys.addAll(rings.keySet());
        keys.addAll(times.keySet());
        names.forEach((key, name) -> {
            if (name.isActive()) {
                var unused = keys.add(key);
            }
        });
        var unattributed = calls.entrySet().stream()
                .filter(entry -> entry.getKey().extension() == null)
                .mapToLong(
                        entry -> entry.getValue().handled() + entry.getValue().connected())
                .sum();
        var agents = keys.stream()
                .filter(key -> key.extension() != null)
                .map(key -> {
                    var own = calls.getOrDefault(key, Calls.NONE);
                    return new AgentFigures(
                            key.account(),
                            String.valueOf(key.extension()),
                            names.getOrDefault(key, Name.NONE).text(),
                            own.handled(),
                            own.outgoing(),
                            own.connected(),
                            own.talkTime(),
                            rings.getOrDefault(key, Rings.NONE),
                            times.getOrDefault(key, Workload.NONE));
                })
                .toList();
        return new Team(agents, unattributed);
    }

    // Read from the calls, not their legs: calls that only a record tells of have no leg.
    private Future<Map<Key, Calls>> calls(SqlConnection connection, RangeQuestion question, Attribution attribution) {
        var statement = new Statement();
        var range = new RangeSelect(statement, question, openCallTimeout);
        var agent = attribution == Attribution.FIRST_ANSWERED ? "c.agent_extension" : LAST_CONNECTED;
        var wanted = question.calls().extensions();
        return statement
                .append("""
                        select account, extension,
                          count(*) filter (where direction <> 'outbound') as handled,
                          count(*) filter (where direction = 'outbound') as outgoing,
                          count(*) filter (where direction = 'outbound' and outcome = 'answered') as connected,
                          %s
                        from (
                          select c.account, c.direction, c.outcome, %s as extension,
                            case when c.outcome = 'answered' then round(c.talk_seconds * 1e6)::bigint end as talk
                          from %s) c
                        where %s
                        group by account, extension""".formatted(
                        SpreadColumns.of("talk", "talk"),
                        agent,
                        range.calls(
                                "(c.direction = 'outbound' or c.direction in ('inbound', 'callback') and c.outcome = 'answered')"),
                        wanted.isEmpty()
                                ? "true"
                                : "extension = any(" + statement.bind(wanted.toArray(String[]::new)) + "::text[])"))
                .run(connection)
                .map(rows -> byKey(
                        rows,
                        row -> new Calls(
                                row.getLong("handled"),
                                row.getLong("outgoing"),
                                row.getLong("connected"),
                                SpreadColumns.read(row, "talk"))));
    }

    // "offset 0" keeps each extension in its own part of the index, inside the range.
    private Future<Map<Key, Rings>> rings(SqlConnection connection, RangeQuestion question) {
        var statement = new Statement();
        var range = new RangeSelect(statement, question, openCallTimeout);
        return statement
                .append("""
                        select l.account, l.extension, count(*) as attempts,
                          count(*) filter (where l.result = 'no_answer') as no_answer,
                          count(*) filter (where l.result = 'answered_elsewhere') as elsewhere,
                          %1$s
                        from %2$s e cross join lateral (
                          select *, (extract(epoch from connected_at - ringing_at) * 1e6)::bigint as ring from call_leg
                          where account = e.account and extension = e.extension and ringing_at is not null
                            and call_started_at >= %3$s and call_started_at < %4$s
                          offset 0) l
                        join call c on c.account = l.account and c.call_id = l.call_id
                        where c.direction in ('inbound', 'callback') and c.started_at >= %3$s and c.started_at < %4$s %5$s
                        group by l.account, l.extension""".formatted(
                                SpreadColumns.of("l.ring", "ring"),
                                range.extensionsWithLegs(),
                                range.from(),
                                range.to(),
                                range.filter()))
                .run(connection)
                .map(rows -> byKey(
                        rows,
                        row -> new Rings(
                                row.getLong("attempts"),
                                row.getLong("no_answer"),
                                row.getLong("elsewhere"),
                                SpreadColumns.read(row, "ring"))));
    }

    private record Name(@Nullable String text, boolean isActive) {
        private static final Name NONE = new Name(null, false);
    }

    private static Future<Map<Key, Name>> names(SqlConnection connection, RangeQuestion question) {
        var statement = new Statement();
        var wanted = question.calls().extensions();
        return statement
                .append("""
                        select account, extension, display_name, deleted_at is null as active from extension
                        where extension is not null and %s and %s""".formatted(
                        statement.ofAccount(question.account()),
                        wanted.isEmpty()
                                ? "true"
                                : "extension = any(" + statement.bind(wanted.toArray(String[]::new)) + "::text[])"))
                .run(connection)
                .map(rows -> byKey(rows, row -> new Name(row.getString("display_name"), row.getBoolean("active"))));
    }

    static <T> Map<Key, T> byKey(RowSet<Row> rows, Function<Row, T> value) {
        var values = new HashMap<Key, T>();
        rows.forEach(row -> values.put(Key.of(row), value.apply(row)));
        return values;
    }
}
