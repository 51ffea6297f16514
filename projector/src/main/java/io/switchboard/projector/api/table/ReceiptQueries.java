package io.switchboard.projector.api.table;

import io.switchboard.event.EventId;
import io.switchboard.projector.api.view.Receipt;
import io.switchboard.projector.api.view.Receipt.Place;
import io.switchboard.projector.api.view.Receipt.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Finds what the tables know of an event. */
public final class ReceiptQueries {
    private ReceiptQueries() {}

    /** An event that was refused and later replayed is projected: what it became counts, not what it went through. */
    public static Future<Optional<Receipt>> find(SqlConnection connection, EventId id, @Nullable String account) {
        var statement = new Statement();
        var event = "event_id = " + statement.bind(id.toUuid()) + " and " + statement.ofAccount(account);
        return statement
                .append("""
                        (select 'projected' as status, account, received_at, replicated_at, projected_at, topic, partition,
                                kafka_offset, call_id
                         from call_event where %1$s limit 1)
                        union all
                        (select 'quarantined', account, received_at, replicated_at, projected_at, topic, partition,
                                kafka_offset, null
                         from quarantined_event where %1$s limit 1)
                        union all
                        (select 'dead_lettered', account, received_at, null, null, topic, partition, kafka_offset, null
                         from dead_letter where %1$s order by id desc limit 1)
                        limit 1
                        """.formatted(event))
                .run(connection)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> read(id, row))
                        .findFirst());
    }

    private static Receipt read(EventId id, Row row) {
        return new Receipt(
                id,
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("account"),
                Times.instant(row, "received_at"),
                Times.instant(row, "replicated_at"),
                Times.instant(row, "projected_at"),
                new Place(row.getString("topic"), row.getInteger("partition"), row.getLong("kafka_offset")),
                row.getString("call_id"));
    }
}
