package io.switchboard.projector.api;

import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.RawHttp.Request;
import java.util.ArrayList;
import java.util.List;

/** Path parameters and headers that name nothing. */
final class BadPaths {
    /** Not text at all: there is no such thing, whatever the tables hold. */
    private static final List<String> NO_IDS = List.of(
            "%00",
            "a%00",
            "%FF",
            "%ED%A0%80",
            "%C0%80",
            "%zz",
            "%",
            "%0A",
            "a%0D%0Ab",
            "x".repeat(129),
            "%F0%9F%98%80".repeat(129));

    /** Text that names nothing here. */
    private static final List<String> NOBODYS_IDS = List.of(
            "",
            "%20",
            "%09",
            ".",
            "..",
            "%2e",
            "%2E%2e",
            "..%2f..",
            "%2F",
            "a%2Fb",
            "%5C",
            "'",
            "%22",
            "%3Cscript%3E",
            "%E2%98%83",
            "%F0%9F%98%80",
            ";a=b",
            "a;b",
            "*",
            "0",
            "-1",
            "9".repeat(40),
            "null",
            "%27%3B%20drop%20table%20call--");

    private BadPaths() {}

    /**
     * None when the path has no parameter.
     *
     * @param elsewhere what may also be answered where an id is text: 503 while there are no tables to look it up in
     */
    static List<BadRequest> of(Operation operation, List<Integer> elsewhere) {
        var found = new ArrayList<BadRequest>();
        if (operation.path().contains("{")) {
            NO_IDS.forEach(id -> found.add(new BadRequest(at(operation, id), List.of(), List.of(400, 404))));
            found.add(new BadRequest(at(operation, "x".repeat(10_000)), List.of(), List.of(414)));
            var statuses = new ArrayList<>(List.of(400, 404));
            if (!operation.isRead()) {
                statuses.add(405); // the list behind the thing, which takes other methods
            }
            statuses.addAll(elsewhere);
            NOBODYS_IDS.forEach(id -> found.add(new BadRequest(at(operation, id), List.of(), statuses)));
        }
        for (var header : DocumentedParameter.of(operation)) {
            if (header.name().equals("Idempotency-Key")) {
                for (var key : List.of("", " ", "a b", "x".repeat(256), "\u00e9", "a\tb")) {
                    var request = new Request(operation.method(), operation.example());
                    found.add(BadRequest.naming(
                            (operation.body().isEmpty() ? request : request.json(operation.body()))
                                    .with("Idempotency-Key: " + key),
                            "Idempotency-Key"));
                }
            }
        }
        return found;
    }

    private static Request at(Operation operation, String id) {
        var parts = operation.path().split("/");
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].startsWith("{") ? id : parts[i];
        }
        var required = DocumentedApi.withRequired(operation)
                .substring(operation.example().length());
        var request = new Request(operation.method(), String.join("/", parts) + required);
        return operation.body().isEmpty() ? request : request.json(operation.body());
    }
}
