package io.switchboard.call;

import io.switchboard.call.Call.Agent;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.Recording;
import io.switchboard.call.Call.State;
import io.switchboard.call.RecordSummary.Found;
import io.switchboard.event.Source;
import java.time.Duration;
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
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final List<CallEvent> distinct;
    private final Course course;
    private final RecordSummary records;
    private final EffectLedger ledger = new EffectLedger();
    private final Sides sides;
    private final LegBook legs;

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
        var startedAt = startedAt();
        var answeredAt = answeredAt();
        var endedAt = endedAt();
        var ending = course.end() != null || records.endsTheCall() ? new Ending(endedAt) : null;
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
                startedAt,
                answeredAt,
                endedAt,
                waitTime(startedAt, answeredAt, endedAt, outcome),
                talkTime(answeredAt, endedAt),
                duration(startedAt, endedAt),
                legs.legs(ending, records.connectedExtensions()),
                recording(),
                sources(),
                records.endsTheCall(),
                lastEventAt(),
                distinct.size());
        return new FoldedCall(call, ledger.effects(distinct, this::isAfterEnd));
    }

    private boolean isAfterEnd(CallEvent event) {
        var finalEnd = course.finalEnd();
        return finalEnd != null && event.record() == null && event.occurredAt().isAfter(finalEnd);
    }

    private Instant startedAt() {
        var earliest = course.earliest();
        var record = records.start();
        if (earliest == null) {
            var only = record == null ? records.latestFirst().getLast() : record.event();
            ledger.note("started_at", only);
            return record == null ? only.occurredAt() : record.value();
        }
        if (record != null && !record.value().isAfter(earliest.at().minus(ROUNDING))) {
            ledger.note("started_at", record.event());
            return record.value();
        }
        ledger.note("started_at", earliest);
        return earliest.at();
    }

    private @Nullable Instant answeredAt() {
        var connect = course.firstConnect();
        ledger.note("answered_at", connect);
        return connect == null ? null : connect.at();
    }

    private @Nullable Instant endedAt() {
        var end = course.end();
        if (end != null) {
            ledger.note("ended_at", end);
            return end.at();
        }
        var duration = records.duration();
        var recordEnd = records.end();
        ledger.note("ended_at", recordEnd == null || duration == null ? null : duration.event());
        return recordEnd;
    }

    private State state(@Nullable Ending ending) {
        if (ending != null) {
            return State.ENDED;
        }
        var connectedByRecord = course.isEmpty() && records.answeringExtension() != null;
        return course.firstConnect() != null || connectedByRecord ? State.CONNECTED : State.RINGING;
    }

    private Outcome outcome() {
        var unanswered = switch (sides.way()) {
            case OUTBOUND, CALLBACK -> Outcome.UNANSWERED;
            case INBOUND, INTERNAL, UNKNOWN -> Outcome.MISSED;
        };
        var recorded = records.outcome(unanswered);
        if (recorded != null) {
            ledger.note("outcome", recorded.event());
            return recorded.value();
        }
        var connect = course.firstConnect();
        var hint = course.voicemailHint();
        if (course.isOnlyEnds()) {
            ledger.note("outcome", course.end());
            return Outcome.UNKNOWN;
        }
        if (connect != null) {
            ledger.note("outcome", connect);
            return Outcome.ANSWERED;
        }
        ledger.note("outcome", hint != null ? hint : course.end());
        return hint != null ? Outcome.VOICEMAIL : unanswered;
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
        return answering != null ? extensionOf(answering) : records.answeringExtension();
    }

    /** Who placed the call, where it was placed inside. */
    private @Nullable Found<String> dialler(Direction direction) {
        var dialling = course.dialling();
        if (dialling != null) {
            return extensionOf(dialling);
        }
        var caller = records.caller();
        var isPlacedInside = sides.isPlacedByAccount() || direction == Direction.INTERNAL;
        if (isPlacedInside && caller != null && caller.value().extension() != null) {
            return new Found<>(caller.value().extension(), caller.event());
        }
        return direction == Direction.INTERNAL ? sides.internalCaller() : null;
    }

    private static @Nullable Found<String> extensionOf(KnownEvent known) {
        return known.extension() == null ? null : new Found<>(known.extension(), known.event());
    }

    private @Nullable Duration waitTime(
            Instant startedAt, @Nullable Instant answeredAt, @Nullable Instant endedAt, @Nullable Outcome outcome) {
        if (!course.knowsStart() && records.start() == null) {
            return null;
        }
        if (answeredAt != null) {
            return Duration.between(startedAt, answeredAt);
        }
        var isUnanswered = outcome != null && outcome != Outcome.ANSWERED && outcome != Outcome.UNKNOWN;
        return isUnanswered && endedAt != null ? Duration.between(startedAt, endedAt) : null;
    }

    /** Null too when the record's end lies before the answer: then one of the clocks is wrong. */
    private static @Nullable Duration talkTime(@Nullable Instant answeredAt, @Nullable Instant endedAt) {
        return answeredAt == null || endedAt == null || endedAt.isBefore(answeredAt)
                ? null
                : Duration.between(answeredAt, endedAt);
    }

    private @Nullable Duration duration(Instant startedAt, @Nullable Instant endedAt) {
        var recorded = records.duration();
        if (recorded != null) {
            ledger.note("duration_seconds", recorded.event());
            return recorded.value();
        }
        if (endedAt == null || !course.knowsStart()) {
            return null;
        }
        ledger.note("duration_seconds", course.end());
        return Duration.between(startedAt, endedAt);
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
