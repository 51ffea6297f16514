package io.switchboard.gateway;

import io.switchboard.gateway.GatewaySettings.Sender;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens that authenticate a webhook URL. Compared in constant time, all of them each time. */
final class WebhookTokens {
    private static final String PATH = "/webhooks/mightycall/";

    private final List<Token> tokens;

    private record Token(byte[] bytes, Sender sender) {}

    WebhookTokens(List<Sender> senders) {
        this.tokens = senders.stream()
                .flatMap(sender -> sender.tokens().stream()
                        .map(token -> new Token(token.getBytes(StandardCharsets.UTF_8), sender)))
                .toList();
    }

    /** Whom a path authenticates; empty for any other path and any other token. */
    Optional<Sender> sender(String path) {
        var candidate = (path.startsWith(PATH) ? path.substring(PATH.length()) : "").getBytes(StandardCharsets.UTF_8);
        @Nullable Sender found = null;
        for (var token : tokens) {
            found = MessageDigest.isEqual(token.bytes, candidate) ? token.sender : found;
        }
        return Optional.ofNullable(found);
    }
}
