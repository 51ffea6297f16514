package io.switchboard.poller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.simulator.Simulator;
import io.switchboard.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** A simulator in this JVM whose requests are counted; what the test itself asks for is counted apart. */
final class SimulatedProvider implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nothing happens that the test does not make happen, and what ends is listed soon. */
    private static final Map<String, String> QUIET = Map.of(
            "SIMULATOR_PORT", "0",
            "SIMULATOR_CALLS_PER_MINUTE", "0",
            "SIMULATOR_TEXTS_PER_MINUTE", "0",
            "SIMULATOR_CONTACT_EDITS_PER_HOUR", "0",
            "SIMULATOR_CALL_RECORD_DELAY_MS", "200",
            "SIMULATOR_RECORDING_DELAY_MS", "200",
            "SIMULATOR_MEDIA_SECONDS", "2");

    final String apiKey;
    final String userKey;
    private final Simulator simulator;
    private final HttpClient http = HttpClient.newHttpClient();
    private String token = "";
    private int own;

    private SimulatedProvider(Vertx vertx, Map<String, String> more) throws Exception {
        var environment = new HashMap<>(QUIET);
        environment.putAll(more);
        var settings = SimulatorSettings.of(environment);
        apiKey = settings.apiKey();
        userKey = settings.userKey();
        simulator = Simulator.start(vertx, settings).await(10, TimeUnit.SECONDS);
    }

    /** Keys of its own come from the name. */
    static SimulatedProvider start(Vertx vertx, String name, Map<String, String> more) throws Exception {
        var environment = new HashMap<>(Map.of(
                "SIMULATOR_SEED", Integer.toString(name.hashCode()),
                "SIMULATOR_API_KEY", "api-key-of-" + name + "-0123456789abcdef",
                "SIMULATOR_USER_KEY", "user-key-of-" + name + "-0123456789abcdef"));
        environment.putAll(more);
        return new SimulatedProvider(vertx, environment);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + simulator.port() + "/v4";
    }

    /** An entry of the accounts file. */
    String account(String id, String webhookToken) {
        return "- {id: %s, api_key: %s, user_key: %s, base_url: \"%s\", webhook_tokens: [%s]}%n"
                .formatted(id, apiKey, userKey, baseUrl(), webhookToken);
    }

    /** Settings of the one account whose provider this is. */
    Map<String, String> credentials() {
        return Map.of(
                "MIGHTYCALL_API_KEY", apiKey,
                "MIGHTYCALL_USER_KEY", userKey,
                "MIGHTYCALL_BASE_URL", baseUrl());
    }

    /** Requests that counted, without the test's own. */
    int counted() {
        return stats().at("/api/window/counted").asInt() - own;
    }

    /** Every request that came in, whether it counted or was refused, without the test's own. */
    int asked() {
        var byPath = stats().at("/api/requests").spliterator();
        return StreamSupport.stream(byPath, false)
                        .mapToInt(count -> count.path("asked").asInt())
                        .sum()
                - own;
    }

    JsonNode stats() {
        return json(send("GET", "/simulator/stats", ""));
    }

    int mishaps(String kind) {
        return stats().at("/api/mishaps/" + kind).asInt();
    }

    void turn(String switches) {
        var reply = send("PUT", "/simulator/settings", switches);
        assert reply.statusCode() == 200 : new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Makes a call of that kind; its id. */
    String call(String kind) {
        return json(send("POST", "/simulator/calls", "{\"kind\":\"" + kind + "\"}"))
                .path("id")
                .asText();
    }

    /** What the provider answers, signed in as the account's user. */
    String listing(String path) {
        if (token.isEmpty()) {
            token = json(exchange(HttpRequest.newBuilder(uri("/v4/auth/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=" + apiKey
                                    + "&client_secret=" + userKey))))
                    .path("access_token")
                    .asText();
            own++;
        }
        own++;
        var reply = exchange(HttpRequest.newBuilder(uri("/v4/api/" + path))
                .header("x-api-key", apiKey)
                .header("Authorization", "Bearer " + token));
        assert reply.statusCode() == 200 : path + " " + reply.statusCode();
        return new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** A token as this provider gives them; empty before the first listing. */
    String ownToken() {
        return token;
    }

    /** What a link of the provider's leads to. */
    HttpResponse<byte[]> media(String link) {
        return exchange(HttpRequest.newBuilder(URI.create(link.replace(" ", "%20"))));
    }

    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("not JSON", e);
        }
    }

    @Override
    public void close() throws Exception {
        http.close();
        var closed = simulator.close().await(10, TimeUnit.SECONDS);
        assert closed == null;
    }

    private static JsonNode json(HttpResponse<byte[]> reply) {
        return parsed(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> send(String method, String path, String body) {
        return exchange(HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + simulator.port() + path);
    }
}
