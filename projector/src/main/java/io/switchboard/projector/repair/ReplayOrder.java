package io.switchboard.projector.repair;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of a topic is replayed: by the time at which the log took it, or by offsets of one partition. Beginnings are
 * inclusive, ends exclusive; what is null reaches as far as the log does.
 *
 * @param topic its name after the prefix
 */
public record ReplayOrder(
        String topic,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Integer partition,
        @Nullable Long fromOffset,
        @Nullable Long toOffset) {

    static ReplayOrder of(JsonObject json) {
        return new ReplayOrder(
                json.getString("topic"),
                json.getInstant("from"),
                json.getInstant("to"),
                json.getInteger("partition"),
                json.getLong("from_offset"),
                json.getLong("to_offset"));
    }

    public JsonObject json() {
        return new JsonObject()
                .put("topic", topic)
                .put("from", from)
                .put("to", to)
                .put("partition", partition)
                .put("from_offset", fromOffset)
                .put("to_offset", toOffset);
    }
}
