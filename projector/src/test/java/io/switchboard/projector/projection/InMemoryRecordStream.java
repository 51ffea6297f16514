package io.switchboard.projector.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** One member's view of a log that tests share between members: a partition that is given starts at its oldest record. */
final class InMemoryRecordStream implements RecordStream {
    private final Log log;
    private final int mostRecords;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    int polls;
    Map<TopicPartition, Long> markersUpTo = Map.of();

    /** The brokers. */
    static final class Log {
        private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> partitions = new HashMap<>();
        private final Map<TopicPartition, Long> beginnings = new HashMap<>();

        void append(TopicPartition partition, ProducerRecord<byte[], byte[]> record) {
            var records = partitions.computeIfAbsent(partition, p -> new ArrayList<>());
            records.add(LogFixtures.at(partition, records.size(), record));
        }

        void forgetBefore(TopicPartition partition, long offset) {
            beginnings.put(partition, offset);
        }

        long end(TopicPartition partition) {
            return partitions.getOrDefault(partition, List.of()).size();
        }

        long beginning(TopicPartition partition) {
            return beginnings.getOrDefault(partition, 0L);
        }

        Set<TopicPartition> partitions() {
            return partitions.keySet();
        }

        List<ConsumerRecord<byte[], byte[]>> all() {
            return partitions.values().stream().flatMap(List::stream).toList();
        }
    }

    InMemoryRecordStream(Log log, int mostRecords) {
        this.log = log;
        this.mostRecords = mostRecords;
    }

    void assign(Set<TopicPartition> partitions) {
        next.keySet().retainAll(partitions);
        paused.retainAll(partitions);
        partitions.forEach(partition -> next.putIfAbsent(partition, log.beginning(partition)));
    }

    void reassign(TopicPartition partition) {
        next.put(partition, log.beginning(partition));
        paused.remove(partition);
    }

    boolean isPaused() {
        return paused.containsAll(next.keySet());
    }

    @Override
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) {
        polls++;
        var polled = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (var partition : new TreeSet<>(
                Set.copyOf(next.keySet().stream().map(TopicPartition::partition).toList()))) {
            for (var entry : next.entrySet()) {
                if (entry.getKey().partition() == partition && !paused.contains(entry.getKey())) {
                    take(entry, polled);
                }
            }
        }
        return polled;
    }

    private void take(Map.Entry<TopicPartition, Long> entry, List<ConsumerRecord<byte[], byte[]>> polled) {
        var records = log.partitions.getOrDefault(entry.getKey(), List.of());
        var position = entry.getValue() > records.size() ? log.beginning(entry.getKey()) : entry.getValue();
        while (position < records.size() && polled.size() < mostRecords) {
            polled.add(records.get((int) position));
            position++;
        }
        entry.setValue(position);
    }

    @Override
    public Set<TopicPartition> assigned() {
        return Set.copyOf(next.keySet());
    }

    @Override
    public Map<TopicPartition, Held> held(Set<TopicPartition> partitions) {
        var held = new HashMap<TopicPartition, Held>();
        partitions.forEach(partition -> held.put(partition, new Held(log.beginning(partition), log.end(partition))));
        return held;
    }

    @Override
    public void seek(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> next.computeIfPresent(partition, (p, before) -> offset));
    }

    @Override
    public Map<TopicPartition, Long> passed() {
        return markersUpTo;
    }

    @Override
    public void pause() {
        paused.addAll(next.keySet());
    }

    @Override
    public void resume() {
        paused.clear();
    }
}
