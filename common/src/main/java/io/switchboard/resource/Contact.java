package io.switchboard.resource;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the account's address book.
 *
 * @param etag the provider's version of it, needed to change it
 * @param deleted whether the provider lists it as deleted
 */
public record Contact(
        String id,
        @Nullable String etag,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String middleName,
        List<String> phones,
        List<String> emails,
        @Nullable String comment,
        List<String> tags,
        @Nullable Instant createdAt,
        @Nullable Instant changedAt,
        boolean deleted)
        implements ProviderRecord {}
