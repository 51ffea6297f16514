package io.switchboard.call;

import io.switchboard.call.EventName.Family;
import io.switchboard.call.EventName.Phase;
import io.switchboard.call.KnownEvent.End;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the known webhook events of a call say together, up to the final end. Each member is the event that says it, so that
 * the timeline can name it.
 *
 * @param events in order, none stamped later than the final end
 * @param end the final end, else the last tentative end that nothing reopened; null while the call is open
 * @param finalEnd when the call ended for good; null when only tentatively or not at all
 */
record Course(
        List<KnownEvent> events,
        @Nullable KnownEvent end,
        @Nullable Instant finalEnd) {

    static Course of(List<KnownEvent> ordered) {
        var finalEnd = first(ordered, event -> event.end() == End.CALL_FINALLY);
        if (finalEnd == null) {
            return new Course(ordered, tentativeEnd(ordered), null);
        }
        var counted = ordered.stream()
                .filter(event -> !event.at().isAfter(finalEnd.at()))
                .toList();
        return new Course(counted, finalEnd, finalEnd.at());
    }

    private static @Nullable KnownEvent tentativeEnd(List<KnownEvent> ordered) {
        for (var event : ordered.reversed()) {
            if (event.end() == End.CALL_TENTATIVELY) {
                return event;
            }
            if (event.phase() == Phase.RING || event.phase() == Phase.CONNECT) {
                return null;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    @Nullable
    KnownEvent earliest() {
        return events.isEmpty() ? null : events.getFirst();
    }

    /** The event that starts the call, where it is the earliest known: nothing is missing before it. */
    @Nullable
    KnownEvent opening() {
        var earliest = earliest();
        return earliest != null && earliest.phase() == Phase.START ? earliest : null;
    }

    /** Whether the event with which the provider announces a call is known. */
    boolean knowsStart() {
        return first(event -> event.phase() == Phase.START) != null;
    }

    @Nullable
    KnownEvent firstConnect() {
        return first(event -> event.phase() == Phase.CONNECT);
    }

    /** The first connect that names who answered. */
    @Nullable
    KnownEvent answering() {
        return first(event -> event.phase() == Phase.CONNECT && event.extension() != null);
    }

    @Nullable
    KnownEvent voicemailHint() {
        return first(event -> event.name() == EventName.INCOMING_STOP_RINGING);
    }

    /** Which kind of call it is: the family of its earliest event, because transfers mix families under one id. */
    @Nullable
    Family family() {
        var earliest = earliest();
        return earliest == null ? null : earliest.family();
    }

    /** Whether ends are all that is known, so that nobody can say what happened before. */
    boolean isOnlyEnds() {
        return events.stream().allMatch(event -> event.end() != End.NOTHING);
    }

    /** The event that names who dialled an outgoing call; null on other calls and where none does. */
    @Nullable
    KnownEvent dialling() {
        if (family() != Family.OUTGOING) {
            return null;
        }
        var announced = first(event -> event.name() == EventName.OUTGOING_CALL && event.extension() != null);
        if (announced != null) {
            return announced;
        }
        var dialled =
                first(event -> event.name() == EventName.OUTGOING_CALL_AGENT_DIALING && event.extension() != null);
        return dialled != null
                ? dialled
                : first(event -> event.family() == Family.OUTGOING && event.extension() != null);
    }

    @Nullable
    KnownEvent first(Predicate<KnownEvent> condition) {
        return first(events, condition);
    }

    private static @Nullable KnownEvent first(List<KnownEvent> events, Predicate<KnownEvent> condition) {
        for (var event : events) {
            if (condition.test(event)) {
                return event;
            }
        }
        return null;
    }
}
