package io.switchboard.projector.repair;

import io.switchboard.projector.projection.ProjectedTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Live tables and rebuilt ones, row by row by the hash of what a row says; when it was written is left out. Both are read in
 * one snapshot, taken while both stood at the same positions, so that every difference is one of the projection and none of
 * time.
 */
final class ShadowComparison {
    private static final int SAMPLE = 5;

    private final ShadowSchema schema;

    /** @param snapshot a connection in a transaction that sees both at the same positions */
    ShadowComparison(SqlConnection snapshot) {
        this.schema = new ShadowSchema(snapshot);
    }

    /**
     * How one table compares.
     *
     * @param missing live rows that were not built again
     * @param extra rows that only the rebuild has
     * @param changed rows that say something else
     * @param sample keys of some of those
     */
    record Difference(
            ProjectedTable table,
            long liveRows,
            long rebuiltRows,
            long missing,
            long extra,
            long changed,
            String liveHash,
            String rebuiltHash,
            List<String> sample) {

        long rows() {
            return missing + extra + changed;
        }

        JsonObject json() {
            return new JsonObject()
                    .put("table", table.word())
                    .put("live_rows", liveRows)
                    .put("rebuilt_rows", rebuiltRows)
                    .put("differing", rows())
                    .put("missing", missing)
                    .put("extra", extra)
                    .put("changed", changed)
                    .put("live_hash", liveHash)
                    .put("rebuilt_hash", rebuiltHash)
                    .put("sample", new JsonArray(sample));
        }
    }

    Difference of(ProjectedTable table) {
        var key = schema.key(table.word());
        var both = both(table, key);
        var row = schema.ask("""
                select count(l.h), count(s.h), count(*) filter (where s.h is null), count(*) filter (where l.h is null),
                    count(*) filter (where l.h <> s.h), to_hex(coalesce(bit_xor(l.h), 0)), to_hex(coalesce(bit_xor(s.h), 0))
                from\s""" + both, Tuple.tuple()).iterator().next();
        var equal = row.getLong(2) + row.getLong(3) + row.getLong(4) == 0;
        return new Difference(
                table,
                row.getLong(0),
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                equal ? List.of() : sample(key, both));
    }

    private List<String> sample(List<String> key, String both) {
        var keys = new ArrayList<String>();
        var name = key.stream()
                .map(column -> ShadowSchema.quoted(column) + "::text")
                .collect(Collectors.joining(", "));
        schema.ask(
                        "select concat_ws('/', " + name + ") from " + both
                                + " where l.h is distinct from s.h order by 1 limit " + SAMPLE,
                        Tuple.tuple())
                .forEach(row -> keys.add(row.getString(0)));
        return keys;
    }

    private String both(ProjectedTable table, List<String> key) {
        var keys = key.stream().map(ShadowSchema::quoted).collect(Collectors.joining(", "));
        var said = schema.columns(table.word()).stream()
                .filter(column -> !ProjectedTable.VOLATILE.contains(column))
                .map(ShadowSchema::quoted)
                .collect(Collectors.joining(", "));
        var hashed = "(select " + keys + ", hashtextextended(row(" + said + ")::text, 0) as h from %s) %s";
        return hashed.formatted(ShadowSchema.quoted(table.word()), "l") + " full join "
                + hashed.formatted(ShadowSchema.in(table), "s") + " using (" + keys + ")";
    }
}
