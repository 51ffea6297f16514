package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.JobFilter;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads jobs. */
public final class JobQueries {
    /** Ties of the list's cursor: id and account. */
    public static final int TIES = 2;

    private JobQueries() {}

    /**
     * Whose jobs, and which slice of them.
     *
     * @param account the only account to read; null for all
     * @param requestedBy the only principal whose jobs are read; null for all
     * @param after the job before the first one wanted
     */
    public record Slice(
            @Nullable String account,
            @Nullable String requestedBy,
            @Nullable Cursor after,
            int count) {}

    /** Jobs, newest first. */
    public static Future<List<Job>> list(SqlConnection connection, JobFilter filter, Slice slice) {
        var statement = new Statement();
        var sql = new StringBuilder("select * from job where ").append(statement.ofAccount(slice.account()));
        if (slice.requestedBy() != null) {
            sql.append(" and requested_by = ").append(statement.bind(slice.requestedBy()));
        }
        if (!filter.kinds().isEmpty()) {
            sql.append(" and kind = any(")
                    .append(statement.bind(filter.kinds().toArray(String[]::new)))
                    .append("::text[])");
        }
        if (!filter.statuses().isEmpty()) {
            sql.append(" and status = any(")
                    .append(statement.bind(filter.statuses().toArray(String[]::new)))
                    .append("::text[])");
        }
        var after = slice.after();
        if (after != null) {
            sql.append(" and (requested_at, id, account) < (%s, %s, %s)"
                    .formatted(
                            statement.bind(Instant.EPOCH.plus(after.position(), ChronoUnit.MICROS)),
                            statement.bind(after.ties().get(0)),
                            statement.bind(after.ties().get(1))));
        }
        return statement
                .append(sql + " order by requested_at desc, id desc, account desc limit "
                        + statement.bind(slice.count()))
                .run(connection)
                .map(JobQueries::all);
    }

    /** Where the page after a job begins. */
    public static Cursor cursor(long list, Job job) {
        return new Cursor(
                list, ChronoUnit.MICROS.between(Instant.EPOCH, job.requestedAt()), List.of(job.id(), job.account()));
    }

    /** What a repair found, by the id of its job; jobs without are left out. */
    public static Future<Map<String, Map<String, Object>>> reports(SqlConnection connection, Collection<String> ids) {
        var statement = new Statement();
        return statement
                .append("select id, report from job where report is not null and id = any("
                        + statement.bind(ids.toArray(String[]::new)) + "::text[])")
                .run(connection)
                .map(rows -> {
                    var reports = new HashMap<String, Map<String, Object>>();
                    rows.forEach(row -> reports.put(
                            row.getString("id"), row.getJsonObject("report").getMap()));
                    return reports;
                });
    }

    /** The repair that is queued or running, of whichever account. */
    public static Future<Optional<Job>> openRepair(SqlConnection connection) {
        var statement = new Statement();
        return statement
                .append("select j.* from repair r join job j on j.account = r.account and j.id = r.id"
                        + " where r.finished_at is null limit 1")
                .run(connection)
                .map(rows -> all(rows).stream().findFirst());
    }

    public static Future<Optional<Job>> find(SqlConnection connection, String id, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append("select * from job where id = " + statement.bind(id) + " and " + statement.ofAccount(account)
                        + " order by requested_at desc limit 1")
                .run(connection)
                .map(rows -> all(rows).stream().findFirst());
    }

    /** A synchronisation of one of the accounts that is queued or running. */
    public static Future<Optional<Job>> openSync(SqlConnection connection, List<String> accounts) {
        var statement = new Statement();
        return statement
                .append("select * from job where kind = 'sync' and status in ('queued', 'running') and account = any("
                        + statement.bind(accounts.toArray(String[]::new))
                        + "::text[]) order by requested_at desc limit 1")
                .run(connection)
                .map(rows -> all(rows).stream().findFirst());
    }

    /** How many calls, and voicemails among them, the account had in the last days; counted up to a bound. */
    public static Future<long[]> recentCalls(SqlConnection connection, String account, Instant since) {
        var statement = new Statement();
        return statement
                .append("select count(*) as calls, count(*) filter (where outcome = 'voicemail') as voicemails"
                        + " from (select outcome from call where account = " + statement.bind(account)
                        + " and started_at >= " + statement.bind(since) + " limit 500000) recent")
                .run(connection)
                .map(rows -> {
                    var row = rows.iterator().next();
                    return new long[] {row.getLong("calls"), row.getLong("voicemails")};
                });
    }

    private static List<Job> all(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(JobQueries::read)
                .toList();
    }

    private static Job read(Row row) {
        return new Job(
                row.getString("id"),
                row.getString("account"),
                Order.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("command"),
                Job.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                List.of(row.getArrayOfStrings("resources")),
                Times.instant(row, "range_from"),
                Times.instant(row, "range_to"),
                row.getString("requested_by"),
                Times.known(row, "requested_at"),
                Times.instant(row, "started_at"),
                Times.instant(row, "finished_at"),
                row.getInteger("price_requests"),
                row.getInteger("spent_requests"),
                row.getInteger("steps_done"),
                row.getInteger("steps_total"),
                counts(row.getJsonObject("read_records")),
                row.getLong("published"),
                row.getString("error"),
                row.getString("detail"),
                row.getInteger("revision"));
    }

    private static Map<String, Long> counts(JsonObject json) {
        var counts = new LinkedHashMap<String, Long>();
        json.forEach(entry -> counts.put(entry.getKey(), json.getLong(entry.getKey())));
        return counts;
    }
}
