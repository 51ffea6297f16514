package io.switchboard.projector.api.view;

import io.switchboard.call.CallEvent;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.call.EventEffect;
import io.switchboard.call.EventName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event in the timeline of its call.
 *
 * @param stored what the tables hold of it
 * @param effect what it did to the call
 */
public record TimelineItem(Stored stored, EventEffect effect) {
    /** Oldest first: time, lifecycle (records and unknown names last), event id. */
    static final Comparator<TimelineItem> ORDER = Comparator.comparing(
                    (TimelineItem item) -> item.event().occurredAt())
            .thenComparing(
                    item -> item.event().name().map(EventName::phase).orElse(null),
                    Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(item -> item.event().id());

    /**
     * A stored event.
     *
     * @param deliveries how often it arrived
     * @param place where the bytes of its first delivery are
     */
    public record Stored(CallEvent event, int deliveries, Receipt.Place place) {}

    /** The event's id, as cursors name it. */
    public String id() {
        return event().id().toString();
    }

    public Map<String, @Nullable Object> json() {
        var event = event();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("event_id", id());
        json.put("type", event.type());
        json.put("source", event.source().word());
        json.put("occurred_at", Values.written(event.occurredAt()));
        json.put("time_source", event.timeSource().name().toLowerCase(Locale.ROOT));
        json.put("received_at", Values.written(event.receivedAt()));
        json.put("extension", event.extension());
        json.put("deliveries", stored.deliveries());
        json.put("sets", effect.sets());
        json.put("after_end", effect.afterEnd());
        json.put("disagrees", effect.disagrees().stream().map(Field::word).toList()); // what they say may be personal
        json.put("topic", stored.place().topic());
        json.put("partition", stored.place().partition());
        json.put("offset", stored.place().offset());
        return json;
    }

    private CallEvent event() {
        return stored.event();
    }
}
