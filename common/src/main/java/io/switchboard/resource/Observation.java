package io.switchboard.resource;

import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.event.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a list of the provider was seen to say of one of its records at one time.
 *
 * @param id identity of the fact
 * @param recordId the record's id in its list
 * @param receivedAt when it was seen
 * @param content the record; null when the list was seen without it
 */
public record Observation(
        EventId id,
        Source source,
        String account,
        Resource resource,
        String recordId,
        Instant receivedAt,
        @Nullable ProviderRecord content) {

    /** Shows nothing of the record: its id may be a phone number. */
    @Override
    public String toString() {
        return "Observation[" + id + ", " + resource + "]";
    }
}
