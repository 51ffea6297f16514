package io.switchboard.call;

import io.switchboard.event.EventId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a call of its events.
 *
 * <p>Theory of operation. The input is a set: events are first made distinct by their id and brought into one order, the
 * time at which they happened, then lifecycle, then event id. Everything after that sees only the ordered list, so
 * neither the order of arrival nor a repetition can show. Three views are made of it:
 *
 * <ul>
 *   <li>the {@link Course}: the webhook events whose names are known, cut at the final end. It says when the call began,
 *       was answered and ended, and which way it went;
 *   <li>the {@link LegBook}: the same events applied in order to the extensions' legs;
 *   <li>the {@link RecordSummary}: the provider's own records, of which the latest that has a field wins it.
 * </ul>
 *
 * The call is composed of the three, field by field, with one precedence each ({@code docs/merge.md}): records decide outcome,
 * duration, numbers, names and recording, events decide times and legs, and each fills what the other lacks. Where they
 * disagree, both are kept: the call has the one, the {@link Disagreement} names both. A final end ({@code
 * IncomingCallCompleted} or {@code CallbackCallCompleted} without an extension) closes the list: what is stamped later
 * stays in the timeline and changes nothing. {@code OutgoingCallCompleted} ends only until a later ring or connect. A
 * record that has a known status or a duration ends the call whatever the events say.
 *
 * <p>Events with unknown names count as known of (they raise the version) and change nothing else. Unknown stays null. No
 * clock is read: whether an open call has fallen silent is for whoever reads it.
 *
 * <p>Bounds: the earliest 10,000 known events and the latest 100 records are folded, so that one poisoned call id costs
 * tens of milliseconds, not a projector.
 */
public final class CallFold {

    /** How many known events of one call are folded; later ones are ignored. */
    static final int MAX_EVENTS = 10_000;

    private static final int MAX_RECORDS = 100;

    /** Which of two deliveries of one event is kept: the first received; the text only makes the choice definite. */
    private static final Comparator<CallEvent> FIRST_DELIVERY =
            Comparator.comparing(CallEvent::receivedAt).thenComparing(CallEvent::toString);

    private CallFold() {}

    /** Folds the events of one call; empty when none of them is a known event or a call record. */
    public static Optional<FoldedCall> fold(Collection<CallEvent> events) {
        var distinct = distinct(events);
        var known = distinct.stream()
                .flatMap(event -> event.name().map(name -> new KnownEvent(event, name, event.occurredAt())).stream())
                .sorted(KnownEvent.ORDER)
                .limit(MAX_EVENTS)
                .toList();
        var records = distinct.stream()
                .filter(event -> event.record() != null)
                .sorted(RecordSummary.LATEST_FIRST)
                .limit(MAX_RECORDS)
                .toList();
        return known.isEmpty() && records.isEmpty()
                ? Optional.empty()
                : Optional.of(new CallComposition(distinct, known, records).compose());
    }

    private static List<CallEvent> distinct(Collection<CallEvent> events) {
        Map<EventId, CallEvent> byId = HashMap.newHashMap(events.size());
        for (var event : events) {
            byId.merge(event.id(), event, (a, b) -> FIRST_DELIVERY.compare(a, b) <= 0 ? a : b);
        }
        return byId.values().stream()
                .sorted(Comparator.comparing(CallEvent::occurredAt).thenComparing(CallEvent::id))
                .toList();
    }
}
