package io.switchboard.projector.api.view;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit.
 *
 * @param actor the name of whoever did it; tells nothing of their token
 * @param account that it concerns; null when it concerns none, or all
 * @param target id of a job or call, or what was taken away
 * @param rows how many left the house; null where none are counted
 */
public record Audited(
        long id,
        Instant at,
        String actor,
        String role,
        @Nullable String account,
        String action,
        @Nullable String target,
        String outcome,
        @Nullable Long rows,
        String requestId) {

    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", Long.toString(id));
        json.put("at", Values.written(at));
        json.put("actor", actor);
        json.put("role", role);
        json.put("account", account);
        json.put("action", action);
        json.put("target", target);
        json.put("outcome", outcome);
        json.put("rows", rows);
        json.put("request_id", requestId);
        return json;
    }
}
