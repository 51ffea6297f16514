package io.switchboard.resource;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A number of the account, or one that it had.
 *
 * @param id the number as the provider writes it
 * @param objectGuid the provider's id of this possession of the number
 * @param smsMode {@code enabled}, {@code capable} or {@code disabled}
 * @param recordingMode which calls are recorded, in the provider's words
 * @param deletedAt when the account gave it up; null while it has it
 */
public record PhoneNumber(
        String id,
        @Nullable String label,
        @Nullable String description,
        @Nullable Boolean enabled,
        @Nullable Boolean primary,
        @Nullable Boolean tollFree,
        @Nullable Boolean international,
        @Nullable Boolean canCall,
        @Nullable Boolean canText,
        @Nullable Boolean mms,
        @Nullable String smsMode,
        @Nullable String recordingMode,
        @Nullable String objectGuid,
        @Nullable Instant deletedAt)
        implements ProviderRecord {}
