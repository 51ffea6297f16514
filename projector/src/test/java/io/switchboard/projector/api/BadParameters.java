package io.switchboard.projector.api;

import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.RawHttp.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every way to get the parameters of an operation wrong, made from its description. */
final class BadParameters {
    /** Values that mean nothing in any parameter, encoded. */
    private static final List<String> MEANINGLESS = List.of(
            "",
            "%20",
            "%09",
            "%00",
            "1%00",
            "%0A",
            "%7F",
            "%C2%85",
            "%FF",
            "%C3%28",
            "%ED%A0%80",
            "%F8%88%80%80%80",
            "x".repeat(1_000));

    private static final List<String> UNDECODABLE = List.of("%zz", "%", "%1", "a%g0", "%u0041");

    /** The beginning of a range → its end. */
    private static final Map<String, String> RANGES = Map.of(
            "from", "to",
            "started_after", "started_before",
            "created_after", "created_before",
            "start_date", "end_date");

    private final Operation operation;
    private final SplittableRandom random;
    private final List<DocumentedParameter> query;
    private final List<BadRequest> found = new ArrayList<>();

    private BadParameters(Operation operation, SplittableRandom random) {
        this.operation = operation;
        this.random = random;
        this.query = DocumentedParameter.ofQuery(operation);
    }

    static List<BadRequest> of(Operation operation, SplittableRandom random) {
        var bad = new BadParameters(operation, random);
        bad.strangers();
        bad.query.forEach(bad::values);
        bad.query.forEach(bad::missing);
        bad.ranges();
        return bad.found;
    }

    /** The operation asked with its examples, apart from a parameter that is written another way. */
    Request request(DocumentedParameter parameter, String written) {
        return request(one -> one.required() && !one.name().equals(parameter.name()), written);
    }

    private Request request(Predicate<DocumentedParameter> beside, String written) {
        var others =
                query.stream().filter(beside).map(DocumentedParameter::written).collect(Collectors.joining("&"));
        var target = operation.example() + "?" + others + (others.isEmpty() ? "" : "&") + written;
        var request = new Request(operation.method(), target);
        return operation.body().isEmpty() ? request : request.json(operation.body());
    }

    private void strangers() {
        for (var name :
                List.of("colour", "limit%5B%5D", "Limit", "LIMIT", "%27", "__proto__", "%E2%98%83", "from%00")) {
            found.add(new BadRequest(request(DocumentedParameter::required, name + "=1"), List.of(), List.of(400)));
        }
        found.add(BadRequest.naming(request(DocumentedParameter::required, "colour=red"), "colour"));
        var many = "a=1&".repeat(199) + "a=1";
        found.add(BadRequest.naming(request(DocumentedParameter::required, many), BadRequest.QUERY, "a"));
        found.add(new BadRequest(
                request(DocumentedParameter::required, "colour=" + "x".repeat(10_000)), List.of(), List.of(414)));
    }

    private void values(DocumentedParameter parameter) {
        var name = DocumentedParameter.encode(parameter.name());
        for (var value : BadValues.of(parameter.name(), parameter.one(), random)) {
            found.add(BadRequest.naming(request(parameter, parameter.written(value)), parameter.name()));
        }
        for (var value : MEANINGLESS) {
            found.add(BadRequest.naming(request(parameter, name + "=" + value), parameter.name()));
        }
        for (var value : UNDECODABLE) {
            found.add(new BadRequest(request(parameter, name + "=" + value), List.of(parameter.name()), List.of(400)));
        }
        found.add(BadRequest.naming(request(parameter, name), parameter.name()));
        found.add(new BadRequest(request(parameter, name + "=" + "1".repeat(10_000)), List.of(), List.of(414)));
        if (!parameter.isRepeated()) {
            var twice = parameter.written() + "&" + parameter.written();
            found.add(BadRequest.naming(request(parameter, twice), parameter.name()));
        }
        found.add(BadRequest.naming(
                request(parameter, (parameter.written("1") + "&").repeat(200)), parameter.name(), BadRequest.QUERY));
    }

    private void missing(DocumentedParameter parameter) {
        if (parameter.required()) {
            var request = request(parameter, "");
            found.add(BadRequest.naming(request, parameter.name()));
        }
    }

    private void ranges() {
        for (var range : RANGES.entrySet()) {
            var begin = named(range.getKey());
            var end = named(range.getValue());
            for (var from : begin) {
                for (var to : end) {
                    reversed(from, to);
                }
            }
        }
    }

    private void reversed(DocumentedParameter from, DocumentedParameter to) {
        var times = from.one().path("format").asText().equals("date-time");
        var late = times ? "2026-03-09T00:00:00Z" : "2026-03-09";
        var early = times ? "2026-03-08T23:59:59Z" : "2026-03-08";
        found.add(BadRequest.naming(both(from, late, to, early), from.name(), to.name()));
        if (times) {
            found.add(BadRequest.naming(both(from, late, to, late), from.name(), to.name()));
        }
        if (to.document().has("x-longest-range")) {
            var first = times ? "1990-01-01T00:00:00Z" : "1990-01-01";
            found.add(BadRequest.naming(both(from, first, to, late), from.name(), to.name()));
        }
    }

    private Request both(DocumentedParameter from, String begin, DocumentedParameter to, String end) {
        return request(
                one -> one.required()
                        && !one.name().equals(from.name())
                        && !one.name().equals(to.name()),
                from.written(begin) + "&" + to.written(end));
    }

    private List<DocumentedParameter> named(String name) {
        return query.stream().filter(one -> one.name().equals(name)).toList();
    }
}
