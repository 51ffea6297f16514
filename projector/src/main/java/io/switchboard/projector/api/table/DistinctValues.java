package io.switchboard.projector.api.table;

/**
 * The few different values of a column of a large table, found by hopping along an index that begins with it (after what
 * the condition holds fast): as many looks into the index as there are values, whatever the table holds.
 */
final class DistinctValues {
    private DistinctValues() {}

    /**
     * A select of them, of one column of that name.
     *
     * @param condition on the table's own columns, true where there is none
     */
    static String of(String table, String column, String condition) {
        return """
                with recursive hop(%2$s) as (
                  (select %2$s from %1$s where %3$s and %2$s is not null order by %2$s limit 1)
                  union all
                  select (select next.%2$s from %1$s next where %3$s and next.%2$s > hop.%2$s order by next.%2$s limit 1)
                  from hop where hop.%2$s is not null)
                select %2$s from hop where %2$s is not null
                """.formatted(table, column, condition);
    }
}
