package io.switchboard.resource;

import org.jspecify.annotations.Nullable;

/**
 * Who has an extension.
 *
 * @param id the extension
 */
public record Profile(
        String id,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String role) implements ProviderRecord {}
