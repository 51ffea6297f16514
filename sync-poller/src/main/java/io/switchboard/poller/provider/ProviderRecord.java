package io.switchboard.poller.provider;

import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of a listing.
 *
 * @param id as the resource's keys take it; null when the row cannot be read: it belongs to the dead letters
 * @param eventId changes when the row's meaning does; of the bytes where the row cannot be read
 * @param occurredAt by the provider's clock; null where the row does not say
 * @param value exactly the provider's bytes of this row; nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by event id, never by equals
public record ProviderRecord(
        Resource resource,
        @Nullable String id,
        EventId eventId,
        @Nullable Instant occurredAt,
        byte[] value) {

    /** Shows nothing of the row. */
    @Override
    public String toString() {
        return "ProviderRecord[" + resource + ", " + eventId + ", " + value.length + " bytes]";
    }
}
