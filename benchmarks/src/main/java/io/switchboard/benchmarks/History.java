package io.switchboard.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Eighteen months of a call centre, made by the database itself: the statements lie beside this class. Secondary indexes are
 * dropped while it loads. Confined to one thread.
 */
final class History {
    static final LocalDate FIRST_DAY = LocalDate.parse("2025-05-01");
    static final LocalDate END = FIRST_DAY.plusMonths(18);

    private static final int CALLS_OF_A_CLIENT = 25;
    private static final List<String> TABLES = List.of("call", "call_leg", "journal_entry");

    private final Connection connection;
    private final long calls;
    private final Consumer<String> told;

    /** @param told hears what is done and how long it took */
    History(Connection connection, long calls, Consumer<String> told) {
        this.connection = connection;
        this.calls = calls;
        this.told = told;
    }

    /** Loads it unless it is there. */
    void load() throws SQLException, IOException {
        var found = number("select count(*) from (select from call limit 1) c");
        if (found > 0) {
            told.accept("The tables hold calls already: they are asked as they are.");
            return;
        }
        run("session", "set work_mem = '256MB'");
        run("session", "set maintenance_work_mem = '1GB'");
        var indexes = dropIndexes();
        for (var month = FIRST_DAY; month.isBefore(END); month = month.plusMonths(1)) {
            run("calls of " + month, sql("calls", month));
        }
        run("analyze", "analyze call");
        run("legs", sql("legs", FIRST_DAY));
        run("journal", sql("journal", FIRST_DAY));
        run("contacts", sql("contacts", FIRST_DAY));
        for (var index : indexes) {
            run(index.split(" on ", 2)[0], index);
        }
        run("coverage by the hour", resource("/db/migration/V043__coverage_of_known_calls.sql"));
        run("reports by the hour", "insert into report_hour select * from report_hour_of_calls");
        run("vacuum", "vacuum analyze");
    }

    private List<String> dropIndexes() throws SQLException {
        var indexes = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select indexname, indexdef from pg_indexes
                        where schemaname = 'public' and tablename in ('%s') and indexname not like '%%_pkey'
                        """.formatted(String.join("', '", TABLES)))) {
            while (rows.next()) {
                indexes.add(rows.getString("indexdef"));
            }
        }
        for (var index : indexes) {
            run("session", "drop index " + index.split(" ")[2]);
        }
        return indexes;
    }

    private String sql(String name, LocalDate month) throws IOException {
        var months = 18L;
        return resource(name + ".sql")
                .replace(":callers", Long.toString(calls / CALLS_OF_A_CLIENT))
                .replace(":calls", Long.toString(name.equals("calls") ? calls / months : calls))
                .replace(":'from'", quoted(month))
                .replace(":'until'", quoted(month.plusMonths(1)));
    }

    private static String quoted(LocalDate day) {
        return "'" + day.atStartOfDay(ZoneOffset.UTC).toInstant() + "'";
    }

    private static String resource(String name) throws IOException {
        try (var stream = History.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        }
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private void run(String what, String sql) throws SQLException {
        var begun = System.nanoTime();
        try (var statement = connection.createStatement()) {
            var rows = statement.execute(sql) ? 0 : statement.getLargeUpdateCount();
            if (!what.equals("session")) {
                told.accept(String.format(
                        Locale.ROOT, "%-40s %,12d rows %8.1f s", what, rows, (System.nanoTime() - begun) / 1e9));
            }
        }
    }
}
