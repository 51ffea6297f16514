package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.projector.api.DocumentedApi.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;

/** Asks an API everything that it has to refuse, and finds what it does not. */
final class BadInputSweep {
    private static final JsonNode PROBLEM = OpenApiTree.DOCUMENT.at("/components/schemas/Problem");
    private static final int MOST_SHOWN = 40;

    private final RawHttp http;
    private final String token;
    private final List<Integer> unknownIds;
    private final long seed;
    private final int mostParameters;

    /**
     * @param token of somebody who may do everything
     * @param unknownIds what the API may answer, beside 400 and 404, to an id that could be one
     * @param mostParameters how many of the bad parameters of an operation are sent, drawn by the seed
     */
    BadInputSweep(int port, String token, List<Integer> unknownIds, long seed, int mostParameters) {
        this.http = new RawHttp(port);
        this.token = token;
        this.unknownIds = unknownIds;
        this.seed = seed;
        this.mostParameters = mostParameters;
    }

    /** Fails with the requests that were not refused as they should be. */
    void assertRefused(Operation operation) {
        var random = new SplittableRandom(seed);
        var parameters = new ArrayList<>(BadParameters.of(operation, random));
        Collections.shuffle(parameters, new Random(seed));
        var bad = new ArrayList<>(parameters.subList(0, Math.min(mostParameters, parameters.size())));
        bad.addAll(BadBodies.of(operation, random));
        bad.addAll(BadPaths.of(operation, unknownIds));

        var wrong = new ArrayList<String>();
        for (var one : bad) {
            var fault = fault(one);
            if (!fault.isEmpty()) {
                wrong.add(one.request() + "\n    " + fault);
            }
        }

        assertThat(wrong.stream().limit(MOST_SHOWN))
                .as("%d of %d requests, seed %d", wrong.size(), bad.size(), seed)
                .isEmpty();
    }

    private String fault(BadRequest bad) {
        var reply = http.send(bad.request().with("Authorization: Bearer " + token));
        if (!bad.statuses().contains(reply.status())) {
            return "answered " + reply.status() + ", not one of " + bad.statuses() + ": " + brief(reply.text());
        }
        if (reply.status() < 300) {
            return "";
        }
        if (!reply.mediaType().equals("application/problem+json")) {
            return "answered " + reply.mediaType();
        }
        try {
            return fault(bad, reply.status(), new ObjectMapper().readTree(reply.body()));
        } catch (IOException e) {
            return "answered no JSON: " + brief(reply.text());
        }
    }

    private static String fault(BadRequest bad, int status, JsonNode problem) {
        var faults = SchemaCheck.faults(PROBLEM, problem);
        if (!faults.isEmpty()) {
            return faults.toString();
        }
        if (problem.path("status").asInt() != status) {
            return "says another status: " + problem;
        }
        var named = StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(error -> error.path("parameter").asText())
                .toList();
        if (!bad.named().isEmpty() && bad.named().stream().noneMatch(named::contains)) {
            return "names " + named + ", not " + bad.named() + ": "
                    + problem.path("detail").asText();
        }
        return "";
    }

    private static String brief(String text) {
        return text.substring(0, Math.min(200, text.length()));
    }
}
