package io.switchboard.gateway;

import io.switchboard.event.EventId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;

/** The JSON that the gateway answers with. Everything in it is ours, so nothing needs escaping. */
final class WebhookAnswer {
    static final Buffer VALIDATED = Buffer.buffer("{\"status\":\"validated\"}");
    static final Buffer NOT_FOUND = Buffer.buffer("{\"status\":\"not_found\"}");
    static final Buffer TOO_LARGE = Buffer.buffer("{\"status\":\"too_large\",\"limit_bytes\":262144}");
    static final Buffer TOO_SLOW = Buffer.buffer("{\"status\":\"too_slow\"}");
    static final Buffer UNAVAILABLE = Buffer.buffer("{\"status\":\"unavailable\"}");

    private WebhookAnswer() {}

    /**
     * What became of one event.
     *
     * @param readable whether an event could be read, else it is in quarantine
     */
    record Event(boolean readable, EventId id, Durability durability) {
        private String json() {
            return "{\"status\":\"" + (readable ? "accepted" : "quarantined") + "\",\"event_id\":\"" + id
                    + "\",\"durability\":\"" + durability.word() + "\"}";
        }
    }

    static Buffer single(Event event) {
        return Buffer.buffer(event.json());
    }

    static Buffer array(List<Event> events) {
        return Buffer.buffer(events.stream()
                .map(Event::json)
                .collect(Collectors.joining(",", "{\"status\":\"accepted\",\"events\":[", "]}")));
    }
}
