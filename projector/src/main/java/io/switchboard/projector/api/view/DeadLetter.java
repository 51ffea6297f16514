package io.switchboard.projector.api.view;

import io.switchboard.event.EventId;
import io.switchboard.projector.api.access.Masking;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Instant failedAt,
        Fate fate) {

    /**
     * What became of it since.
     *
     * @param resolution {@code applied}, {@code discarded}; null while it waits for a person
     * @param replays how often it was tried again and refused again
     * @param goneAt when the log was found not to hold the record any more
     */
    public record Fate(
            @Nullable String resolution,
            @Nullable Instant resolvedAt,
            @Nullable String resolvedBy,
            int replays,
            @Nullable Instant goneAt) {}

    /**
     * All dead letters of one reason.
     *
     * @param topics where they were read
     * @param sample the newest of them
     */
    public record Group(
            long count, Instant firstFailedAt, Instant lastFailedAt, List<String> topics, DeadLetter sample) {
        public Map<String, Object> json(Masking masking) {
            var json = new LinkedHashMap<String, Object>();
            json.put("reason", sample.reason());
            json.put("count", count);
            json.put("first_failed_at", Values.written(firstFailedAt));
            json.put("last_failed_at", Values.written(lastFailedAt));
            json.put("topics", topics);
            json.put("sample", sample.json(masking));
            return json;
        }
    }

    /** Those that wait for a person. */
    public record Open(long count, @Nullable Instant oldestFailedAt) {
        static Open sum(Collection<Open> parts) {
            return new Open(
                    parts.stream().mapToLong(Open::count).sum(),
                    parts.stream()
                            .map(Open::oldestFailedAt)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .orElse(null));
        }

        Map<String, @Nullable Object> json() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("open", count);
            json.put("oldest_failed_at", Values.time(oldestFailedAt));
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
        json.put("status", fate.resolution() == null ? "open" : fate.resolution());
        json.put("resolved_at", Values.time(fate.resolvedAt()));
        json.put("resolved_by", fate.resolvedBy());
        json.put("replays", fate.replays());
        json.put("gone_at", Values.time(fate.goneAt()));
        return json;
    }
}
