package io.switchboard.projector.repair;

import io.switchboard.projector.projection.Batch;
import io.switchboard.projector.projection.Item;
import io.switchboard.projector.projection.Item.Quarantined;
import io.switchboard.projector.projection.ProjectionStore;
import io.switchboard.projector.projection.RecordDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A range of a topic once more through the projection. The range is settled when it begins: what is appended meanwhile is not
 * in it. After each batch the state says where it goes on, so that another projector does when this one stops.
 *
 * <pre>  {"ranges":[{"partition":0,"next":1200,"end":4000}, …]}</pre>
 */
final class TopicReplay {
    private final LogReader log;
    private final RecordDecoder decoder;
    private final Reapplication reapplication;
    private final RepairRun run;
    private final Pace pace;

    TopicReplay(LogReader log, RecordDecoder decoder, ProjectionStore store, RepairRun run, Pace pace) {
        this.log = log;
        this.decoder = decoder;
        this.reapplication = new Reapplication(store, run);
        this.run = run;
        this.pace = pace;
    }

    private record Range(long next, long end) {
        boolean isDone() {
            return next >= end;
        }
    }

    /** @param partitions all of the topic */
    void replay(List<TopicPartition> partitions) {
        var ranges = run.state().containsKey("ranges") ? resumed(partitions) : settled(partitions);
        ranges.values().removeIf(Range::isDone);
        keep(ranges);
        var from = new HashMap<TopicPartition, Long>();
        ranges.forEach((partition, range) -> from.put(partition, range.next()));
        if (!from.isEmpty()) {
            log.begin(from);
        }
        while (!ranges.isEmpty()) {
            var begun = System.nanoTime();
            var wanted = wanted(ranges);
            for (var start = 0; start < wanted.size(); start += pace.records()) {
                apply(wanted.subList(start, Math.min(wanted.size(), start + pace.records())));
            }
            advance(ranges);
            pace.after(Duration.ofNanos(wanted.isEmpty() ? 0 : System.nanoTime() - begun), run);
        }
        run.say("Everything of the range was applied again.");
    }

    private List<ConsumerRecord<byte[], byte[]>> wanted(Map<TopicPartition, Range> ranges) {
        return log.poll().stream()
                .filter(record -> {
                    var range = ranges.get(new TopicPartition(record.topic(), record.partition()));
                    return range != null && record.offset() < range.end();
                })
                .toList();
    }

    private void apply(List<ConsumerRecord<byte[], byte[]>> records) {
        var items = new ArrayList<Item>(records.size());
        records.forEach(record -> items.add(decoder.decode(record)));
        var outcome = reapplication.apply(Batch.again(items));
        var quarantined = items.stream().filter(Quarantined.class::isInstance).count();
        var refused = outcome.refused().size();
        run.count("read", items.size());
        run.count("applied", outcome.fresh());
        run.count("refused", refused);
        run.count("quarantined", quarantined);
        run.count("duplicates", Math.max(0, items.size() - outcome.fresh() - refused - quarantined));
    }

    private void advance(Map<TopicPartition, Range> ranges) {
        ranges.replaceAll((partition, range) -> {
            var next = Math.min(log.position(partition), range.end());
            run.stepped(next - range.next());
            return new Range(next, range.end());
        });
        ranges.values().removeIf(Range::isDone);
        keep(ranges);
    }

    private void keep(Map<TopicPartition, Range> ranges) {
        var array = new JsonArray();
        ranges.forEach((partition, range) -> array.add(new JsonObject()
                .put("partition", partition.partition())
                .put("next", range.next())
                .put("end", range.end())));
        run.state().put("ranges", array);
    }

    private Map<TopicPartition, Range> resumed(List<TopicPartition> partitions) {
        var ranges = sorted();
        for (var each : run.state().getJsonArray("ranges")) {
            if (each instanceof JsonObject range) {
                ranges.put(
                        partitions.get(range.getInteger("partition")),
                        new Range(range.getLong("next"), range.getLong("end")));
            }
        }
        return ranges;
    }

    private Map<TopicPartition, Range> settled(List<TopicPartition> partitions) {
        var order = ReplayOrder.of(run.work());
        var only = order.partition();
        var chosen = partitions.stream()
                .filter(each -> only == null || only.intValue() == each.partition())
                .toList();
        var held = log.held(chosen);
        var from = order.from() == null ? Map.<TopicPartition, Long>of() : log.from(order.from(), held);
        var to = order.to() == null ? Map.<TopicPartition, Long>of() : log.from(order.to(), held);
        var ranges = sorted();
        var gone = 0L;
        for (var partition : chosen) {
            var range = Objects.requireNonNull(held.get(partition));
            var begin =
                    from.getOrDefault(partition, order.fromOffset() == null ? range.beginning() : order.fromOffset());
            var end = to.getOrDefault(partition, order.toOffset() == null ? range.end() : order.toOffset());
            gone += order.fromOffset() == null ? 0 : Math.max(0, Math.min(end, range.beginning()) - begin);
            ranges.put(partition, new Range(Math.max(begin, range.beginning()), Math.min(end, range.end())));
        }
        run.count("gone", gone);
        run.steps(
                0,
                ranges.values().stream()
                        .mapToLong(range -> Math.max(0, range.end() - range.next()))
                        .sum());
        return ranges;
    }

    private static Map<TopicPartition, Range> sorted() {
        return new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
    }
}
