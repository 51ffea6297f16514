package io.switchboard.poller.plan;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallRecord;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of the simulated account.
 *
 * @param listedAt when its record appears at the provider
 * @param recordedAt when its recording does; null when there will be none
 */
record SimulatedCall(
        int number,
        Instant start,
        Instant end,
        boolean connected,
        Instant listedAt,
        @Nullable Instant recordedAt) {

    private static final List<String> ANSWERED =
            List.of("IncomingCall", "IncomingCallRinging", "IncomingCallConnected", "IncomingCallCompleted");
    private static final List<String> MISSED =
            List.of("IncomingCall", "IncomingCallRinging", "IncomingCallStopRinging", "IncomingCallCompleted");

    String id() {
        return "call-" + number;
    }

    boolean hasRecording(Instant now) {
        return recordedAt != null && !recordedAt.isAfter(now);
    }

    /** What the provider announces of it, in order. */
    List<CallEvent> webhooks() {
        var events = new ArrayList<CallEvent>();
        var names = connected ? ANSWERED : MISSED;
        var times = List.of(start, start.plusMillis(500), middle(), end);
        for (int i = 0; i < names.size(); i++) {
            var extension = i == 1 || i == 2 ? "10" + number % 8 : null;
            events.add(event(
                    Source.WEBHOOK, names.get(i), times.get(i), times.get(i).plusMillis(300), extension));
        }
        return events;
    }

    private Instant middle() {
        return start.plus(Duration.between(start, end).dividedBy(4));
    }

    /** What the poll finds of it. */
    CallEvent record(Instant now) {
        var record = new CallRecord(
                "Incoming",
                connected ? "Connected" : "Missed",
                start,
                Duration.between(start, end),
                null,
                List.of(new CallRecord.Party(null, "10" + number % 8, null, connected)),
                null,
                hasRecording(now) ? "https://media.example/" + number : null);
        return new CallEvent(
                new EventId(number, hasRecording(now) ? 2 : 1),
                "default",
                id(),
                Source.POLL,
                CallEvent.RECORD_TYPE,
                start,
                now,
                null,
                null,
                null,
                record);
    }

    private CallEvent event(Source source, String type, Instant at, Instant received, @Nullable String extension) {
        var id = new EventId(number, at.toEpochMilli());
        return new CallEvent(id, "default", id(), source, type, at, received, extension, null, null, null);
    }
}
