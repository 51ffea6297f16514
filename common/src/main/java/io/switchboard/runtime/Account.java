package io.switchboard.runtime;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One MightyCall account as configured.
 *
 * @param id how this installation calls it: in {@code ce_source}, tables and answers
 * @param apiKey MightyCall's {@code x-api-key}; empty where only webhooks are received
 * @param userKey the secret that goes with it
 * @param baseUrl such as {@code https://ccapi.mightycall.com/v4}: no slash at its end
 * @param webhookTokens accepted in the account's webhook URLs
 * @param timezone of the account's reports; empty for the installation's
 */
public record Account(
        String id,
        Optional<String> apiKey,
        Optional<String> userKey,
        URI baseUrl,
        List<String> webhookTokens,
        Optional<ZoneId> timezone) {

    /** The account of an installation that names none. */
    public static final String DEFAULT = "default";

    public Account {
        webhookTokens = List.copyOf(webhookTokens);
    }

    /** Whether the REST API can be asked. */
    public boolean hasCredentials() {
        return apiKey.isPresent() && userKey.isPresent();
    }

    /** Without keys and tokens. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + baseUrl.getHost() + "]";
    }
}
