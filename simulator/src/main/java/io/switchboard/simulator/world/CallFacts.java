package io.switchboard.simulator.world;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.EventName.Phase;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.script.ScriptedEvent.Reach;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call as its record tells it: the same facts as its events, whether or not those ever arrived.
 *
 * @param client the other side's number or widget; on internal calls the extension called
 * @param business our number
 * @param parts the extensions in the order in which they came into the call
 * @param answeredAt when somebody first talked; null when nobody did
 * @param leftAt when the caller began to leave a message; null when he left none
 */
public record CallFacts(
        String client,
        String business,
        List<Part> parts,
        @Nullable Instant answeredAt,
        @Nullable Instant leftAt) {

    /**
     * An extension's part.
     *
     * @param connectedAt when it first talked; null when it never did
     */
    public record Part(String extension, @Nullable Instant connectedAt) {}

    static CallFacts of(SimulatedCall call) {
        var script = call.script();
        var inbound = script.kind().direction() == Direction.INBOUND;
        var parts = parts(call.events());
        return new CallFacts(
                inbound ? script.from() : script.to(),
                inbound ? script.to() : script.from(),
                parts,
                answeredAt(script.kind(), call.events()),
                script.kind().outcome() == Outcome.VOICEMAIL ? beforeTheEnd(call.events()) : null);
    }

    /** Who talked first; empty when nobody did. */
    public Optional<Part> firstConnected() {
        return parts.stream()
                .filter(part -> part.connectedAt() != null && part.connectedAt().equals(answeredAt))
                .findFirst();
    }

    private static List<Part> parts(List<SimulatedEvent> events) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (var event : events) {
            var extension = event.script().extension();
            if (extension != null && event.script().reach() == Reach.PART) {
                var connectedAt = event.script().name().phase() == Phase.CONNECT ? event.timestamp() : null;
                parts.merge(
                        extension,
                        new Part(extension, connectedAt),
                        (known, later) -> known.connectedAt() == null ? later : known);
            }
        }
        return List.copyOf(parts.values());
    }

    private static @Nullable Instant answeredAt(CallKind kind, List<SimulatedEvent> events) {
        return kind.outcome() != Outcome.ANSWERED
                ? null
                : events.stream()
                        .filter(event -> event.script().name().phase() == Phase.CONNECT)
                        .map(SimulatedEvent::timestamp)
                        .findFirst()
                        .orElse(null);
    }

    private static Instant beforeTheEnd(List<SimulatedEvent> events) {
        return events.get(events.size() - 2).timestamp();
    }
}
