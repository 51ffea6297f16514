package io.switchboard.call;

import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.call.RecordSummary.Found;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a call began, was answered and ended, and how long that took. Events give the times, a record the duration, and each
 * fills what the other lacks.
 *
 * <p>The sender's clock may step, so times of the two doors are never subtracted from each other unless they are in order:
 * what would be negative is unknown.
 */
final class Timing {
    /** What two writings of one time may differ by, less than: one of them may be in whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /** What a length may differ by, less than: both of its ends may be rounded. */
    private static final Duration ROUNDING_OF_BOTH_ENDS = Duration.ofSeconds(2);

    private final Course course;
    private final RecordSummary records;
    private final EffectLedger ledger;
    private final Instant startedAt;
    private final @Nullable Instant answeredAt;
    private final @Nullable Instant endedAt;

    Timing(Course course, RecordSummary records, EffectLedger ledger) {
        this.course = course;
        this.records = records;
        this.ledger = ledger;
        startedAt = findStart();
        var connect = course.firstConnect();
        ledger.note("answered_at", connect);
        answeredAt = connect == null ? null : connect.at();
        endedAt = findEnd();
    }

    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant answeredAt() {
        return answeredAt;
    }

    /** When the call ended, if it did; null too when that is not known. */
    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    @Nullable
    Duration waitTime(@Nullable Outcome outcome) {
        if (!course.knowsStart() && records.start() == null) {
            return null;
        }
        if (answeredAt != null) {
            return span(startedAt, answeredAt);
        }
        var isUnanswered = outcome != null && outcome != Outcome.ANSWERED && outcome != Outcome.UNKNOWN;
        return isUnanswered ? span(startedAt, endedAt) : null;
    }

    @Nullable
    Duration talkTime() {
        return span(answeredAt, endedAt);
    }

    @Nullable
    Duration duration() {
        compareDurations();
        var recorded = records.duration();
        if (recorded != null) {
            ledger.note("duration_seconds", recorded.event());
            return recorded.value();
        }
        if (endedAt == null || !course.knowsStart()) {
            return null;
        }
        ledger.note("duration_seconds", course.end());
        return span(startedAt, endedAt);
    }

    /** The earlier of the first event and the record's start, differences of rounding aside. */
    private Instant findStart() {
        var earliest = course.earliest();
        var record = records.start();
        if (earliest == null) {
            var only = record == null ? records.latestFirst().getLast() : record.event();
            ledger.note("started_at", only);
            return record == null ? only.occurredAt() : record.value();
        }
        compareStarts(earliest, record);
        if (record != null && !record.value().isAfter(earliest.at().minus(ROUNDING))) {
            ledger.note("started_at", record.event());
            return record.value();
        }
        ledger.note("started_at", earliest);
        return earliest.at();
    }

    private @Nullable Instant findEnd() {
        compareEnds();
        var end = course.end();
        if (end != null) {
            ledger.note("ended_at", end);
            return end.at();
        }
        var duration = records.duration();
        var recordedEnd = duration == null ? null : endAfter(duration.value());
        ledger.note("ended_at", recordedEnd == null || duration == null ? null : duration.event());
        return recordedEnd;
    }

    /**
     * The start plus the recorded duration. When somebody answered later than that, the record's clock is not the events',
     * and the duration runs from the event that starts the call; when that does not help either, nobody knows.
     */
    private @Nullable Instant endAfter(Duration duration) {
        var opening = course.opening();
        var start = opening == null ? valueOf(records.start()) : startedAt;
        if (start == null) {
            return null;
        }
        var earliestEnd = answeredAt == null ? startedAt : answeredAt;
        var end = start.plus(duration);
        if (opening != null && end.isBefore(earliestEnd)) {
            end = opening.at().plus(duration);
        }
        if (!end.isBefore(earliestEnd)) {
            return end;
        }
        return isWithin(ROUNDING, end, earliestEnd) ? earliestEnd : null;
    }

    /** Without the event that starts the call, the earliest known is bound to be later than the record's start. */
    private void compareStarts(KnownEvent earliest, @Nullable Found<Instant> recorded) {
        if (recorded == null || !earliest.isTimed()) {
            return;
        }
        var isExpected = course.opening() == null && recorded.value().isBefore(earliest.at());
        if (!isExpected && !isWithin(ROUNDING, earliest.at(), recorded.value())) {
            ledger.disagree(Field.STARTED_AT, earliest.at(), recorded);
        }
    }

    /** An open call disagrees with a record's end when something happened after it. */
    private void compareEnds() {
        var start = records.start();
        var duration = records.duration();
        var told = course.end() != null || course.isEmpty()
                ? course.end()
                : course.events().getLast();
        if (start == null || duration == null || told == null || !told.isTimed()) {
            return;
        }
        var recorded = start.value().plus(duration.value());
        var isExpected = course.end() == null && told.at().isBefore(recorded);
        if (!isExpected && !isWithin(ROUNDING_OF_BOTH_ENDS, told.at(), recorded)) {
            ledger.disagree(Field.ENDED_AT, told.at(), new Found<>(recorded, duration.event()));
        }
    }

    private void compareDurations() {
        var opening = course.opening();
        var end = course.end();
        var recorded = records.duration();
        if (opening == null || end == null || recorded == null || !opening.isTimed() || !end.isTimed()) {
            return;
        }
        if (!isWithin(ROUNDING_OF_BOTH_ENDS, opening.at().plus(recorded.value()), end.at())) {
            ledger.disagree(Field.DURATION_SECONDS, Duration.between(opening.at(), end.at()), recorded);
        }
    }

    private static @Nullable Instant valueOf(@Nullable Found<Instant> found) {
        return found == null ? null : found.value();
    }

    private static boolean isWithin(Duration tolerance, Instant a, Instant b) {
        return Duration.between(a, b).abs().compareTo(tolerance) < 0;
    }

    /** From one time to another; null where one is unknown, or the later one lies before: two clocks then disagree. */
    private static @Nullable Duration span(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null || to.isBefore(from) ? null : Duration.between(from, to);
    }
}
