package io.switchboard.simulator.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * An answer of the REST API before it is written.
 *
 * @param body a {@link JsonObject}, a {@link JsonArray}, or the text of a page
 * @param rows the rows in the body, which faults may change
 */
public record ApiAnswer(int status, Object body, List<JsonObject> rows) {

    public static ApiAnswer of(int status, Object body) {
        return new ApiAnswer(status, body, List.of());
    }

    public static ApiAnswer ok(Object body) {
        return of(200, body);
    }

    /** An answer with rows in it. */
    static ApiAnswer list(Object body, List<JsonObject> rows) {
        return new ApiAnswer(200, body, rows);
    }

    /** What a proxy in front of the provider says. */
    static ApiAnswer page(int status) {
        return of(status, "<html><head><title>" + status + "</title></head><body><h1>Gateway error</h1></body></html>");
    }

    /** {@code {message}}. */
    static ApiAnswer message(int status, String message) {
        return of(status, new JsonObject().put("message", message));
    }

    /** {@code {errorCode,message}}. */
    static ApiAnswer error(int status, String code, String message) {
        return of(status, new JsonObject().put("errorCode", code).put("message", message));
    }

    /** {@code {message,modelState}}: what is wrong with which parameter. */
    static ApiAnswer modelState(String message, Map<String, String> faults) {
        var state = new JsonObject();
        faults.forEach((name, fault) -> state.put(name, new JsonArray().add(fault)));
        return of(400, new JsonObject().put("message", message).put("modelState", state));
    }

    static ApiAnswer invalid(Map<String, String> faults) {
        return modelState("The request is invalid.", faults);
    }
}
