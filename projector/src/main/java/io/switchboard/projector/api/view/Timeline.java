package io.switchboard.projector.api.view;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFold;
import io.switchboard.call.EventEffect;
import io.switchboard.call.FoldedCall;
import io.switchboard.projector.api.view.TimelineItem.Stored;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of one call, oldest first. What each of them did is not stored: the same fold that made the call tells it
 * again.
 */
public final class Timeline {
    private static final EventEffect NOTHING = new EventEffect(Set.of(), false);

    private Timeline() {}

    /** Takes all events of the call; a call of many makes it slow: not on an event loop. */
    public static List<TimelineItem> of(Collection<Stored> events) {
        List<CallEvent> facts = events.stream().map(Stored::event).toList();
        var effects = CallFold.fold(facts).map(FoldedCall::effects).orElse(Map.of());
        return events.stream()
                .map(stored -> new TimelineItem(
                        stored, effects.getOrDefault(stored.event().id(), NOTHING)))
                .sorted(TimelineItem.ORDER)
                .toList();
    }
}
