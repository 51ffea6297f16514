package io.switchboard.simulator.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request as a handler sees it.
 *
 * @param path the named parts of the path
 * @param now when it is answered
 */
public record ApiRequest(Parameters query, Map<String, String> path, String body, Instant now) {

    /** A named part of the path. */
    public String part(String name) {
        return path.getOrDefault(name, "");
    }

    /** The body when it is a JSON object. */
    public Optional<JsonObject> json() {
        try {
            return Json.decodeValue(Buffer.buffer(body)) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    /** A member of a JSON body when it is a text. */
    static Optional<String> text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
