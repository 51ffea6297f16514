package io.switchboard.projector.repair;

import io.switchboard.projector.projection.Batch;
import io.switchboard.projector.projection.Item;
import io.switchboard.projector.projection.RecordDecoder;
import io.switchboard.projector.projection.RecordStream.Held;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Applies the log to the tables beside the live ones, up to a given place in each partition and never past it. */
final class CatchUp {
    private final LogReader log;
    private final RecordDecoder decoder;
    private final Reapplication reapplication;
    private final RepairRun run;
    private final int batch;
    private final Map<TopicPartition, Long> next;
    private final Map<TopicPartition, Held> held;

    /**
     * @param held what the log held when the tables were begun
     * @param next where reading begins
     */
    CatchUp(
            RebuildTools tools,
            Reapplication reapplication,
            Map<TopicPartition, Held> held,
            Map<TopicPartition, Long> next) {
        this.log = tools.log();
        this.decoder = tools.decoder();
        this.run = tools.run();
        this.batch = tools.pace().records();
        this.reapplication = reapplication;
        this.held = held;
        this.next = new HashMap<>(next);
    }

    /** How many offsets lie between here and there. */
    long distance(Map<TopicPartition, Long> there) {
        return next.entrySet().stream()
                .mapToLong(from -> Math.max(0, there.getOrDefault(from.getKey(), 0L) - from.getValue()))
                .sum();
    }

    /** Returns when the tables stand there. */
    void upTo(Map<TopicPartition, Long> there) {
        var goals = next.entrySet().stream()
                .filter(from -> there.getOrDefault(from.getKey(), 0L) > from.getValue())
                .collect(Collectors.toMap(Map.Entry::getKey, from -> there.getOrDefault(from.getKey(), 0L)));
        if (goals.isEmpty()) {
            return;
        }
        log.begin(goals.keySet().stream()
                .collect(Collectors.toMap(
                        partition -> partition, partition -> Math.max(begin(partition), at(partition)))));
        while (!goals.isEmpty()) {
            apply(log.poll().stream()
                    .filter(record -> record.offset() < goals.getOrDefault(partition(record), 0L))
                    .toList());
            goals.forEach((partition, goal) -> {
                var position = Math.min(log.position(partition), goal);
                run.stepped(position - at(partition));
                next.put(partition, position);
            });
            goals.entrySet().removeIf(goal -> at(goal.getKey()) >= goal.getValue());
            run.goOn();
        }
    }

    private void apply(List<ConsumerRecord<byte[], byte[]>> records) {
        for (var start = 0; start < records.size(); start += batch) {
            var items = new ArrayList<Item>();
            records.subList(start, Math.min(records.size(), start + batch))
                    .forEach(record -> items.add(decoder.decode(record)));
            var outcome = reapplication.apply(Batch.again(items));
            run.count("read", items.size());
            run.count("applied", outcome.fresh());
            run.count("refused", outcome.refused().size());
        }
    }

    private long at(TopicPartition partition) {
        return Objects.requireNonNull(next.get(partition));
    }

    private long begin(TopicPartition partition) {
        return Objects.requireNonNull(held.get(partition)).beginning();
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
