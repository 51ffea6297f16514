package io.switchboard.projector.api.view;

import io.switchboard.event.EventId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an event is; a member that does not apply yet, or is not known, is null.
 *
 * @param account null only for records that did not say
 * @param receivedAt when it reached the system
 * @param replicatedAt when the log took it
 * @param projectedAt when its rows were written
 * @param place where its bytes are in the log
 * @param callId the call it is part of
 */
public record Receipt(
        EventId id,
        Status status,
        @Nullable String account,
        @Nullable Instant receivedAt,
        @Nullable Instant replicatedAt,
        @Nullable Instant projectedAt,
        @Nullable Place place,
        @Nullable String callId) {

    /** How far an event has come. */
    public enum Status {
        /** Safe on a gateway's disk, not in the log yet. */
        SPOOLED,
        /** In the log, not in the tables yet. */
        REPLICATED,
        PROJECTED,
        /** Kept raw: no event could be read from it. */
        QUARANTINED,
        /** Refused by the projector. */
        DEAD_LETTERED
    }

    /** A record of the log. */
    public record Place(String topic, int partition, long offset) {}

    /** The answer's body. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("event_id", id.toString());
        json.put("status", status.name().toLowerCase(Locale.ROOT));
        json.put("account", account);
        json.put("received_at", Values.time(receivedAt));
        json.put("replicated_at", Values.time(replicatedAt));
        json.put("projected_at", Values.time(projectedAt));
        json.put("topic", place == null ? null : place.topic());
        json.put("partition", place == null ? null : place.partition());
        json.put("offset", place == null ? null : place.offset());
        json.put("call_id", callId);
        return json;
    }
}
