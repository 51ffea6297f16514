package io.switchboard.poller.reconcile;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallRecord;
import io.switchboard.call.EventName;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one call. Confined to the thread of its {@link KnownCalls}. */
final class KnownCall {
    /** By then the record of an ended call should be listed: it takes the provider about ten seconds. */
    static final Duration RECORD_EXPECTED = Duration.ofMinutes(10);

    /** Recordings appear up to fifteen minutes after the end. */
    static final Duration RECORDING_EXPECTED = Duration.ofMinutes(20);

    /** How long a webhook may be slower than the poll. */
    static final Duration WEBHOOK_GRACE = Duration.ofMinutes(1);

    final String id;

    private final Duration openCallTimeout;
    Instant startedAt;
    Instant lastReceivedAt;

    private boolean announced;
    private @Nullable Instant firstRecordAt;
    private @Nullable Instant recordingAwaitedUntil;
    private @Nullable Instant endedAt;
    private @Nullable Instant endReceivedAt;
    private boolean endIsFinal;
    private final Set<Finding> found = EnumSet.noneOf(Finding.class);

    KnownCall(CallEvent first, Duration openCallTimeout) {
        this.openCallTimeout = openCallTimeout;
        id = first.callId();
        startedAt = first.occurredAt();
        lastReceivedAt = first.receivedAt();
    }

    void observe(CallEvent event) {
        lastReceivedAt = later(lastReceivedAt, event.receivedAt());
        var record = event.record();
        if (record != null) {
            observe(record, event);
        } else {
            announced = true;
            startedAt = event.occurredAt().isBefore(startedAt) ? event.occurredAt() : startedAt;
            event.name().ifPresent(name -> observe(name, event));
        }
    }

    private void observe(CallRecord record, CallEvent event) {
        if (firstRecordAt == null) {
            firstRecordAt = event.receivedAt();
        }
        var started = record.startedAt();
        if (started != null && started.isBefore(startedAt)) {
            startedAt = started;
        }
        var awaited = "Connected".equalsIgnoreCase(record.status()) && record.recordingUri() == null;
        recordingAwaitedUntil = awaited ? endOf(record, event).plus(RECORDING_EXPECTED) : null;
    }

    private static Instant endOf(CallRecord record, CallEvent event) {
        var started = record.startedAt();
        var duration = record.duration();
        if (started == null || duration == null || duration.compareTo(Duration.ofDays(2)) > 0) {
            return event.receivedAt();
        }
        return started.plus(duration);
    }

    private void observe(EventName name, CallEvent event) {
        var at = event.occurredAt();
        switch (name.phase()) {
            case RING, CONNECT -> {
                if (endedAt != null && !endIsFinal && at.isAfter(endedAt)) {
                    endedAt = null;
                    endReceivedAt = null;
                }
            }
            case COMPLETE -> {
                var outgoing = name.family() == EventName.Family.OUTGOING;
                if (outgoing || event.extension() == null) {
                    endedAt = endedAt == null ? at : later(endedAt, at);
                    endReceivedAt = event.receivedAt();
                    endIsFinal |= !outgoing;
                }
            }
            case START, STOP_RING, LEG_COMPLETE -> {}
        }
    }

    /** Announced, without an end, without a record, and not silent for too long. */
    boolean isOpen(Instant now) {
        return announced && endedAt == null && firstRecordAt == null && !isSilent(now);
    }

    private boolean isSilent(Instant now) {
        return lastReceivedAt.plus(openCallTimeout).isBefore(now);
    }

    /** Whether a window that reaches back to its start will bring what is still awaited. */
    boolean isUnsettled(Instant now) {
        if (firstRecordAt != null) {
            return recordingAwaitedUntil != null && recordingAwaitedUntil.isAfter(now);
        }
        return endReceivedAt != null && !recordIsLate(now);
    }

    private boolean recordIsLate(Instant now) {
        return endReceivedAt != null && endReceivedAt.plus(RECORD_EXPECTED).isBefore(now);
    }

    /** Whether only asking for the call by itself can bring its record. */
    boolean isToBeAskedFor(Instant now) {
        return firstRecordAt == null && announced && (recordIsLate(now) || endedAt == null && isSilent(now));
    }

    /** A finding that has just become true. */
    Optional<Finding> finding(Instant now, Instant watchedFrom) {
        return current(now, watchedFrom).filter(found::add);
    }

    private Optional<Finding> current(Instant now, Instant watchedFrom) {
        if (firstRecordAt != null) {
            var missed = !announced
                    && !startedAt.isBefore(watchedFrom)
                    && later(firstRecordAt, startedAt).plus(WEBHOOK_GRACE).isBefore(now);
            return missed ? Optional.of(Finding.WEBHOOK_MISSED) : Optional.empty();
        }
        if (recordIsLate(now)) {
            return Optional.of(Finding.RECORD_MISSING);
        }
        return endedAt == null && isSilent(now) ? Optional.of(Finding.NEVER_ENDED) : Optional.empty();
    }

    /** Whether nothing more is expected of it. */
    boolean isSettled(Instant now) {
        var graceIsOver =
                firstRecordAt != null && firstRecordAt.plus(WEBHOOK_GRACE).isBefore(now);
        return firstRecordAt != null && (announced || graceIsOver) && !isUnsettled(now);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
