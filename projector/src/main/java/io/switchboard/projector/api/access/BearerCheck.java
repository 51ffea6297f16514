package io.switchboard.projector.api.access;

import io.switchboard.projector.api.access.BearerAnswer.Unknown;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Knows whom a bearer token speaks for. Asked on an event loop, so it never blocks: a check that needs the network (the
 * keys of signed tokens) answers later.
 */
@FunctionalInterface
public interface BearerCheck {
    /** Fails when it cannot be told right now. */
    CompletionStage<BearerAnswer> check(String token);

    /** Asks this one first, the other when this one does not know the token. */
    default BearerCheck or(BearerCheck other) {
        return token -> check(token)
                .thenCompose(answer ->
                        answer instanceof Unknown ? other.check(token) : CompletableFuture.completedFuture(answer));
    }
}
