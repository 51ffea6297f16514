package io.switchboard.projector.projection;

import io.switchboard.projector.projection.Item.Quarantined;
import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/** Table {@code quarantined_event}. */
final class QuarantineTable {
    private static final String EARLIER = """
            (excluded.received_at, excluded.topic, excluded.partition, excluded.kafka_offset) \
            < (e.received_at, e.topic, e.partition, e.kafka_offset)""";

    private static final String INSERT =
            """
            insert into quarantined_event as e
                (account, event_id, received_at, replicated_at, topic, partition, kafka_offset, delivery_times)
            select account, event_id, received_at, replicated_at, topic, partition, kafka_offset,
                delivery_times::timestamptz[]
            from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::int[], $7::bigint[],
                    $8::text[])
                as n (account, event_id, received_at, replicated_at, topic, partition, kafka_offset, delivery_times)
            on conflict (event_id, account) do update set
                received_at = case when %1$s then excluded.received_at else e.received_at end,
                replicated_at = case when %1$s then excluded.replicated_at else e.replicated_at end,
                topic = case when %1$s then excluded.topic else e.topic end,
                partition = case when %1$s then excluded.partition else e.partition end,
                kafka_offset = case when %1$s then excluded.kafka_offset else e.kafka_offset end,
                %2$s
            where %1$s or not (%3$s <@ %4$s)""".formatted(EARLIER, DeliveryTimes.MERGE, DeliveryTimes.NEW, DeliveryTimes.OLD);

    private QuarantineTable() {}

    static Future<Integer> insert(SqlClient client, List<Delivered<Quarantined>> items) {
        return client.preparedQuery(INSERT)
                .execute(new Columns<>(items)
                        .text(item -> item.first().account())
                        .uuid(item -> item.first().id().toUuid())
                        .time(item -> item.first().receivedAt())
                        .time(item -> item.first().appendedAt())
                        .text(item -> item.first().record().topic())
                        .integer(item -> item.first().record().partition())
                        .number(item -> item.first().record().offset())
                        .text(Delivered::timesArray)
                        .tuple())
                .map(RowSet::rowCount);
    }
}
