package io.switchboard.projector.projection;

import io.switchboard.projector.projection.Item.Refused;
import java.util.List;

/** Keeps refused records, with the reason, where tools of the log find them. */
@FunctionalInterface
public interface DeadLetterLog {
    /** Returns when all are durable; at least once. Throws a {@link org.apache.kafka.common.KafkaException} when not. */
    void append(List<Refused> refusals);
}
