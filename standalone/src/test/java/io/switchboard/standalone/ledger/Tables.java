package io.switchboard.standalone.ledger;

import io.switchboard.event.EventId;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the read tables say, as plain text to compare. */
public final class Tables implements AutoCloseable {
    private static final String CALLS = """
            select c.call_id, concat_ws('|', direction, state, coalesce(outcome, '-'), coalesce(client_number, '-'),
                coalesce(business_number, '-'), coalesce(agent_extension, '-'), micros(started_at), micros(answered_at),
                micros(ended_at), millis(wait_seconds), millis(talk_seconds), millis(duration_seconds), confirmed,
                micros(last_event_at), version, (
                    select coalesce(string_agg(concat_ws(',', extension, micros(ringing_at), micros(connected_at),
                        micros(l.ended_at), result), ';' order by position), '-')
                    from call_leg l where l.account = c.account and l.call_id = c.call_id))
            from call c""".replaceAll(
                    "micros\\(([a-z_.]+)\\)", "coalesce((extract(epoch from $1) * 1000000)::bigint::text, '-')")
            .replaceAll("millis\\(([a-z_]+)\\)", "coalesce(round($1 * 1000)::bigint::text, '-')");

    private final Connection connection;

    private Tables(Connection connection) {
        this.connection = connection;
    }

    /** @param databaseUrl as in {@code DATABASE_URL} */
    public static Tables open(String databaseUrl) throws SQLException {
        var uri = URI.create(databaseUrl);
        var user = uri.getUserInfo().split(":", 2);
        return new Tables(DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), user[0], user[1]));
    }

    /** Each call's row and legs in one line, by call id. */
    public Map<String, String> calls() throws SQLException {
        var calls = new HashMap<String, String>();
        each(CALLS, row -> calls.put(row.getString(1), row.getString(2)));
        return calls;
    }

    public Set<EventId> eventIds() throws SQLException {
        var ids = new HashSet<EventId>();
        each("select event_id from call_event", row -> ids.add(EventId.of(row.getObject(1, UUID.class))));
        return ids;
    }

    /** Next offset of each partition of a topic. */
    public Map<Integer, Long> positions(String topic) throws SQLException {
        var positions = new HashMap<Integer, Long>();
        each(
                "select partition, next_offset from projection_position where topic = '" + topic + "'",
                row -> positions.put(row.getInt(1), row.getLong(2)));
        return positions;
    }

    public long count(String table) throws SQLException {
        var count = new long[1];
        each("select count(*) from " + table, row -> count[0] = row.getLong(1));
        return count[0];
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String sql, Row read) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                read.read(rows);
            }
        }
    }
}
