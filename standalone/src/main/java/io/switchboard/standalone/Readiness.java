package io.switchboard.standalone;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

/** Whether the whole run does its work, seen from outside; asked again and again after the start. */
@FunctionalInterface
interface Readiness {

    /** @param begun when the run began */
    boolean isReady(Map<String, String> environment, Instant begun) throws IOException, InterruptedException;

    /** `up`: the gateway can make an event durable and the query API answers. */
    static Readiness servicesAnswer() {
        return (environment, begun) -> answers(readyz(Port.GATEWAY_MANAGEMENT, environment), "", body -> true)
                && answers(readyz(Port.PROJECTOR_MANAGEMENT, environment), "", body -> true);
    }

    /** `demo`: a webhook of this run has become a row that the API returns; rows of an earlier run prove nothing. */
    static Readiness aCallIsVisible() {
        return (environment, begun) -> answers(
                local(Port.API, environment) + "/v1/calls?limit=1&started_after=" + begun.truncatedTo(SECONDS),
                firstToken(environment),
                body -> body.contains("\"started_at\""));
    }

    private static String firstToken(Map<String, String> environment) {
        return environment
                .getOrDefault("API_TOKENS", "")
                .replaceFirst("=.*", "")
                .strip();
    }

    private static String readyz(Port port, Map<String, String> environment) {
        return local(port, environment) + "/readyz";
    }

    private static String local(Port port, Map<String, String> environment) {
        return "http://127.0.0.1:" + port.in(environment);
    }

    private static boolean answers(String url, String token, Predicate<String> enough)
            throws IOException, InterruptedException {
        var timeout = Duration.ofSeconds(2);
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && enough.test(answer.body());
        }
    }
}
