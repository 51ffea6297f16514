package io.switchboard.projector.api;

import io.switchboard.projector.api.access.Permission;
import io.vertx.core.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be read.
 *
 * @param path with its parameter in braces, as the OpenAPI document and the metrics write it
 * @param permission what the caller must be allowed; null where no token is asked for
 */
record ApiRoute(String path, @Nullable Permission permission, Endpoint endpoint) {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /** Answers a request; a failed future is a failure of what it reads, never of the request. */
    @FunctionalInterface
    interface Endpoint {
        Future<Answer> answer(ApiRequest request);
    }

    /** The path as Vert.x writes it. */
    String pattern() {
        return PARAMETER.matcher(path).replaceAll(":$1");
    }

    /** The name of the path's parameter; empty when it has none. */
    String parameter() {
        var found = PARAMETER.matcher(path);
        return found.find() ? found.group(1) : "";
    }
}
