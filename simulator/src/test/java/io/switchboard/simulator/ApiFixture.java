package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;

/** A simulator on loopback and a client that is signed in. */
class ApiFixture {
    static final String API_KEY = "5f1c0de0-0000-4a11-8b22-00000000a001";
    static final String USER_KEY = "simulated-user-key";
    private static final int PATIENCE_SECONDS = 20;

    final Vertx vertx = Vertx.vertx();
    final WebClient client = WebClient.create(vertx);
    final Map<String, String> environment = new HashMap<>(Map.of(
            "SIMULATOR_PORT", "0",
            "SIMULATOR_SEED", "42",
            "SIMULATOR_CALLS_PER_MINUTE", "0",
            "SIMULATOR_TEXTS_PER_MINUTE", "0",
            "SIMULATOR_DAILY_REQUESTS", "1000000",
            "SIMULATOR_SPEED", "10000",
            "SIMULATOR_CALL_RECORD_DELAY_MS", "0",
            "SIMULATOR_RECORDING_DELAY_MS", "0"));
    int port;
    String token = "";

    @AfterEach
    void close() {
        await(vertx.close());
    }

    void start() {
        port = await(Simulator.start(vertx, SimulatorSettings.of(environment))).port();
        token = signIn().getString("access_token");
    }

    JsonObject signIn() {
        return form("client_credentials", "client_id", API_KEY, "client_secret", USER_KEY)
                .bodyAsJsonObject();
    }

    HttpResponse<Buffer> form(String grant, String... fields) {
        var form = MultiMap.caseInsensitiveMultiMap().add("grant_type", grant);
        for (int i = 0; i < fields.length; i += 2) {
            form.add(fields[i], fields[i + 1]);
        }
        return await(client.post(port, "127.0.0.1", "/v4/auth/token")
                .putHeader("x-api-key", API_KEY)
                .sendForm(form));
    }

    HttpRequest<Buffer> request(HttpMethod method, String path) {
        return client.request(method, port, "127.0.0.1", path)
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("x-api-key", API_KEY);
    }

    HttpResponse<Buffer> ask(String path) {
        return await(request(HttpMethod.GET, "/v4/api" + path).send());
    }

    JsonObject get(String path) {
        var answer = ask(path);
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        return answer.bodyAsJsonObject();
    }

    HttpResponse<Buffer> send(HttpMethod method, String path, String body) {
        return await(request(method, "/v4/api" + path).sendBuffer(Buffer.buffer(body)));
    }

    /** Makes a call; it is over in a moment. */
    @CanIgnoreReturnValue
    JsonObject order(String kind) {
        var answer = await(
                client.post(port, "127.0.0.1", "/simulator/calls").sendJsonObject(new JsonObject().put("kind", kind)));
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.bodyAsJsonObject();
    }

    void text(String direction) {
        var answer = await(client.post(port, "127.0.0.1", "/simulator/texts")
                .sendJsonObject(new JsonObject().put("direction", direction).put("text", "Hello")));
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    void turn(String name, Object value) {
        var answer = await(
                client.put(port, "127.0.0.1", "/simulator/settings").sendJsonObject(new JsonObject().put(name, value)));
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    }

    JsonObject stats() {
        return await(client.get(port, "127.0.0.1", "/simulator/stats").send()).bodyAsJsonObject();
    }

    /** Asks until the answer is as wanted. */
    JsonObject until(String path, Predicate<JsonObject> wanted) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            var answer = get(path);
            if (wanted.test(answer) || System.nanoTime() > deadline) {
                assertThat(wanted.test(answer)).as(answer.encode()).isTrue();
                return answer;
            }
        }
    }

    /** A call's row once it is listed. */
    JsonObject listed(String id) {
        return rows(
                        until(
                                "/calls?pageSize=1000",
                                answer ->
                                        rows(answer, "calls").stream().anyMatch(row -> id.equals(row.getString("id")))),
                        "calls")
                .stream()
                .filter(row -> id.equals(row.getString("id")))
                .findFirst()
                .orElseThrow();
    }

    static List<JsonObject> rows(JsonObject answer, String name) {
        var data = answer.getJsonObject("data", answer);
        return data.getJsonArray(name).stream().map(row -> (JsonObject) row).toList();
    }

    static JsonObject sample(String name) {
        try (var stream = ApiFixture.class.getResourceAsStream("/api/" + name + ".json")) {
            return new JsonObject(
                    Buffer.buffer(Objects.requireNonNull(stream, name).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths of all members, whatever their values; rows of a list are laid over each other. */
    static Set<String> shape(Object json) {
        var paths = new TreeSet<String>();
        collect("", json instanceof String text ? Json.decodeValue(text) : json, paths);
        return paths;
    }

    private static void collect(String path, Object value, Set<String> paths) {
        switch (value) {
            case JsonObject object ->
                object.forEach(member -> {
                    paths.add(path + "/" + member.getKey());
                    if (member.getValue() != null) {
                        collect(path + "/" + member.getKey(), member.getValue(), paths);
                    }
                });
            case JsonArray array ->
                array.forEach(element -> {
                    if (element != null) {
                        collect(path, element, paths);
                    }
                });
            default -> {}
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
