package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A simulator and a receiver, both on loopback. */
class SimulatorTest {
    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Map<String, String> environment = new HashMap<>();
    private volatile int answer = 200;

    /** @param echo the Echo header, empty when there was none */
    private record Received(String path, String contentType, String echo, String body) {}

    @BeforeEach
    void aReceiverListens() {
        var receiver = await(receiver());
        environment.put("SIMULATOR_PORT", "0");
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "0");
        environment.put("SIMULATOR_SPEED", "1000");
        environment.put("SIMULATOR_RETRY_BACKOFF_MS", "20");
        environment.put("SIMULATOR_WEBHOOK_URLS", "http://127.0.0.1:" + receiver.actualPort() + "/hooks/secret");
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void theUrlIsValidatedFirstAndThenGetsEveryEventOfACall() throws Exception {
        environment.put("SIMULATOR_MAX_OUTSTANDING", "1");
        var port = start().port();
        var validation = next();
        var made = await(client.post(port, "127.0.0.1", "/simulator/calls").sendJsonObject(kind("sequential")));

        assertThat(validation.body()).isEmpty();
        assertThat(validation.echo()).isNotEmpty();
        assertThat(made.statusCode()).isEqualTo(201);
        var id = made.bodyAsJsonObject().getString("id");
        for (var expected : List.of(
                "IncomingCall",
                "IncomingCallRinging",
                "IncomingCallStopRinging",
                "IncomingCallRinging",
                "IncomingCallConnected",
                "IncomingCallCompleted")) {
            var event = next();
            assertThat(event.path()).isEqualTo("/hooks/secret");
            assertThat(event.contentType()).startsWith("application/json");
            var json = new JsonObject(event.body());
            assertThat(json.getString("EventType")).isEqualTo(expected);
            assertThat(json.getJsonObject("Body").getString("Id")).isEqualTo(id);
        }
    }

    @Test
    void whatBecameOfADeliveryCanBeSeen() throws Exception {
        environment.put("SIMULATOR_VALIDATE", "false");
        environment.put("SIMULATOR_RETRIES", "1");
        answer = 503;
        var port = start().port();
        var made =
                await(client.post(port, "127.0.0.1", "/simulator/calls").sendJsonObject(kind("outgoing-unanswered")));
        var path = made.getHeader("Location");
        for (int i = 0; i < 4; i++) {
            assertThat(next().body()).contains("OutgoingCall");
        }

        var call = untilSettled(port, path);

        assertThat(call.getString("kind")).isEqualTo("outgoing-unanswered");
        assertThat(call.getString("direction")).isEqualTo("outbound");
        assertThat(call.getString("expected_outcome")).isEqualTo("unanswered");
        var event = call.getJsonArray("events").getJsonObject(0);
        assertThat(event.getString("event_type")).isEqualTo("OutgoingCall");
        assertThat(event.getString("extension")).matches("1\\d\\d");
        assertThat(event.getString("timestamp")).endsWith("Z");
        assertThat(event.getJsonArray("deliveries").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("url", 0)
                        .put("copy", "original")
                        .put("delay_ms", 0)
                        .put("fate", "failed")
                        .put("status", 503)
                        .put("attempts", 2));
        var stats = get(port, "/simulator/stats");
        assertThat(stats.getJsonObject("calls").getInteger("made")).isEqualTo(1);
        assertThat(stats.getJsonArray("urls").getJsonObject(0).getInteger("failed"))
                .isEqualTo(2);
        assertThat(stats.encode()).doesNotContain("secret");
    }

    @Test
    void liveTrafficComesByItself() throws Exception {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "6000");
        var port = start().port();

        for (int i = 0; i < 200; i++) {
            assertThat(next().path()).isEqualTo("/hooks/secret");
        }

        assertThat(get(port, "/simulator/stats").getJsonObject("calls").getInteger("made"))
                .isPositive();
    }

    @Test
    void aReceiverThatCannotBeReachedStopsNothing() {
        environment.put("SIMULATOR_WEBHOOK_URLS", "http://127.0.0.1:1/w/secret");
        environment.put("SIMULATOR_RETRIES", "0");
        var port = start().port();
        var path = order(port, "missed").getHeader("Location");

        var call = untilSettled(port, path);

        assertThat(call.getJsonArray("events")
                        .getJsonObject(0)
                        .getJsonArray("deliveries")
                        .getJsonObject(0)
                        .getMap())
                .containsEntry("fate", "failed")
                .containsEntry("status", null);
    }

    @Test
    void callsAreListedNewestFirst() {
        var port = start().port();
        var first = order(port, "missed").bodyAsJsonObject().getString("id");
        var second = order(port, "group").bodyAsJsonObject().getString("id");
        var third = order(port, "missed").bodyAsJsonObject().getString("id");

        assertThat(ids(port, "")).containsExactly(third, second, first);
        assertThat(ids(port, "?limit=1&skip=1")).containsExactly(second);
        assertThat(ids(port, "?kind=missed")).containsExactly(third, first);
    }

    @Test
    void aLongListIsWhole() {
        environment.put("SIMULATOR_WEBHOOK_URLS", "");
        var port = start().port();
        for (int i = 0; i < 120; i++) {
            assertThat(order(port, "missed").statusCode()).isEqualTo(201);
        }

        assertThat(ids(port, "?limit=10000")).hasSize(120).doesNotHaveDuplicates();
        assertThat(ids(port, "?limit=0")).isEmpty();
    }

    @Test
    void settingsChangeWhileRunning() {
        var port = start().port();

        var changed = await(client.put(port, "127.0.0.1", "/simulator/settings")
                .sendJsonObject(new JsonObject().put("loss_probability", 0.25).put("event_names", "ccapi")));

        assertThat(changed.statusCode()).isEqualTo(200);
        var settings = get(port, "/simulator/settings");
        assertThat(settings.getMap()).isEqualTo(changed.bodyAsJsonObject().getMap());
        assertThat(settings.getDouble("loss_probability")).isEqualTo(0.25);
        assertThat(settings.getString("event_names")).isEqualTo("ccapi");
        assertThat(settings.getString("call_id")).isEqualTo("both");
        assertThat(settings.getDouble("speed")).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /simulator/calls          | {"kind":"unknown"}            | 400 | kind takes one of answered, sequential
            POST | /simulator/calls          | {"kind":7}                    | 400 | kind takes one of answered, sequential
            POST | /simulator/calls          | {"kind":"missed","count":2}   | 400 | takes a JSON object with the member kind
            POST | /simulator/calls          | ["missed"]                    | 400 | takes a JSON object with the member kind
            POST | /simulator/calls          | {"kind":                      | 400 | takes a JSON object with the member kind
            POST | /simulator/calls          | null                          | 400 | takes a JSON object with the member kind
            POST | /simulator/calls          | ``                            | 400 | takes a JSON object with the member kind
            PUT  | /simulator/settings       | {"speed":0}                   | 400 | speed takes a number from 0.01 to 10000
            PUT  | /simulator/settings       | {"speed":null}                | 400 | speed takes a number from 0.01 to 10000
            PUT  | /simulator/settings       | {"layout":" "}                | 400 | layout takes a value
            PUT  | /simulator/settings       | {"port":1,"retries":-1}       | 400 | retries takes a whole number from 0 to 100
            PUT  | /simulator/settings       | {"port":1}                    | 400 | port is not a setting that can be changed while running
            PUT  | /simulator/settings       | {"Speed":1}                   | 400 | is not a setting that can be changed
            PUT  | /simulator/settings       | []                            | 400 | takes a JSON object of settings
            GET  | /simulator/calls?limit=x  | ``                            | 400 | limit takes a whole number from 0 to 10000
            GET  | /simulator/calls?skip=-1  | ``                            | 400 | skip takes a whole number from 0
            GET  | /simulator/calls?kind=x   | ``                            | 400 | kind takes one of answered, sequential
            GET  | /simulator/calls?sort=x   | ``                            | 400 | sort is not a parameter
            GET  | /simulator/calls/1        | ``                            | 404 | no such call is remembered
            GET  | /nothing                  | ``                            | 404 | GET / names what there is
            GET  | /simulator/calls/%zz      | ``                            | 400 | the request cannot be read
            PUT  | /simulator/calls          | {}                            | 405 | GET / names what there is
            """)
    void wrongInputIsExplained(String method, String path, String body, int status, String detail) {
        var port = start().port();

        var answer = await(client.request(HttpMethod.valueOf(method), port, "127.0.0.1", path)
                .sendBuffer(Buffer.buffer(body)));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.bodyAsJsonObject().getString("detail")).contains(detail);
        assertThat(get(port, "/simulator/settings").getDouble("speed")).isEqualTo(1000);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        var port = start().port();

        var answer =
                await(client.post(port, "127.0.0.1", "/simulator/calls").sendBuffer(Buffer.buffer(new byte[70_000])));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void theRootSaysWhatThisIs() {
        assertThat(get(start().port(), "/").getString("service")).isEqualTo("switchboard-simulator");
    }

    @Test
    void aTakenPortIsNamedWithItsVariable() {
        environment.put("SIMULATOR_PORT", Integer.toString(start().port()));

        assertThatThrownBy(this::start).isInstanceOf(StartFailure.class).hasMessageContaining("SIMULATOR_PORT");
    }

    @Test
    void closingEndsTheTraffic() throws Exception {
        environment.put("SIMULATOR_CALLS_PER_MINUTE", "60000");
        var simulator = start();
        assertThat(next().path()).isEqualTo("/hooks/secret");

        await(simulator.close());

        assertThat(vertx.deploymentIDs()).isEmpty();
        await(vertx.timer(200, TimeUnit.MILLISECONDS));
        received.clear();
        await(vertx.timer(200, TimeUnit.MILLISECONDS));
        assertThat(received).isEmpty();
    }

    @Test
    void closingFreesThePort() {
        var simulator = start();
        environment.put("SIMULATOR_PORT", Integer.toString(simulator.port()));

        await(simulator.close());

        assertThat(start().port()).isEqualTo(simulator.port());
    }

    private Simulator start() {
        return await(Simulator.start(vertx, SimulatorSettings.of(environment)));
    }

    private Future<HttpServer> receiver() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    var echo = request.headers().contains("Echo") ? request.getHeader("Echo") : "";
                    received.add(
                            new Received(request.path(), request.getHeader("Content-Type"), echo, body.toString()));
                    request.response()
                            .setStatusCode(answer)
                            .putHeader("Echo", echo)
                            .end();
                }))
                .listen(0, "127.0.0.1");
    }

    private Received next() throws InterruptedException {
        var next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a delivery").isNotNull();
        return next;
    }

    private HttpResponse<Buffer> order(int port, String kind) {
        return await(client.post(port, "127.0.0.1", "/simulator/calls").sendJsonObject(kind(kind)));
    }

    private JsonObject get(int port, String path) {
        return await(client.get(port, "127.0.0.1", path).send()).bodyAsJsonObject();
    }

    private List<String> ids(int port, String query) {
        var calls = get(port, "/simulator/calls" + query).getJsonArray("calls");
        return calls.stream().map(call -> ((JsonObject) call).getString("id")).toList();
    }

    /** Asks until no delivery of the call is under way any more. */
    private JsonObject untilSettled(int port, String path) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            var call = get(port, path);
            var settled = call.getJsonArray("events").stream()
                    .map(event -> ((JsonObject) event).getJsonArray("deliveries"))
                    .flatMap(JsonArray::stream)
                    .map(delivery -> ((JsonObject) delivery).getString("fate"))
                    .allMatch(List.of("delivered", "failed")::contains);
            if (settled || System.nanoTime() > deadline) {
                assertThat(settled).as(call.encode()).isTrue();
                return call;
            }
        }
    }

    private static JsonObject kind(String kind) {
        return new JsonObject().put("kind", kind);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
