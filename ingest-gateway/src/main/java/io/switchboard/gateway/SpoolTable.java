package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQL of the spool. Confined to the thread that owns the spool.
 *
 * <pre>
 *   spool(sequence, bytes, event_id, topic, record_key, source, account, type, occurred_at, received_at, received_millis,
 *         traceparent, content_type, value, refused)     one row per event; refused: why the brokers will never take it
 *   spool_mark(only, counter)                            one row, rewritten to see whether the disk still takes writes
 * </pre>
 */
final class SpoolTable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolTable.class);
    private static final int ROW_OVERHEAD_BYTES = 400;
    private static final int BUSY_MILLIS = 500;
    private static final int PAGES_GIVEN_BACK = 4_000;

    /** The database's name in its folder. */
    static final String FILE = "spool.db";

    private final Connection connection;

    private SpoolTable(Connection connection) {
        this.connection = connection;
    }

    static SpoolTable open(Path file) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try (var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = " + BUSY_MILLIS);
            // One gateway owns the file: a second one fails here instead of draining the first one's events.
            statement.execute("pragma locking_mode = exclusive");
            statement.execute("pragma auto_vacuum = incremental");
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("""
                    create table if not exists spool (
                        sequence integer primary key autoincrement, bytes integer not null, event_id text not null,
                        topic text not null, record_key text not null, source text not null, account text not null,
                        type text not null, occurred_at text not null, received_at text not null,
                        received_millis integer not null, traceparent text not null, content_type text,
                        value blob not null, refused text)""");
            statement.execute("create index if not exists spool_by_event on spool (event_id)");
            statement.execute(
                    "create table if not exists spool_mark (only integer primary key, counter integer not null)");
            statement.execute("insert or ignore into spool_mark values (1, 0)");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.setAutoCommit(false);
        return new SpoolTable(connection);
    }

    /** Whether opening failed because another process owns the file. */
    static boolean isHeldByAnother(Exception failure) {
        return failure instanceof SQLiteException e
                && (e.getResultCode() == SQLiteErrorCode.SQLITE_BUSY
                        || e.getResultCode() == SQLiteErrorCode.SQLITE_LOCKED);
    }

    /** What an event counts towards the spool's limit, bytes. */
    static long size(Envelope envelope) {
        return ROW_OVERHEAD_BYTES + envelope.key().length() * 2L + envelope.value().length;
    }

    /** Writes all of them in one transaction, or none. */
    void insert(List<Envelope> envelopes) throws SQLException {
        var sql = """
                insert into spool (bytes, event_id, topic, record_key, source, account, type, occurred_at, received_at,
                    received_millis, traceparent, content_type, value)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        inTransaction(() -> {
            try (var insert = connection.prepareStatement(sql)) {
                for (var envelope : envelopes) {
                    bind(insert, envelope);
                    insert.addBatch();
                }
                var unused = insert.executeBatch();
            }
        });
    }

    List<Spool.Spooled> oldest(long after, int limit) throws SQLException {
        var sql = "select * from spool where sequence > ? and refused is null order by sequence limit ?";
        try (var select = connection.prepareStatement(sql)) {
            select.setLong(1, after);
            select.setInt(2, limit);
            return read(select);
        } finally {
            connection.rollback(); // ends the read
        }
    }

    Optional<Envelope> find(EventId id) throws SQLException {
        var sql = "select * from spool where event_id = ? order by sequence limit 1";
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, id.toString());
            return read(select).stream().map(Spool.Spooled::envelope).findFirst();
        } finally {
            connection.rollback();
        }
    }

    private static List<Spool.Spooled> read(PreparedStatement select) throws SQLException {
        var events = new ArrayList<Spool.Spooled>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                events.add(new Spool.Spooled(rows.getLong("sequence"), envelope(rows)));
            }
        }
        return events;
    }

    /** Removes events; what they counted. */
    Totals remove(List<Spool.Spooled> events) throws SQLException {
        var removed = new Totals[] {new Totals(0, 0)};
        inTransaction(() -> {
            try (var delete = connection.prepareStatement("delete from spool where sequence = ?")) {
                for (var event : events) {
                    delete.setLong(1, event.sequence());
                    removed[0] = removed[0].plus(delete.executeUpdate(), size(event.envelope()));
                }
            }
        });
        return removed[0];
    }

    /** Gives some of the room of removed events back to the disk; a little at a time, because events wait meanwhile. */
    void shrink() throws SQLException {
        if (number("pragma freelist_count") == 0) {
            return;
        }
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            var unused = statement.executeUpdate("pragma incremental_vacuum(" + PAGES_GIVEN_BACK + ")");
            statement.execute("pragma wal_checkpoint(truncate)");
        } finally {
            connection.setAutoCommit(false);
        }
    }

    boolean setAside(long sequence, String reason) throws SQLException {
        inTransaction(() -> {
            try (var update = connection.prepareStatement("update spool set refused = ? where sequence = ?")) {
                update.setString(1, reason);
                update.setLong(2, sequence);
                var unused = update.executeUpdate();
            }
        });
        return true;
    }

    /** Proves that the disk takes writes. */
    void mark() throws SQLException {
        inTransaction(() -> {
            try (var update = connection.createStatement()) {
                var unused = update.executeUpdate("update spool_mark set counter = counter + 1");
            }
        });
    }

    /** Events and what they count towards the limit. */
    record Totals(long records, long bytes) {
        Totals plus(long times, long bytesEach) {
            return new Totals(records + times, bytes + times * bytesEach);
        }
    }

    Totals totals() throws SQLException {
        return new Totals(number("select count(*) from spool"), number("select coalesce(sum(bytes), 0) from spool"));
    }

    /** When the oldest event was received, milliseconds since the epoch; 0 when there is none. */
    long oldestMillis() throws SQLException {
        return number("select received_millis from spool order by sequence limit 1");
    }

    /** The first column of the first row; 0 when there is none. */
    private long number(String query) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        } finally {
            connection.rollback();
        }
    }

    void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("the spool did not close cleanly: {}", e.getMessage());
        }
    }

    private interface Write {
        void run() throws SQLException;
    }

    private void inTransaction(Write write) throws SQLException {
        try {
            write.run();
            connection.commit();
        } catch (SQLException e) {
            rollback(e);
            throw e;
        }
    }

    private void rollback(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void bind(PreparedStatement insert, Envelope envelope) throws SQLException {
        insert.setLong(1, size(envelope));
        insert.setString(2, envelope.id().toString());
        insert.setString(3, envelope.topic().suffix());
        insert.setString(4, envelope.key());
        insert.setString(5, envelope.source().word());
        insert.setString(6, envelope.account());
        insert.setString(7, envelope.type());
        insert.setString(8, envelope.occurredAt().toString());
        insert.setString(9, envelope.receivedAt().toString());
        insert.setLong(10, envelope.receivedAt().toEpochMilli());
        insert.setString(11, envelope.traceparent());
        insert.setString(12, envelope.contentType());
        insert.setBytes(13, envelope.value());
    }

    private static Envelope envelope(ResultSet row) throws SQLException {
        return new Envelope(
                EventId.parse(row.getString("event_id")).orElseThrow(),
                Topic.ofSuffix(row.getString("topic")).orElseThrow(),
                row.getString("record_key"),
                Source.ofWord(row.getString("source")).orElseThrow(),
                row.getString("account"),
                row.getString("type"),
                Instant.parse(row.getString("occurred_at")),
                Instant.parse(row.getString("received_at")),
                row.getString("traceparent"),
                row.getString("content_type"),
                row.getBytes("value"));
    }
}
