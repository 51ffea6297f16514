package io.switchboard.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error as RFC 9457 describes it.
 *
 * @param type last part of the problem's type URI, such as {@code invalid-parameter}; stable
 * @param title the kind of problem in words; stable
 * @param detail what was wrong this time and what would be right
 * @param errors the parameters at fault
 */
public record Problem(int status, String type, String title, String detail, List<Fault> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_BASE = "https://switchboard.example/problems/";

    /**
     * One parameter at fault.
     *
     * @param parameter its name as the client wrote it
     * @param detail what it takes
     */
    public record Fault(String parameter, String detail) {}

    public static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail, List.of());
    }

    /** The body of the answer. */
    public Map<String, Object> body(String requestId) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", TYPE_BASE + type);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("request_id", requestId);
        if (!errors.isEmpty()) {
            body.put(
                    "errors",
                    errors.stream()
                            .map(fault -> Map.of("parameter", fault.parameter(), "detail", fault.detail()))
                            .toList());
        }
        return body;
    }
}
