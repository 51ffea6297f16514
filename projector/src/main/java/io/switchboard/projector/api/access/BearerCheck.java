package io.switchboard.projector.api.access;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Knows whom a bearer token speaks for. Asked on an event loop, so it never blocks: a check that needs the network (the
 * keys of signed tokens) answers later.
 */
@FunctionalInterface
public interface BearerCheck {
    /** Empty for a token that means nothing here. */
    CompletionStage<Optional<Principal>> check(String token);

    /** Asks this one first, the other when this one does not know the token. */
    default BearerCheck or(BearerCheck other) {
        return token -> check(token)
                .thenCompose(
                        found -> found.isPresent() ? CompletableFuture.completedFuture(found) : other.check(token));
    }
}
