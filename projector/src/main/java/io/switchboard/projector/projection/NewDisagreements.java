package io.switchboard.projector.projection;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFold;
import io.switchboard.call.Disagreement;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.call.FoldedCall;
import io.switchboard.event.EventId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The disagreements that a batch brought into the rows: those that a call has now and did not have without the batch's new
 * events. A duplicate brings none, so a replay does not count again what was counted.
 */
final class NewDisagreements {
    private NewDisagreements() {}

    /**
     * @param folded the call of all its events
     * @param events all events of the call
     * @param fresh the events that the tables did not know before
     */
    static List<Field> of(FoldedCall folded, Collection<CallEvent> events, Set<EventId> fresh) {
        var now = fields(folded);
        if (now.isEmpty()) {
            return List.of();
        }
        var before =
                events.stream().filter(event -> !fresh.contains(event.id())).toList();
        CallFold.fold(before).ifPresent(earlier -> now.removeAll(fields(earlier)));
        return List.copyOf(now);
    }

    private static Set<Field> fields(FoldedCall folded) {
        return folded.disagreements().stream()
                .map(Disagreement::field)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Field.class)));
    }
}
