package io.switchboard.mightycall;

import io.switchboard.event.EventId;

/** Takes a webhook's body apart, at the door. */
public final class WebhookScanner {

    /**
     * Takes a body apart. Never throws.
     *
     * @param body the request's body, complete; it is the scanner's from now on, which overwrites secrets in place
     */
    public ScannedDelivery scan(byte[] body) {
        throw new UnsupportedOperationException(body.length + " bytes");
    }

    /** The identity of an event, which does not depend on the {@code ApiKey}. */
    public static EventId idOf(String account, ScannedEvent event) {
        return switch (event) {
            case ScannedEvent.Readable readable ->
                EventId.ofWebhook(
                        account,
                        readable.eventType(),
                        readable.callId(),
                        readable.extension(),
                        readable.timestamp(),
                        readable.guid());
            case ScannedEvent.Quarantined quarantined -> EventId.ofBytes(account, quarantined.bytes());
        };
    }
}
