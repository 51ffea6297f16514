package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.CoverageFilter;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.view.CoverageHour;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads coverage, hour by hour. */
public final class CoverageQueries {
    /** Ids of a cursor of this list. */
    public static final int TIES = 1;

    private static final List<String> DELAYS =
            List.of("delay_1s", "delay_5s", "delay_30s", "delay_2m", "delay_10m", "delay_1h", "delay_more");

    /**
     * A slice of the list.
     *
     * @param account the only account to read; null for all
     * @param after the row before the first one wanted
     */
    public record Slice(@Nullable String account, @Nullable Cursor after, int count) {}

    /** Hours in which calls began, newest first. */
    public Future<List<CoverageHour>> list(SqlConnection connection, CoverageFilter filter, Slice slice) {
        var statement = new Statement();
        var conditions = statement.ofAccount(slice.account()) + " and webhook_only + poll_only + both_doors > 0";
        if (filter.from() != null) {
            conditions += " and hour >= " + statement.bind(filter.from());
        }
        if (filter.to() != null) {
            conditions += " and hour < " + statement.bind(filter.to());
        }
        var after = slice.after();
        if (after != null) {
            conditions += " and (hour, account) < (%s, %s)"
                    .formatted(
                            statement.bind(Instant.EPOCH.plus(after.position(), ChronoUnit.MICROS)),
                            statement.bind(after.ties().getFirst()));
        }
        return statement
                .append("select * from coverage_hour where " + conditions)
                .append(" order by hour desc, account desc limit " + statement.bind(slice.count()))
                .run(connection)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(CoverageQueries::read)
                        .toList());
    }

    public static Cursor cursor(long list, CoverageHour hour) {
        return new Cursor(list, ChronoUnit.MICROS.between(Instant.EPOCH, hour.hour()), List.of(hour.account()));
    }

    private static CoverageHour read(Row row) {
        return new CoverageHour(
                row.getString("account"),
                Times.known(row, "hour"),
                row.getInteger("webhook_only"),
                row.getInteger("poll_only"),
                row.getInteger("both_doors"),
                row.getInteger("still_open"),
                DELAYS.stream().map(row::getInteger).toList());
    }
}
