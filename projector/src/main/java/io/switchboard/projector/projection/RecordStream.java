package io.switchboard.projector.projection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that the group gave to this instance. Blocking: called on a virtual thread, by one loop only.
 *
 * <p>It promises little on purpose: partitions come and go between two polls without notice, and a partition that came
 * starts at its oldest record. The loop seeks.
 */
public interface RecordStream {
    /** The next records of partitions that are not paused; each partition's in order. Keeps the membership alive. */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout);

    Set<TopicPartition> assigned();

    /** The offsets that the log holds of each partition. */
    Map<TopicPartition, Held> held(Set<TopicPartition> partitions);

    /** Reads on from an offset; a partition that is gone meanwhile is ignored. */
    void seek(Map<TopicPartition, Long> offsets);

    /**
     * Where reading goes on in partitions whose log holds more than records: a transaction ends with a marker that has an
     * offset and is never polled. Empty where no transaction is written.
     */
    default Map<TopicPartition, Long> passed() {
        return Map.of();
    }

    /** Fetches nothing of the partitions assigned now. */
    void pause();

    void resume();

    /**
     * @param beginning offset of the oldest record held
     * @param end offset after the newest
     */
    record Held(long beginning, long end) {}
}
