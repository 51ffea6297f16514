package io.switchboard.simulator.api;

import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * A method and path of the REST API.
 *
 * @param path below the API's base, with {@code :name} for its variable parts
 */
record Endpoint(HttpMethod method, String path, Access access, Function<ApiRequest, ApiAnswer> handler) {

    /** Who may use it. */
    enum Access {
        /** Anybody. */
        OPEN,
        /** Whoever signs in. */
        SIGN_IN,
        /** Whoever has a token. */
        TOKEN
    }

    static Endpoint get(String path, Function<ApiRequest, ApiAnswer> handler) {
        return new Endpoint(HttpMethod.GET, path, Access.TOKEN, handler);
    }

    static Endpoint post(String path, Function<ApiRequest, ApiAnswer> handler) {
        return new Endpoint(HttpMethod.POST, path, Access.TOKEN, handler);
    }

    static Endpoint put(String path, Function<ApiRequest, ApiAnswer> handler) {
        return new Endpoint(HttpMethod.PUT, path, Access.TOKEN, handler);
    }

    static Endpoint delete(String path, Function<ApiRequest, ApiAnswer> handler) {
        return new Endpoint(HttpMethod.DELETE, path, Access.TOKEN, handler);
    }

    /** How statistics name it. */
    String label() {
        return method.name() + " " + path;
    }
}
