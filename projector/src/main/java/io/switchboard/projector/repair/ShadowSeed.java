package io.switchboard.projector.repair;

import io.switchboard.event.Topic;
import io.switchboard.projector.projection.ProjectedTable;
import io.switchboard.projector.projection.ProjectedTable.Origin;
import io.switchboard.projector.projection.RecordStream.Held;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What a rebuild begins with: what the log cannot tell it again. All of it is read in one snapshot, together with the
 * positions at which the live tables stand in it.
 *
 * <ul>
 *   <li>From events: all facts and latest observations; what is folded is folded again.
 *   <li>From topics: the facts whose place the log does not hold any more, and of topics that may have forgotten something
 *       the latest observations, each dated just before itself: so the same one, read again, replaces it, as the decoder
 *       reads it now. Those that nothing replaced get their own date back in the end ({@link #settle}).
 * </ul>
 *
 * Which call a journal entry is about is decided again in both cases.
 */
final class ShadowSeed {
    private static final String JUST_BEFORE = "'00000000-0000-0000-0000-000000000000'::uuid";
    private static final Set<String> JOIN = Set.of("call_id", "joined_by");
    private static final Set<String> EVENTS = Set.of("seen_event", "removed_event");

    private final ShadowSchema schema;

    ShadowSeed(ShadowSchema schema) {
        this.schema = schema;
    }

    void fromEvents() {
        for (var table : ProjectedTable.values()) {
            if (table.origin() != Origin.FOLD) {
                copy(table, column -> quoted(column), "true", Tuple.tuple());
            }
        }
    }

    /**
     * @param held what the log holds
     * @param forgetful topics that may have lost records
     */
    void fromTopics(Map<TopicPartition, Held> held, Set<Topic> forgetful) {
        for (var table : ProjectedTable.values()) {
            switch (table.origin()) {
                case FACTS -> copy(table, ShadowSeed::quoted, """
                        not exists (
                            select from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[])
                                as h (topic, partition, beginning, until)
                            where h.topic = t.topic and h.partition = t.partition
                                and t.kafka_offset >= h.beginning and t.kafka_offset < h.until)""", ranges(held));
                case FOLD -> {}
                case OBSERVED -> {
                    if (table.topics().stream().anyMatch(forgetful::contains)) {
                        copy(table, ShadowSeed::quoted, "true", Tuple.tuple());
                    }
                }
                case LATEST -> {
                    if (table.topics().stream().anyMatch(forgetful::contains)) {
                        copy(
                                table,
                                column -> EVENTS.contains(column)
                                        ? "case when " + quoted(column) + " is not null then " + JUST_BEFORE + " end"
                                        : quoted(column),
                                "true",
                                Tuple.tuple());
                    }
                }
            }
        }
    }

    /** Gives what the log did not tell again its own date back. */
    void settle() {
        for (var table : ProjectedTable.values()) {
            if (table.origin() == Origin.LATEST) {
                var key = schema.key(table.word()).stream()
                        .map(column -> "s." + quoted(column) + " = l." + quoted(column))
                        .collect(Collectors.joining(" and "));
                schema.columns(table.word()).stream().filter(EVENTS::contains).forEach(column -> {
                    var name = quoted(column);
                    schema.run("update %s s set %s = l.%s from %s l where s.%s = %s and %s"
                            .formatted(
                                    ShadowSchema.in(table), name, name, quoted(table.word()), name, JUST_BEFORE, key));
                });
            }
        }
    }

    private interface Choice {
        String of(String column);
    }

    private void copy(ProjectedTable table, Choice choice, String condition, Tuple values) {
        var columns = schema.columns(table.word());
        var chosen = columns.stream()
                .map(column ->
                        table == ProjectedTable.JOURNAL_ENTRY && JOIN.contains(column) ? "null" : choice.of(column))
                .collect(Collectors.joining(", "));
        var unused = schema.ask(
                "insert into %s (%s) select %s from %s t where %s"
                        .formatted(
                                ShadowSchema.in(table),
                                columns.stream().map(ShadowSeed::quoted).collect(Collectors.joining(", ")),
                                chosen,
                                quoted(table.word()),
                                condition),
                values);
    }

    /** Partitions, where their log begins and where it ends, as arrays. */
    static Tuple ranges(Map<TopicPartition, Held> held) {
        var partitions = List.copyOf(held.keySet());
        return Tuple.of(
                partitions.stream().map(TopicPartition::topic).toArray(String[]::new),
                partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new),
                partitions.stream()
                        .map(partition ->
                                Objects.requireNonNull(held.get(partition)).beginning())
                        .toArray(Long[]::new),
                partitions.stream()
                        .map(partition ->
                                Objects.requireNonNull(held.get(partition)).end())
                        .toArray(Long[]::new));
    }

    private static String quoted(String name) {
        return ShadowSchema.quoted(name);
    }
}
