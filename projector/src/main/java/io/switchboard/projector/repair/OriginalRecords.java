package io.switchboard.projector.repair;

import io.switchboard.projector.api.table.DeadLetterQueries;
import io.switchboard.projector.api.view.DeadLetter;
import io.switchboard.projector.projection.Item;
import io.switchboard.projector.projection.RecordDecoder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The records behind dead letters, read again at their places in the log and decoded by what the decoder knows now.
 *
 * @param queries reads dead letters
 */
record OriginalRecords(LogReader log, RecordDecoder decoder, DeadLetterQueries queries) {

    /** By the id of the dead letter; those that the log does not hold any more are left out. */
    Map<Long, Item> of(Collection<DeadLetter> letters) {
        var found = new HashMap<Long, Item>();
        var byPartition = letters.stream()
                .collect(Collectors.groupingBy(letter -> new TopicPartition(
                        letter.place().topic(), letter.place().partition())));
        byPartition.forEach((partition, there) -> {
            var offsets = there.stream().map(letter -> letter.place().offset()).toList();
            var ids = there.stream()
                    .collect(Collectors.toMap(letter -> letter.place().offset(), DeadLetter::id, (a, b) -> a));
            log.at(partition, offsets).forEach(record -> {
                var id = ids.get(record.offset());
                if (id != null) {
                    found.put(id, decoder.decode(record));
                }
            });
        });
        return found;
    }
}
