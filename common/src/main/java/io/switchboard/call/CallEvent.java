package io.switchboard.call;

import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One decoded fact about a call, from either door.
 *
 * @param id identity of the fact
 * @param account the account the call belongs to
 * @param callId the provider's call id, lower case when it is a GUID
 * @param source the door it came through
 * @param type the provider's name: the {@code EventType} of a webhook (empty when it had none), {@code call} of a call
 *     record
 * @param providerTime when it happened by the provider's clock, 100 ns precision; null when absent or unreadable
 * @param receivedAt when its first delivery reached this system, microseconds
 * @param extension the extension it speaks of; null when absent
 * @param from the provider's {@code From}: a number, a widget's name, an extension or an internal address
 * @param to the provider's {@code To}
 * @param record the call's own summary, on events of type {@code call}; null on webhooks
 */
public record CallEvent(
        EventId id,
        String account,
        String callId,
        Source source,
        String type,
        @Nullable Instant providerTime,
        Instant receivedAt,
        @Nullable String extension,
        @Nullable String from,
        @Nullable String to,
        @Nullable CallRecord record) {

    /** The {@link #type} of call records. */
    public static final String RECORD_TYPE = "call";

    private static final Duration OLDEST_BELIEVED = Duration.ofDays(3653);
    private static final Duration FURTHEST_AHEAD_BELIEVED = Duration.ofDays(1);

    /** Where an event's time comes from. */
    public enum TimeSource {
        PROVIDER,
        /** The provider's time was missing, or more than ten years before or one day after the arrival. */
        ARRIVAL
    }

    /** Its place in the table of known names; empty for call records and for names the table does not know. */
    public Optional<EventName> name() {
        return record == null ? EventName.of(type) : Optional.empty();
    }

    /** When it happened: the provider's time where it can be believed, otherwise the arrival. */
    public Instant occurredAt() {
        var believed = believedProviderTime();
        return believed != null ? believed : receivedAt;
    }

    public TimeSource timeSource() {
        return believedProviderTime() != null ? TimeSource.PROVIDER : TimeSource.ARRIVAL;
    }

    private @Nullable Instant believedProviderTime() {
        if (providerTime == null
                || providerTime.isBefore(receivedAt.minus(OLDEST_BELIEVED))
                || providerTime.isAfter(receivedAt.plus(FURTHEST_AHEAD_BELIEVED))) {
            return null;
        }
        return providerTime;
    }
}
