package io.switchboard.projector.api.view;

import io.switchboard.event.EventId;
import io.switchboard.projector.api.access.Masking;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that the projector refused; what the record did not say is null.
 *
 * @param key its key in the log: a call's id, or the number it is about
 * @param reason one of a closed list
 * @param detail for people
 */
public record DeadLetter(
        long id,
        @Nullable String account,
        Receipt.Place place,
        @Nullable String key,
        @Nullable EventId eventId,
        @Nullable String eventType,
        String reason,
        String detail,
        @Nullable Instant receivedAt,
        Instant failedAt) {

    /** All dead letters of one reason. */
    public record Group(String reason, long count, Instant firstFailedAt, Instant lastFailedAt) {
        public Map<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("reason", reason);
            json.put("count", count);
            json.put("first_failed_at", Values.written(firstFailedAt));
            json.put("last_failed_at", Values.written(lastFailedAt));
            return json;
        }
    }

    public Map<String, @Nullable Object> json(Masking masking) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", Long.toString(id));
        json.put("account", account);
        json.put("reason", reason);
        json.put("detail", masking.text(detail));
        json.put("topic", place.topic());
        json.put("partition", place.partition());
        json.put("offset", place.offset());
        json.put("key", masking.address(key));
        json.put("event_id", eventId == null ? null : eventId.toString());
        json.put("event_type", eventType);
        json.put("received_at", Values.time(receivedAt));
        json.put("failed_at", Values.written(failedAt));
        return json;
    }
}
