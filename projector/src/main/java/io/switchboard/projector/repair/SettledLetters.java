package io.switchboard.projector.repair;

import io.switchboard.projector.projection.RecordStream.Held;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a rebuild from the topics says of dead letters: a record that was refused and was applied this time is settled; one that
 * was applied and is refused now becomes a dead letter. Part of the exchange.
 */
final class SettledLetters {
    private static final String OPEN = """
            insert into dead_letter
                (account, topic, partition, kafka_offset, record_key, event_id, event_type, reason, detail, received_at)
            select account, topic, partition, kafka_offset, record_key, event_id, event_type, reason, detail, received_at
            from %s.dead_letter
            on conflict (topic, partition, kafka_offset) do nothing""".formatted(ShadowSchema.SHADOW);

    private static final String SETTLE = """
            update dead_letter d set resolved_at = now(), resolution = 'applied', resolved_by = $5
            from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) as h (topic, partition, beginning, until)
            where d.resolved_at is null and d.topic = h.topic and d.partition = h.partition
                and d.kafka_offset >= h.beginning and d.kafka_offset < h.until
                and not exists (
                    select from %s.dead_letter s
                    where s.topic = d.topic and s.partition = d.partition and s.kafka_offset = d.kafka_offset)""".formatted(ShadowSchema.SHADOW);

    private final ShadowSchema schema;

    SettledLetters(ShadowSchema schema) {
        this.schema = schema;
    }

    /**
     * @param held what the log held when reading began
     * @param until up to where it was read
     */
    void settle(Map<TopicPartition, Held> held, Map<TopicPartition, Long> until, String by) {
        var read = new HashMap<TopicPartition, Held>();
        held.forEach((partition, range) ->
                read.put(partition, new Held(range.beginning(), until.getOrDefault(partition, range.beginning()))));
        schema.run(OPEN);
        var settled = schema.ask(SETTLE, ShadowSeed.ranges(read).addValue(by));
        assert settled.rowCount() >= 0;
    }
}
