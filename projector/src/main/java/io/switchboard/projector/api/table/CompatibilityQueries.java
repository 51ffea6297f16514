package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.ReportRange;
import io.switchboard.projector.api.view.CompatibilityView.Count;
import io.switchboard.projector.api.view.CompatibilityView.Extension;
import io.switchboard.projector.api.view.CompatibilityView.PhoneNumber;
import io.switchboard.projector.api.view.CompatibilityView.Report;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what the dashboard that was there before asks for. */
public final class CompatibilityQueries {
    private static final int MOST_ROWS = 10_000;

    private CompatibilityQueries() {}

    public static Future<List<PhoneNumber>> phoneNumbers(SqlConnection connection, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append("select number, object_guid, label, deleted_at, first_seen_at from phone_number where "
                        + statement.ofAccount(account) + " order by number, account limit " + MOST_ROWS)
                .run(connection)
                .map(rows -> all(rows)
                        .map(row -> new PhoneNumber(
                                row.getString("number"),
                                row.getString("object_guid"),
                                row.getString("label"),
                                row.getOffsetDateTime("deleted_at") == null ? "active" : "deleted",
                                Times.instant(row, "first_seen_at")))
                        .toList());
    }

    public static Future<List<Extension>> extensions(SqlConnection connection, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append("select extension, display_name, user_id from extension"
                        + " where extension is not null and deleted_at is null and "
                        + statement.ofAccount(account) + " order by extension, account limit " + MOST_ROWS)
                .run(connection)
                .map(rows -> all(rows)
                        .map(row -> new Extension(
                                row.getString("extension"), row.getString("display_name"), row.getString("user_id")))
                        .toList());
    }

    /** How many active numbers and extensions there are. */
    public static Future<Count> count(SqlConnection connection, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append("select (select count(*) from phone_number where deleted_at is null and "
                        + statement.ofAccount(account) + ") as phones, (select count(*) from extension"
                        + " where extension is not null and deleted_at is null and "
                        + statement.ofAccount(account) + ") as extensions")
                .run(connection)
                .map(rows -> {
                    var row = rows.iterator().next();
                    return new Count(row.getLong("phones"), row.getLong("extensions"));
                });
    }

    /** The accounts that have calls. */
    public static Future<List<String>> accounts(SqlConnection connection, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append(CallQueries.accounts(statement, account, "call"))
                .run(connection)
                .map(rows -> all(rows).map(row -> row.getString("account")).toList());
    }

    /** Incoming calls by day and number; days without calls have no row. */
    public static Future<List<Report>> reports(SqlConnection connection, String account, List<ReportRange.Day> days) {
        var statement = new Statement();
        var sql = """
                select d.date, c.business_number, count(*) as calls,
                    count(*) filter (where c.outcome = 'answered' or (c.outcome is null and c.answered_at is not null)) as answered,
                    count(*) filter (where c.outcome in ('missed', 'voicemail', 'dropped')) as missed,
                    coalesce(sum(c.talk_seconds), 0) as talk_seconds
                from unnest(%s::text[], %s::timestamptz[], %s::timestamptz[]) d (date, begins, ends)
                    join call c on c.account = %s and c.direction = 'inbound'
                        and c.started_at >= d.begins and c.started_at < d.ends
                group by d.date, c.business_number order by d.date, c.business_number limit 100000
                """.formatted(
                statement.bind(days.stream().map(day -> day.date().toString()).toArray(String[]::new)),
                statement.bind(days.stream()
                        .map(day -> day.begin().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new)),
                statement.bind(days.stream()
                        .map(day -> day.end().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new)),
                statement.bind(account));
        return statement
                .append(sql)
                .run(connection)
                .map(rows -> all(rows)
                        .map(row -> new Report(
                                row.getString("date"),
                                row.getString("business_number"),
                                row.getLong("calls"),
                                row.getLong("answered"),
                                row.getLong("missed"),
                                row.getDouble("talk_seconds")))
                        .toList());
    }

    private static Stream<Row> all(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
