package io.switchboard.projector.api;

import io.switchboard.projector.api.access.Permission;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked for.
 *
 * @param method what is done to it; who may GET may HEAD
 * @param path with its parameter in braces, as the OpenAPI document and the metrics write it
 * @param permission what the caller must be allowed; null where no token is asked for
 */
record ApiRoute(HttpMethod method, String path, @Nullable Permission permission, Endpoint endpoint) {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /** Something that is read. */
    ApiRoute(String path, @Nullable Permission permission, Endpoint endpoint) {
        this(HttpMethod.GET, path, permission, endpoint);
    }

    /** Answers a request; a failed future is a failure of what it reads, never of the request. */
    @FunctionalInterface
    interface Endpoint {
        Future<Answer> answer(ApiRequest request);
    }

    /** Whether a request by this method has a body that is read. */
    boolean takesBody() {
        return method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT);
    }

    /** How metrics and keys of idempotency name it. */
    String name() {
        return method.name() + " " + path;
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
