package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request to the provider's REST API, by what it asks for; the client knows how that is written. Times are UTC. */
public sealed interface ProviderRequest {
    Resource resource();

    /** {@code GET /calls}: pages by {@code skip}; {@code total} counts all rows of the window. */
    record Calls(Instant from, Instant to, int skip, int pageSize) implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.CALLS;
        }
    }

    /** {@code GET /calls/{id}}. */
    record OneCall(String id) implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.CALLS;
        }
    }

    /** {@code GET /journal/requests}: pages from 1, no total; a short page is the last. */
    record Journal(Instant from, Instant to, int page, int pageSize) implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.JOURNAL;
        }
    }

    /** {@code GET /voicemails}: pages by {@code skip}, with a total. */
    record Voicemails(Instant from, Instant to, int skip, int pageSize) implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.VOICEMAILS;
        }
    }

    /** {@code GET /phonenumbers}: all of them, active and deleted. */
    record PhoneNumbers() implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.PHONE_NUMBERS;
        }
    }

    /** {@code GET /team}: all people. */
    record Team() implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.TEAM;
        }
    }

    /** {@code GET /profile} or {@code GET /profile/{extension}}. */
    record Profile(@Nullable String extension) implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.PROFILES;
        }
    }

    /** {@code GET /profile/status}: of the key's owner only. */
    record OwnStatus() implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.AGENT_STATUS;
        }
    }

    /**
     * {@code GET /contacts}: pages from 1, with their number.
     *
     * @param updatedSince only what changed since, deleted ones marked; null for a complete listing
     */
    record Contacts(@Nullable Instant updatedSince, int page, int pageSize) implements ProviderRequest {
        @Override
        public Resource resource() {
            return Resource.CONTACTS;
        }
    }
}
