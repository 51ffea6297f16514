package io.switchboard.call;

import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down the events of one call, for tests: times are seconds after {@link #START}, events arrive 200 ms after they
 * happened. Owned by one test.
 */
public final class CallScript {
    public static final Instant START = Instant.parse("2026-03-09T17:00:00.514Z");
    public static final String ACCOUNT = "default";
    public static final String CLIENT = "+13125550117";
    public static final String BUSINESS = "+12025550143";

    private static final Duration TRANSIT = Duration.ofMillis(200);

    private final String callId;
    private final @Nullable String from;
    private final @Nullable String to;
    private final List<CallEvent> events = new ArrayList<>();

    public CallScript(String callId, @Nullable String from, @Nullable String to) {
        this.callId = callId;
        this.from = from;
        this.to = to;
    }

    /** A call from the client to the account. */
    public static CallScript inbound(String callId) {
        return new CallScript(callId, CLIENT, BUSINESS);
    }

    /** A call, or callback, from the account to the client. */
    public static CallScript outbound(String callId) {
        return new CallScript(callId, BUSINESS, CLIENT);
    }

    public static Instant at(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }

    public CallScript event(double seconds, String type) {
        return event(seconds, type, null);
    }

    public CallScript event(double seconds, String type, @Nullable String extension) {
        var time = at(seconds);
        var id = EventId.ofWebhook(ACCOUNT, type, callId, extension, time.toString(), guid());
        return add(new CallEvent(
                id, ACCOUNT, callId, Source.WEBHOOK, type, time, time.plus(TRANSIT), extension, from, to, null));
    }

    /** A webhook without a readable time, which arrived so many seconds after the start. */
    public CallScript untimed(double arrivalSeconds, String type, @Nullable String extension) {
        var id = EventId.ofWebhook(ACCOUNT, type, callId, extension, null, guid());
        return add(new CallEvent(
                id, ACCOUNT, callId, Source.WEBHOOK, type, null, at(arrivalSeconds), extension, from, to, null));
    }

    /** A call record that arrived so many seconds after the start. */
    public CallScript record(double arrivalSeconds, CallRecord record) {
        var id = EventId.ofRecord(ACCOUNT, "calls", callId, record.toString());
        return add(new CallEvent(
                id,
                ACCOUNT,
                callId,
                Source.POLL,
                CallEvent.RECORD_TYPE,
                record.startedAt(),
                at(arrivalSeconds),
                null,
                null,
                null,
                record));
    }

    public List<CallEvent> events() {
        return List.copyOf(events);
    }

    private CallScript add(CallEvent event) {
        events.add(event);
        return this;
    }

    /** Unique within the script, so that two events alike in everything else are two. */
    private String guid() {
        return "0e7e0000-0000-4000-8000-%012d".formatted(events.size());
    }
}
