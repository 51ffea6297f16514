package io.switchboard.simulator.script;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A call from beginning to end, before it happens: times count from its beginning.
 *
 * @param from {@code Body.From} of every event: a number, or the name of a widget
 * @param to {@code Body.To} of every event: a number, or an extension on internal calls
 * @param events in the order of their time; the last one ends the call unless it never ends
 */
public record ScriptedCall(UUID id, CallKind kind, String from, String to, List<ScriptedEvent> events) {
    public ScriptedCall {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("events: a call has at least one");
        }
    }

    /** The same outgoing call, made by somebody else between other numbers. */
    public ScriptedCall as(String extension, String business, String client) {
        var told = events.stream()
                .map(event -> new ScriptedEvent(event.at(), event.name(), extension, event.reach(), event.guid()))
                .toList();
        return new ScriptedCall(id, kind, business, client, told);
    }

    public Duration duration() {
        return events.getLast().at();
    }

    /** Everybody in the company who has a part in the call. */
    public Set<String> extensions() {
        return events.stream()
                .map(ScriptedEvent::extension)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }
}
