package io.switchboard.projector.api;

import io.switchboard.projector.api.guard.Origins;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells browsers whether a page of another origin may ask and read (CORS, as the Fetch standard describes it). Callers
 * carry their token in a header, so credentials are never allowed: no page can ask with somebody's cookies.
 */
final class CrossOrigin {
    private static final String HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Range, X-Request-Id";
    private static final String READABLE =
            "Content-Disposition, Content-Range, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After,"
                    + " Switchboard-As-Of, Switchboard-Complete-Through, WWW-Authenticate, X-Request-Id";
    private static final String REMEMBERED_SECONDS = "600";

    private final Origins origins;
    private final String methods;

    CrossOrigin(Origins origins, Collection<ApiRoute> routes) {
        this.origins = origins;
        this.methods = Stream.concat(
                        Stream.of("HEAD"),
                        routes.stream().map(route -> route.method().name()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Writes the headers that the origin may see; whether that was all that was asked. */
    boolean answered(HttpServerRequest request) {
        if (!origins.matter()) {
            return false;
        }
        var response = request.response();
        response.headers().add("Vary", "Origin");
        var origin = request.getHeader("Origin");
        if (origin == null || !origins.allow(origin)) {
            return false;
        }
        response.putHeader("Access-Control-Allow-Origin", origin);
        if (!isPreflight(request)) {
            response.putHeader("Access-Control-Expose-Headers", READABLE);
            return false;
        }
        var unused = response.setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", methods)
                .putHeader("Access-Control-Allow-Headers", HEADERS)
                .putHeader("Access-Control-Max-Age", REMEMBERED_SECONDS)
                .end();
        return true;
    }

    /** Asked before the request proper, without a token, by the browser itself. */
    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.getHeader("Access-Control-Request-Method") != null;
    }
}
