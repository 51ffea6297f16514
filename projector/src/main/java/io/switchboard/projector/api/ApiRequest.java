package io.switchboard.projector.api;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.access.Principal;
import io.switchboard.projector.api.query.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed the reception.
 *
 * @param principal who asks; null on routes that ask for no token
 * @param id the path's last parameter, checked to be text; empty on routes without one
 */
record ApiRequest(@Nullable Principal principal, String id, QueryParameters parameters) {

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
