package io.switchboard.resource;

import org.jspecify.annotations.Nullable;

/**
 * A person of the account's team. Which extension they have is not said here.
 *
 * @param id the provider's id of the person, lower case when it is a GUID
 */
public record TeamMember(
        String id, @Nullable String name, @Nullable String role) implements ProviderRecord {}
