package io.switchboard.projector.api;

import io.switchboard.projector.api.access.BearerAnswer;
import io.switchboard.projector.api.access.BearerAnswer.Known;
import io.switchboard.projector.api.access.BearerAnswer.Unknown;
import io.switchboard.projector.api.access.BearerAnswer.WithoutRole;
import io.switchboard.projector.api.access.BearerCheck;
import io.switchboard.projector.api.access.Permission;
import io.switchboard.projector.api.access.Principal;
import io.switchboard.projector.api.guard.RateLimits;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request passes before its route: its token, its caller's share of requests, its caller's role. Nothing but the
 * token tells who asks: no other header, no cookie.
 */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String SCHEME = "bearer ";
    private static final int NOT_MODIFIED = 304;

    private final BearerCheck bearer;
    private final RateLimits limits;
    private final Denials denials;

    /** Hears of callers whose role does not allow what they asked for. */
    @FunctionalInterface
    interface Denials {
        void accept(Principal principal, Permission permission, String requestId);
    }

    /** What came of it. */
    sealed interface Passage {}

    record Admitted(Principal principal) implements Passage {}

    record Stopped(Answer.Refusal refusal) implements Passage {}

    Gate(BearerCheck bearer, RateLimits limits, Denials denials) {
        this.bearer = bearer;
        this.limits = limits;
        this.denials = denials;
    }

    /** Never fails. */
    Future<Passage> pass(RoutingContext context, Permission permission, String requestId) {
        var token = token(context.request());
        if (token == null) {
            return Future.succeededFuture(new Stopped(Refusals.unauthorized(false)));
        }
        return Future.fromCompletionStage(bearer.check(token), context.vertx().getOrCreateContext())
                .map(answer -> pass(context, permission, requestId, answer))
                .otherwise(unknown -> {
                    LOG.warn("the token of request {} cannot be checked right now", requestId);
                    return new Stopped(Refusals.unavailable(
                            "The token cannot be checked: the keys of the identity provider are out of reach."));
                });
    }

    private Passage pass(RoutingContext context, Permission permission, String requestId, BearerAnswer answer) {
        return switch (answer) {
            case Unknown() -> new Stopped(Refusals.unauthorized(true));
            case WithoutRole() -> new Stopped(Refusals.withoutRole());
            case Known(var principal) -> pass(context, permission, requestId, principal);
        };
    }

    private Passage pass(RoutingContext context, Permission permission, String requestId, Principal principal) {
        var turn = limits.take(principal.name());
        turn.ifPresent(taken -> context.addHeadersEndHandler(ready -> tell(context.response(), principal, taken)));
        if (turn.isPresent() && !turn.get().allowed()) {
            return new Stopped(Refusals.rateLimited(turn.get()));
        }
        if (!principal.role().may(permission)) {
            denials.accept(principal, permission, requestId);
            return new Stopped(Refusals.forbidden(principal.role().word()));
        }
        return new Admitted(principal);
    }

    /** Who has it already asked for nothing. */
    private void tell(HttpServerResponse response, Principal principal, RateLimits.Turn taken) {
        var turn = response.getStatusCode() == NOT_MODIFIED
                ? limits.giveBack(principal.name()).orElse(taken)
                : taken;
        response.putHeader("RateLimit-Policy", turn.policy()).putHeader("RateLimit", turn.state());
    }

    private static @Nullable String token(HttpServerRequest request) {
        var header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        var token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : token;
    }
}
