package io.switchboard.call;

import io.switchboard.call.Call.Agent;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Leg;
import io.switchboard.call.Call.LegResult;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.Recording;
import io.switchboard.call.Call.State;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.call.RecordSummary.Found;
import io.switchboard.event.Source;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Composes a call, field by field, of its events, legs and records, noting in the ledger which event gave each field. The
 * precedences are those of the contract's table of call fields. Owned by one fold.
 */
final class CallComposition {
    private final List<CallEvent> distinct;
    private final Course course;
    private final RecordSummary records;
    private final EffectLedger ledger = new EffectLedger();
    private final Sides sides;
    private final LegBook legs;

    /** What the events alone say of the outcome. */
    private record Told(Outcome value, @Nullable KnownEvent evidence) {}

    CallComposition(List<CallEvent> distinct, List<KnownEvent> known, List<CallEvent> records) {
        this.distinct = distinct;
        this.course = Course.of(known);
        this.records = new RecordSummary(records);
        this.sides = new Sides(course, this.records, ledger);
        this.legs = new LegBook(course.dialling(), ledger);
    }

    FoldedCall compose() {
        course.events().forEach(legs::apply);
        var first = distinct.getFirst();
        var timing = new Timing(course, records, ledger);
        var isEnded = course.end() != null || records.endsTheCall();
        var ending = isEnded ? new Ending(timing.endedAt()) : null;
        var outcome = ending == null ? null : outcome();
        var direction = sides.direction();
        var call = new Call(
                first.account(),
                first.callId(),
                direction,
                state(ending),
                outcome,
                sides.client(),
                sides.businessNumber(),
                agent(direction),
                timing.startedAt(),
                timing.answeredAt(),
                timing.endedAt(),
                timing.waitTime(outcome),
                timing.talkTime(),
                timing.duration(),
                legs(ending),
                recording(),
                sources(),
                records.endsTheCall(),
                lastEventAt(),
                distinct.size());
        return new FoldedCall(call, ledger.effects(distinct, this::isAfterEnd), ledger.disagreements());
    }

    private boolean isAfterEnd(CallEvent event) {
        var finalEnd = course.finalEnd();
        return finalEnd != null && event.record() == null && event.occurredAt().isAfter(finalEnd);
    }

    private State state(@Nullable Ending ending) {
        if (ending != null) {
            return State.ENDED;
        }
        var connectedByRecord = course.isEmpty() && records.namesAConnectedParty();
        return course.firstConnect() != null || connectedByRecord ? State.CONNECTED : State.RINGING;
    }

    private Outcome outcome() {
        var unanswered = switch (sides.way()) {
            case OUTBOUND, CALLBACK -> Outcome.UNANSWERED;
            case INBOUND, INTERNAL, UNKNOWN -> Outcome.MISSED;
        };
        var told = told(unanswered);
        var recorded = records.outcome(unanswered);
        if (recorded == null) {
            ledger.note("outcome", told.evidence());
            return told.value();
        }
        compareOutcomes(told.value(), recorded);
        ledger.note("outcome", recorded.event());
        return recorded.value();
    }

    private Told told(Outcome unanswered) {
        var connect = course.firstConnect();
        var hint = course.voicemailHint();
        if (course.isOnlyEnds()) {
            return new Told(Outcome.UNKNOWN, course.end());
        }
        if (connect != null) {
            return new Told(Outcome.ANSWERED, connect);
        }
        return hint != null ? new Told(Outcome.VOICEMAIL, hint) : new Told(unanswered, course.end());
    }

    /**
     * They disagree about whether somebody answered: in what way nobody did, a record just knows better. Events that tell
     * neither an answer nor an end say nothing.
     */
    private void compareOutcomes(Outcome told, Found<Outcome> recorded) {
        var isTold = told == Outcome.ANSWERED || (told != Outcome.UNKNOWN && course.end() != null);
        if (isTold && (told == Outcome.ANSWERED) != (recorded.value() == Outcome.ANSWERED)) {
            ledger.disagree(Field.OUTCOME, told, recorded);
        }
    }

    private @Nullable Agent agent(Direction direction) {
        var found = agentExtension(direction);
        if (found == null) {
            return null;
        }
        var name = records.nameOf(found.value());
        ledger.note("agent", found.event());
        ledger.note("agent", name == null ? null : name.event());
        return new Agent(found.value(), name == null ? null : name.value());
    }

    private @Nullable Found<String> agentExtension(Direction direction) {
        var dialler = dialler(direction);
        if (dialler != null) {
            return dialler;
        }
        if (sides.isPlacedByAccount()) {
            return null; // somebody dialled, nobody says who
        }
        var answering = course.answering();
        var recorded = records.answeringExtension();
        var told = answering == null ? null : extensionOf(answering);
        if (told == null) {
            return recorded;
        }
        if (recorded != null && !records.connectedExtensions().contains(told.value())) {
            ledger.disagree(Field.AGENT, told.value(), recorded);
        }
        return told;
    }

    /** Who placed the call, where it was placed inside. */
    private @Nullable Found<String> dialler(Direction direction) {
        var dialling = course.dialling();
        var recorded = records.callingExtension();
        if (dialling != null) {
            var told = extensionOf(dialling);
            if (told != null && recorded != null && !told.value().equals(recorded.value())) {
                ledger.disagree(Field.AGENT, told.value(), recorded);
            }
            return told;
        }
        var isPlacedInside = sides.isPlacedByAccount() || direction == Direction.INTERNAL;
        if (isPlacedInside && recorded != null) {
            return recorded;
        }
        return direction == Direction.INTERNAL ? sides.internalCaller() : null;
    }

    /** An extension that one of the two says talked, and the other that it did not. */
    private List<Leg> legs(@Nullable Ending ending) {
        var all = legs.legs(ending, records.connectedExtensions());
        var called = records.called();
        if (called != null) {
            var unconnected = records.unconnectedExtensions();
            all.stream()
                    .filter(leg -> leg.result() == LegResult.UNKNOWN
                            || (leg.connectedAt() != null && unconnected.contains(leg.extension())))
                    .findFirst()
                    .ifPresent(leg -> ledger.disagree(Field.LEGS, leg, called));
        }
        return all;
    }

    private static @Nullable Found<String> extensionOf(KnownEvent known) {
        return known.extension() == null ? null : new Found<>(known.extension(), known.event());
    }

    private Recording recording() {
        var uri = records.recordingUri();
        if (uri == null) {
            return Recording.NONE;
        }
        ledger.note("recording", uri.event());
        return new Recording(Recording.Status.READY, uri.value());
    }

    private Set<Source> sources() {
        var sources = EnumSet.noneOf(Source.class);
        course.events().stream().map(known -> known.event().source()).forEach(sources::add);
        records.latestFirst().stream().map(CallEvent::source).forEach(sources::add);
        return Collections.unmodifiableSet(sources);
    }

    /** The latest known event, a record counting at its call's end. */
    private Instant lastEventAt() {
        var latestKnown = course.isEmpty() ? null : course.events().getLast().at();
        var latestRecord = records.latestFirst().stream()
                .map(CallComposition::endOf)
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (latestKnown == null || latestRecord == null) {
            return Objects.requireNonNull(latestKnown == null ? latestRecord : latestKnown);
        }
        return latestKnown.isAfter(latestRecord) ? latestKnown : latestRecord;
    }

    private static Instant endOf(CallEvent event) {
        var duration = event.record() == null ? null : event.record().duration();
        return duration != null && event.timeSource() == CallEvent.TimeSource.PROVIDER
                ? event.occurredAt().plus(duration)
                : event.occurredAt();
    }
}
