package io.switchboard.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** The tokens that authenticate a webhook URL. Compared in constant time, all of them each time. */
final class WebhookTokens {
    private static final String PATH = "/webhooks/mightycall/";

    private final List<byte[]> tokens;

    WebhookTokens(List<String> tokens) {
        this.tokens = tokens.stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The account that a path authenticates as; empty for any other path and any other token. */
    Optional<String> account(String path) {
        var candidate = (path.startsWith(PATH) ? path.substring(PATH.length()) : "").getBytes(StandardCharsets.UTF_8);
        var matches = false;
        for (var token : tokens) {
            matches |= MessageDigest.isEqual(token, candidate);
        }
        return matches ? Optional.of(GatewaySettings.DEFAULT_ACCOUNT) : Optional.empty();
    }
}
