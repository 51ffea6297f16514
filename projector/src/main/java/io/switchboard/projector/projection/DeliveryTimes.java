package io.switchboard.projector.projection;

/**
 * SQL of the column {@code delivery_times}: the set of the times at which an event was delivered, null while there is one.
 * Merging two sets depends on neither order nor repetition. The merged table is called {@code e}.
 */
final class DeliveryTimes {
    static final String OLD = "coalesce(e.delivery_times, array[e.received_at])";
    static final String NEW = "coalesce(excluded.delivery_times, array[excluded.received_at])";
    static final String MERGE = """
            delivery_times = (
                select case when count(*) > 1 then array_agg(t order by t) end
                from (select distinct t from unnest(%s || %s) t order by t limit %d) times)""".formatted(OLD, NEW, Delivered.MOST_TIMES);

    private DeliveryTimes() {}
}
