package io.switchboard.standalone.ledger;

import io.switchboard.event.EventId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The webhooks of one made-up call, with the ids they must get. */
final class CallScript {
    private static final String API_KEY = "5f1c0de0-0000-4a11-8b22-00000000a001";

    /** A webhook ready to send. */
    @SuppressWarnings("ArrayRecordComponent")
    record Webhook(EventId eventId, String callId, byte[] body) {}

    private CallScript() {}

    /** An answered, a missed or an outgoing call, as chance has it. */
    static List<Webhook> next(SplittableRandom random, Instant now) {
        var extension = Integer.toString(101 + random.nextInt(8));
        var call = new Recorder(new UUID(random.nextLong(), random.nextLong()).toString(), now);
        var script = switch (random.nextInt(3)) {
            case 0 ->
                call.incoming("IncomingCall", null)
                        .incoming("IncomingCallRinging", extension)
                        .incoming("IncomingCallConnected", extension)
                        .incoming("IncomingCallCompleted", null);
            case 1 ->
                call.incoming("IncomingCall", null)
                        .incoming("IncomingCallRinging", extension)
                        .incoming("IncomingCallStopRinging", extension)
                        .incoming("IncomingCallCompleted", null);
            default ->
                call.outgoing("OutgoingCall", extension)
                        .outgoing("OutgoingCallConnected", extension)
                        .outgoing("OutgoingCallCompleted", extension);
        };
        return script.webhooks;
    }

    private static final class Recorder {
        private final List<Webhook> webhooks = new ArrayList<>();
        private final String callId;
        private Instant time;

        Recorder(String callId, Instant start) {
            this.callId = callId;
            this.time = start.truncatedTo(ChronoUnit.MILLIS);
        }

        Recorder incoming(String type, @Nullable String extension) {
            return add(type, "+13125550117", "+12025550143", extension);
        }

        Recorder outgoing(String type, @Nullable String extension) {
            return add(type, "+12025550143", "+14155550162", extension);
        }

        private Recorder add(String type, String from, String to, @Nullable String extension) {
            time = time.plusMillis(7);
            var timestamp = time.toString();
            var guid = UUID.nameUUIDFromBytes((callId + webhooks.size()).getBytes(StandardCharsets.UTF_8))
                    .toString();
            var body = """
                    {
                      "Body": {
                        "From": "%s",
                        "To": "%s",
                        "Id": "%s",
                        "Extension": %s
                      },
                      "Guid": "%s",
                      "ApiKey": "%s",
                      "Timestamp": "%s",
                      "EventType": "%s"
                    }
                    """.formatted(
                            from,
                            to,
                            callId,
                            extension == null ? "null" : '"' + extension + '"',
                            guid,
                            API_KEY,
                            timestamp,
                            type);
            webhooks.add(new Webhook(
                    EventId.ofWebhook("default", type, callId, extension, timestamp, guid),
                    callId,
                    body.getBytes(StandardCharsets.UTF_8)));
            return this;
        }
    }
}
