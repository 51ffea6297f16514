package io.switchboard.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Envelopes as the gateway appends them, and the poller. */
final class Webhooks {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final List<String> ANSWERED =
            List.of("IncomingCall", "IncomingCallRinging", "IncomingCallConnected", "IncomingCallCompleted");

    private Webhooks() {}

    /** A call that extension 101 answered, one event a second. */
    static List<Envelope> answeredCall(String callId, Instant start) {
        var events = new ArrayList<Envelope>();
        for (var i = 0; i < ANSWERED.size(); i++) {
            events.add(event(callId, ANSWERED.get(i), i == 1 || i == 2 ? "101" : null, start.plusSeconds(i)));
        }
        return events;
    }

    static Envelope event(String callId, String type, @Nullable String extension, Instant time) {
        return event(callId, type, extension, time, "+12025550143");
    }

    /** @param number the business number that is called */
    static Envelope event(String callId, String type, @Nullable String extension, Instant time, String number) {
        var body = """
                {"EventType":"%s","Timestamp":"%s","Guid":"00000000-0000-0000-0000-000000000000",\
                "Body":{"Id":"%s","From":"+13125550117","To":"%s"%s}}""".formatted(
                        type, time, callId, number, extension == null ? "" : ",\"Extension\":\"" + extension + "\"");
        var id = EventId.ofWebhook("default", type, callId, extension, time.toString(), null);
        return envelope(
                Topic.CALLS, id, callId, Envelope.WEBHOOK_TYPE_PREFIX + type, Instant.now(), body.getBytes(UTF_8));
    }

    /** The provider's record of a call, as the poller appends it. */
    static Envelope record(String callId, String status, Instant start, long millis) {
        var body = """
                {"id":"%s","direction":"Incoming","callStatus":"%s","dateTimeUtc":"%s","duration":"%d",\
                "caller":{"phone":"+13125550117"},"called":[],"businessNumber":"+12025550143"}""".formatted(callId, status, start, millis);
        var id = EventId.ofRecord("default", "calls", callId, body);
        var now = Instant.now();
        return new Envelope(
                id,
                Topic.CALLS,
                callId,
                Source.POLL,
                "default",
                Envelope.CALL_RECORD_TYPE,
                start,
                now,
                TRACE,
                null,
                body.getBytes(UTF_8));
    }

    static Envelope raw(String key, byte[] body) {
        return envelope(
                Topic.CALLS,
                EventId.ofBytes("default", body),
                key,
                Envelope.WEBHOOK_TYPE_PREFIX + "IncomingCall",
                Instant.now(),
                body);
    }

    static Envelope quarantined(byte[] body) {
        var id = EventId.ofBytes("default", body);
        return envelope(Topic.QUARANTINE, id, id.toString(), Envelope.WEBHOOK_TYPE_PREFIX, Instant.now(), body);
    }

    static Envelope receivedAt(Envelope delivery, Instant time) {
        return envelope(delivery.topic(), delivery.id(), delivery.key(), delivery.type(), time, delivery.value());
    }

    private static Envelope envelope(
            Topic topic, EventId id, String key, String type, Instant receivedAt, byte[] body) {
        return new Envelope(id, topic, key, Source.WEBHOOK, "default", type, receivedAt, receivedAt, TRACE, null, body);
    }
}
