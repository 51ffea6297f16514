package io.switchboard.resource;

import org.jspecify.annotations.Nullable;

/**
 * How somebody said to be reached.
 *
 * @param id the extension
 * @param status {@code available}, {@code dnd}, {@code on_call}, {@code wrap_up}, {@code outbound_only} or {@code offline}
 */
public record AgentStatus(String id, @Nullable String status) implements ProviderRecord {}
