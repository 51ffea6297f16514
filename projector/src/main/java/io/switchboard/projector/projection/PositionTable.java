package io.switchboard.projector.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Table {@code projection_position}: moved by compare-and-set only. */
final class PositionTable {
    // Rows are locked in the order of their key, so that two instances that disagree do not deadlock.
    private static final String MOVE = """
            with moving as (
                select p.topic, p.partition, m.next_offset, m.last_record_at, m.last_received_at
                from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[])
                         as m (topic, partition, expected, next_offset, last_record_at, last_received_at)
                    join projection_position p
                        on p.topic = m.topic and p.partition = m.partition and p.next_offset = m.expected
                order by p.topic, p.partition
                for update of p)
            update projection_position p
            set next_offset = m.next_offset,
                last_record_at = m.last_record_at,
                last_received_at = greatest(p.last_received_at, m.last_received_at),
                moved_at = now()
            from moving m
            where p.topic = m.topic and p.partition = m.partition""";

    private static final String CREATE = """
            insert into projection_position (topic, partition, next_offset)
            select * from unnest($1::text[], $2::int[], $3::bigint[]) as n (topic, partition, next_offset)
            order by 1, 2
            on conflict do nothing""";

    private static final String LOAD = """
            select p.topic, p.partition, p.next_offset
            from projection_position p
                join unnest($1::text[], $2::int[]) as n (topic, partition)
                    on p.topic = n.topic and p.partition = n.partition""";

    private static final String REWIND = """
            update projection_position set next_offset = $4, moved_at = now()
            where topic = $1 and partition = $2 and next_offset = $3""";

    private PositionTable() {}

    /** Moves all; answers how many stood where they were expected. */
    static Future<Integer> move(SqlClient client, List<Batch.Move> moves) {
        return client.preparedQuery(MOVE)
                .execute(new Columns<>(moves)
                        .text(move -> move.partition().topic())
                        .integer(move -> move.partition().partition())
                        .number(Batch.Move::expected)
                        .number(Batch.Move::next)
                        .time(Batch.Move::lastRecordAt)
                        .time(Batch.Move::lastReceivedAt)
                        .tuple())
                .map(RowSet::rowCount);
    }

    static Future<Integer> create(SqlClient client, Map<TopicPartition, Long> offsets) {
        return client.preparedQuery(CREATE)
                .execute(partitions(List.copyOf(offsets.keySet()))
                        .number(partition -> offsets.getOrDefault(partition, 0L))
                        .tuple())
                .map(RowSet::rowCount);
    }

    static Future<Map<TopicPartition, Long>> load(SqlClient client, Map<TopicPartition, Long> wanted) {
        return client.preparedQuery(LOAD)
                .execute(partitions(List.copyOf(wanted.keySet())).tuple())
                .map(PositionTable::positions);
    }

    static Future<Boolean> rewind(SqlClient client, TopicPartition partition, long seen, long offset) {
        return client.preparedQuery(REWIND)
                .execute(Tuple.of(partition.topic(), partition.partition(), seen, offset))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Columns<TopicPartition> partitions(List<TopicPartition> partitions) {
        return new Columns<>(partitions).text(TopicPartition::topic).integer(TopicPartition::partition);
    }

    private static Map<TopicPartition, Long> positions(RowSet<Row> rows) {
        var positions = new HashMap<TopicPartition, Long>();
        for (var row : rows) {
            positions.put(new TopicPartition(row.getString(0), row.getInteger(1)), row.getLong(2));
        }
        return positions;
    }
}
