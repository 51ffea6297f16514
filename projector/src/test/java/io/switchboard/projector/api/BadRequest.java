package io.switchboard.projector.api;

import io.switchboard.projector.api.RawHttp.Request;
import java.util.List;

/**
 * A request that has to be refused.
 *
 * @param named what the problem has to name, one of them; empty when the status says enough
 * @param statuses that it may be refused with
 */
record BadRequest(Request request, List<String> named, List<Integer> statuses) {
    /** The name that stands for the parameters as a whole. */
    static final String QUERY = "(query)";

    static BadRequest naming(Request request, String... named) {
        return new BadRequest(request, List.of(named), List.of(400));
    }
}
