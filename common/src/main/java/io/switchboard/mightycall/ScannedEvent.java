package io.switchboard.mightycall;

import io.switchboard.event.Envelope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One event of a delivery as the door sees it, less the secret. */
public sealed interface ScannedEvent {

    /** The event's JSON as received with the {@code ApiKey} overwritten; nobody changes it. */
    byte[] bytes();

    /**
     * An event that can be named and filed. Texts are the provider's, trimmed; a part that was absent, null or blank is
     * null.
     *
     * @param callId at most 128 characters, lower case when it is a GUID
     * @param timestamp the text, readable as a time or not
     * @param bytes the whole body of a single event, the element's own slice of an array
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by event id, never by equals
    record Readable(
            @Nullable String eventType,
            String callId,
            @Nullable String extension,
            @Nullable String timestamp,
            @Nullable String guid,
            byte[] bytes)
            implements ScannedEvent {
        private static final int MAX_TYPE_LENGTH = 128;

        /** The {@code ce_type} of the event; a longer type name is cut to 128 characters. */
        public String ceType() {
            if (eventType == null) {
                return Envelope.UNTYPED_WEBHOOK_TYPE;
            }
            var end = Math.min(eventType.length(), MAX_TYPE_LENGTH);
            return Envelope.WEBHOOK_TYPE_PREFIX.concat(eventType.substring(0, end));
        }

        /** The provider's time; null when absent or unreadable. */
        public @Nullable Instant providerTime() {
            return timestamp == null ? null : ProviderTime.parse(timestamp);
        }

        /** Shows nothing of the call. */
        @Override
        public String toString() {
            return "Readable[" + bytes.length + " bytes]";
        }
    }

    /** Authentic bytes from which no event can be read. */
    @SuppressWarnings("ArrayRecordComponent") // compared by event id, never by equals
    record Quarantined(Reason reason, byte[] bytes) implements ScannedEvent {

        @Override
        public String toString() {
            return "Quarantined[" + reason + ", " + bytes.length + " bytes]";
        }
    }

    /** Why an event cannot be read. */
    enum Reason {
        /** Broken JSON, or more after its end. */
        NOT_JSON,
        /** JSON, but neither an object nor an array of objects. */
        NOT_AN_OBJECT,
        NO_CALL_ID,
        CALL_ID_TOO_LONG,
        /** More than 64 levels of nesting. */
        TOO_DEEP,
        TOO_MANY_EVENTS,
        /** Not an event of a call at all; only where the log is read, never at the door. */
        NOT_A_CALL
    }
}
