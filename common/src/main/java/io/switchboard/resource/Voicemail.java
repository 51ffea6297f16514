package io.switchboard.resource;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a caller spoke.
 *
 * @param id lower case when it is a GUID
 * @param from the caller
 * @param to the business number
 * @param assignedTo the name of whom it is for
 * @param status {@code read} or {@code unread}
 */
public record Voicemail(
        String id,
        @Nullable String from,
        @Nullable String to,
        @Nullable String assignedTo,
        @Nullable Instant createdAt,
        @Nullable Duration duration,
        @Nullable String status,
        Recording recording)
        implements ProviderRecord {}
