package io.switchboard.mightycall;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import java.time.Instant;

/**
 * What the log holds of one fact about a call, before it is understood.
 *
 * @param type {@code ce_type}
 * @param receivedAt when its first delivery reached this system
 * @param value the provider's bytes as the door kept them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by id, never by equals
public record LoggedEvent(EventId id, Source source, String account, String type, Instant receivedAt, byte[] value) {

    public static LoggedEvent of(Envelope envelope) {
        return new LoggedEvent(
                envelope.id(),
                envelope.source(),
                envelope.account(),
                envelope.type(),
                envelope.receivedAt(),
                envelope.value());
    }

    /** Shows nothing of the call. */
    @Override
    public String toString() {
        return "LoggedEvent[" + id + ", " + source + ", " + value.length + " bytes]";
    }
}
