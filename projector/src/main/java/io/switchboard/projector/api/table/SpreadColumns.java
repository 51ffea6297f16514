package io.switchboard.projector.api.table;

import io.switchboard.projector.report.Spread;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/** How durations are spread, worked out by the database from every one of them. */
final class SpreadColumns {
    private static final double MICROS = 1e6;

    private SpreadColumns() {}

    /**
     * Columns of a statement that groups.
     *
     * @param micros an expression: whole microseconds; null is not counted
     */
    static String of(String micros, String name) {
        return """
                count(%1$s) as %2$s_n, coalesce(sum(%1$s), 0)::bigint as %2$s_sum,
                percentile_cont(array[0.5, 0.9, 0.95]) within group (order by (%1$s)::float8) as %2$s_p
                """.formatted(micros, name);
    }

    static Spread read(Row row, String name) {
        long count = row.getLong(name + "_n");
        Double @Nullable [] ranks = row.getArrayOfDoubles(name + "_p");
        return count == 0 || ranks == null
                ? Spread.NONE
                : new Spread(
                        count, row.getLong(name + "_sum"), ranks[0] / MICROS, ranks[1] / MICROS, ranks[2] / MICROS);
    }
}
