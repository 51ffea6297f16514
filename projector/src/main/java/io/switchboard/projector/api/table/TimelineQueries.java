package io.switchboard.projector.api.table;

import io.switchboard.projector.api.view.Receipt.Place;
import io.switchboard.projector.api.view.TimelineItem.Stored;
import io.switchboard.projector.projection.CallEventTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the events of a call. */
public final class TimelineQueries {
    /** More than the fold takes of one call. */
    private static final int MOST_EVENTS = 12_000;

    private TimelineQueries() {}

    /** All events of a call, in no order; of accounts that share the id, those of the one whose call arrived last. */
    public static Future<List<Stored>> events(SqlConnection connection, String callId, @Nullable String account) {
        var statement = new Statement();
        var id = statement.bind(callId);
        return statement
                .append("""
                        select %s, e.deliveries, e.topic, e.partition, e.kafka_offset
                        from (select o.account from (%s) a join call_event o on o.account = a.account and o.call_id = %s
                              order by o.received_at desc limit 1) owner
                        join call_event e on e.account = owner.account and e.call_id = %s
                        order by e.received_at limit %d
                        """.formatted(
                                CallEventTable.EVENT_COLUMNS,
                                CallQueries.accounts(statement, account, "call_event"),
                                id,
                                id,
                                MOST_EVENTS))
                .run(connection)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TimelineQueries::read)
                        .toList());
    }

    private static Stored read(Row row) {
        return new Stored(
                CallEventTable.event(row),
                row.getInteger("deliveries"),
                new Place(row.getString("topic"), row.getInteger("partition"), row.getLong("kafka_offset")));
    }
}
