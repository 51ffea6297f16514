package io.switchboard.projector.api;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.access.Principal;
import io.switchboard.projector.api.query.QueryParameters;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed the reception.
 *
 * @param principal who asks; null on routes that ask for no token
 * @param id the path's last parameter, without control characters; empty on routes without one
 */
record ApiRequest(@Nullable Principal principal, String id, QueryParameters parameters, Message message) {

    /**
     * What else came with it.
     *
     * @param id under which answer, log and audit speak of the request
     * @param route its method and path, parameters in braces
     * @param body empty where the route takes none
     */
    record Message(String id, String route, MultiMap headers, Buffer body) {}

    /** The caller of a route that asks for a token. */
    Principal caller() {
        if (principal == null) {
            throw new IllegalStateException("a route without a token has no caller");
        }
        return principal;
    }

    /** The only account the caller may see; null for all of them. */
    @Nullable
    String account() {
        return principal == null ? null : principal.account();
    }

    Masking masking() {
        return principal == null ? Masking.MASKED : principal.masking();
    }

    boolean sees(@Nullable String owner) {
        return principal != null && principal.sees(owner);
    }
}
