package io.switchboard.gateway;

import static io.switchboard.gateway.GatewayFixtures.API_KEY;
import static io.switchboard.gateway.GatewayFixtures.TOKEN;
import static io.switchboard.gateway.GatewayFixtures.until;
import static io.switchboard.gateway.GatewayFixtures.webhook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Envelope;
import io.switchboard.event.Topic;
import io.switchboard.kafka.InMemoryEventLog.Behaviour;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider is answered, row by row of the contract, over HTTP and a real spool. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WebhookAnswersTest {
    private static final String VALIDATED = "{\"status\":\"validated\"}";

    @TempDir
    Path folder;

    private final Vertx spoolVertx = Vertx.vertx();
    private SqliteSpool spool;
    private RunningServer server;

    @BeforeEach
    void start() {
        spool = SqliteSpool.open(spoolVertx, folder, GatewayFixtures.SPOOL_BYTES);
        server = new RunningServer(GatewayFixtures.settings(folder), spool, Limits.STANDARD);
    }

    @AfterEach
    void stop() {
        server.close();
        spool.close();
        spoolVertx.close().await();
        assertThat(server.inFlightBytes).hasValue(0);
    }

    @Test
    void anEventIsAcceptedAndReplicated() throws Exception {
        var answer = server.post(webhook("IncomingCall", "C-1"), "Content-Type", "text/weird");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        var event = server.log.acknowledged().getFirst();
        assertThat(answer.body())
                .isEqualTo(
                        "{\"status\":\"accepted\",\"event_id\":\"" + event.id() + "\",\"durability\":\"replicated\"}");
        assertThat(event.topic()).isEqualTo(Topic.CALLS);
        assertThat(event.key()).isEqualTo("C-1");
        assertThat(event.type()).isEqualTo("mightycall.webhook.IncomingCall");
        assertThat(event.occurredAt()).isEqualTo(Instant.parse("2026-03-09T17:00:00.5141234Z"));
        assertThat(event.contentType()).isEqualTo("text/weird");
        assertThat(new String(event.value(), UTF_8)).contains("\"Id\":\"C-1\"").doesNotContain(API_KEY);
    }

    @Test
    void aSilentLogSpoolsTheEvent() throws Exception {
        server.log.behave(new Behaviour.Hang());

        var answer = server.post(webhook("IncomingCall", "C-1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).endsWith("\"durability\":\"spooled\"}");
        assertThat(spool.oldest(0, 10)).hasSize(1);
    }

    @Test
    void aDuplicateGetsTheSameId() throws Exception {
        var first = server.post(webhook("IncomingCall", "C-1")).body();
        var second = server.post(webhook("IncomingCall", "C-1")).body();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void anEventOfAnUnknownTypeOrNoneIsAccepted() throws Exception {
        assertThat(server.post(webhook("SomethingNew", "C-1")).body()).startsWith("{\"status\":\"accepted\"");
        assertThat(server.post("{\"Body\":{\"Id\":\"C-2\"}}").body()).startsWith("{\"status\":\"accepted\"");

        assertThat(server.log.acknowledged())
                .extracting(Envelope::type)
                .containsExactly("mightycall.webhook.SomethingNew", "mightycall.webhook.untyped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\t", "[]", " [ ] ", "\uFEFF", "\uFEFF []"})
    void nothingInTheBodyIsAValidationAndNothingIsStored(String body) throws Exception {
        var answer = server.post(body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(VALIDATED);
        assertThat(server.log.acknowledged()).isEmpty();
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                Arguments.of("an object without members", "{}"),
                Arguments.of("null", "null"),
                Arguments.of("a text", "\"x\""),
                Arguments.of("broken JSON", "{\"EventType\":\"IncomingCall\",\"Body\":{\"Id\":\"x"),
                Arguments.of("not JSON", "EventType=IncomingCall&Id=1"),
                Arguments.of("no call id", "{\"EventType\":\"IncomingCall\",\"Body\":{}}"),
                Arguments.of("a call id over 128 characters", webhook("IncomingCall", "i".repeat(129))),
                Arguments.of("nesting without end", "[".repeat(50_000)),
                Arguments.of("nesting over 64", "{\"a\":".repeat(70) + "1" + "}".repeat(70)),
                Arguments.of("a bare NUL", "\0"),
                Arguments.of("a number beyond any type", "1e400"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void whatCannotBeReadIsQuarantinedRaw(String name, String body) throws Exception {
        var answer = server.post(body);

        assertThat(answer.statusCode()).isEqualTo(200);
        var event = server.log.acknowledged().getFirst();
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"quarantined\",\"event_id\":\"" + event.id()
                        + "\",\"durability\":\"replicated\"}");
        assertThat(event.topic()).isEqualTo(Topic.QUARANTINE);
        assertThat(event.key()).isEqualTo(event.id().toString());
        assertThat(event.type()).isEqualTo("mightycall.quarantined");
    }

    static Stream<Arguments> awkward() {
        return Stream.of(
                Arguments.of("wrong types", "{\"EventType\":5,\"Timestamp\":[],\"Body\":{\"Id\":7}}"),
                Arguments.of("an escaped NUL", "{\"EventType\":\"A\\u0000\",\"Body\":{\"Id\":\"a\\u0000b\"}}"),
                Arguments.of("a lone surrogate", "{\"EventType\":\"\\ud800\",\"Body\":{\"Id\":\"\\udfff\"}}"),
                Arguments.of("a huge number", "{\"Body\":{\"Id\":\"a\",\"n\":1e400}}"),
                Arguments.of("a long integer", "{\"Body\":{\"Id\":\"a\",\"n\":12345678901234567890123}}"),
                Arguments.of("duplicate keys", "{\"Body\":{\"Id\":\"a\",\"Id\":\"b\"}}"),
                Arguments.of("a large text", "{\"Body\":{\"Id\":\"a\",\"t\":\"" + "x".repeat(200_000) + "\"}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("awkward")
    void whatIsAwkwardButAuthenticIsTakenAndTheNextEventToo(String name, String body) throws Exception {
        assertThat(server.post(body).statusCode()).isEqualTo(200);
        assertThat(server.post(webhook("IncomingCall", "next")).statusCode()).isEqualTo(200);

        assertThat(server.log.acknowledged()).hasSize(2);
    }

    @Test
    void anArrayIsAnsweredEventByEvent() throws Exception {
        var answer =
                server.post("[" + webhook("IncomingCall", "a") + ",{}," + webhook("IncomingCallConnected", "a") + "]");

        assertThat(answer.statusCode()).isEqualTo(200);
        var body = new JsonObject(answer.body());
        assertThat(body.getString("status")).isEqualTo("accepted");
        assertThat(body.getJsonArray("events").stream().map(event -> ((JsonObject) event).getString("status")))
                .containsExactly("accepted", "quarantined", "accepted");
        assertThat(body.getJsonArray("events").stream().map(event -> ((JsonObject) event).getString("event_id")))
                .doesNotHaveDuplicates();
        assertThat(server.log.acknowledged()).hasSize(3);
    }

    @Test
    void anArrayOfOneIsAnsweredAsAnArray() throws Exception {
        var answer = server.post("[" + webhook("IncomingCall", "a") + "]");

        assertThat(new JsonObject(answer.body()).getJsonArray("events")).hasSize(1);
    }

    @Test
    void anArrayOfWhichOneEventIsNotDurableIsRefusedAsAWhole() throws Exception {
        spool.close();
        server.log.behave(envelope -> envelope.key().equals("b")
                ? new Behaviour.Fail(new IllegalStateException())
                : new Behaviour.Acknowledge());

        var answer = server.post("[" + webhook("IncomingCall", "a") + "," + webhook("IncomingCall", "b") + "]");

        assertThat(answer.statusCode()).isEqualTo(503);
    }

    @Test
    void aTooLongArrayIsQuarantinedAsOne() throws Exception {
        var array = new JsonArray();
        for (var i = 0; i < 1_001; i++) {
            array.add(new JsonObject().put("Body", new JsonObject().put("Id", "c" + i)));
        }

        assertThat(server.post(array.encode()).body()).startsWith("{\"status\":\"quarantined\"");
    }

    @Test
    void withNeitherLogNorSpoolTheAnswerIsUnavailableAtOnce() throws Exception {
        server.circuit.set(new Circuit.Open(System.nanoTime()));
        spool.close();
        var fastest = Duration.ofDays(1);

        for (var i = 0; i < 5; i++) { // the first one connects, any one may wait for the machine
            var before = System.nanoTime();
            var answer = server.post(webhook("IncomingCall", "C-1"));
            var took = Duration.ofNanos(System.nanoTime() - before);
            fastest = took.compareTo(fastest) < 0 ? took : fastest;
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }

        assertThat(fastest).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void theEchoHeaderIsSentBack() throws Exception {
        assertThat(server.post("", "Echo", "abc 123").headers().firstValue("Echo"))
                .contains("abc 123");
        assertThat(server.post(webhook("IncomingCall", "a"), "Echo", "x")
                        .headers()
                        .firstValue("Echo"))
                .contains("x");
        assertThat(server.post("").headers().firstValue("Echo")).isEmpty();
    }

    @Test
    void aWrongTokenAndAnUnknownPathAreTheSameToTheSender() throws Exception {
        var body = BodyPublishers.ofString(webhook("IncomingCall", "a"));

        var answers = Stream.of(
                        "/webhooks/mightycall/wrong-token-of-sixteen",
                        "/webhooks/mightycall/",
                        "/webhooks/mightycall",
                        "/webhooks/mightycall/" + TOKEN + "/",
                        "/webhooks/other/" + TOKEN,
                        "/",
                        "/metrics")
                .map(path -> sendUnchecked("POST", path, body))
                .toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(answers.getFirst().body());
            assertThat(answer.headers().map())
                    .isEqualTo(answers.getFirst().headers().map());
        });
        assertThat(server.log.acknowledged()).isEmpty();
        assertThat(server.requests("rejected_auth")).isEqualTo(7);
    }

    @Test
    void everyConfiguredTokenIsAcceptedAndAQueryIsIgnored() throws Exception {
        for (var path : new String[] {"another-token-of-sixteen", TOKEN + "?x=1"}) {
            var answer = server.send("POST", "/webhooks/mightycall/" + path, BodyPublishers.ofString(""));
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theProvidersPanelMayProbeAValidUrl() throws Exception {
        var probe = server.send("GET", "/webhooks/mightycall/" + TOKEN, BodyPublishers.noBody());

        assertThat(probe.statusCode()).isEqualTo(200);
        assertThat(server.send("GET", "/webhooks/mightycall/wrong-token-of-sixteen", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.send("PUT", "/webhooks/mightycall/" + TOKEN, BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01, false",
        "nonsense, false"
    })
    void aValidTraceContextIsPassedOnAndAnyOtherReplaced(String sent, boolean kept) throws Exception {
        server.post(webhook("IncomingCall", "a"), "traceparent", sent);

        var traceparent = server.log.acknowledged().getFirst().traceparent();
        assertThat(traceparent.equals(sent)).isEqualTo(kept);
        assertThat(traceparent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }

    @Test
    void theMetricsAgreeWithWhatWasSent() throws Exception {
        server.post(webhook("IncomingCall", "a"));
        server.post("[" + webhook("IncomingCall", "a") + "," + webhook("IncomingCallConnected", "a") + "]");
        server.post(webhook("SomethingNew", "a"));
        server.post("{}");
        server.post("");
        server.send("POST", "/nowhere", BodyPublishers.noBody());

        until(() -> server.requests("rejected_auth") == 1);
        var scrape = server.registry.scrape();
        assertThat(scrape)
                .contains("switchboard_webhook_requests_total{event_type=\"IncomingCall\",outcome=\"accepted\"} 1.0")
                .contains("switchboard_webhook_requests_total{event_type=\"other\",outcome=\"accepted\"} 2.0")
                .contains("switchboard_webhook_requests_total{event_type=\"other\",outcome=\"quarantined\"} 1.0")
                .contains("switchboard_webhook_requests_total{event_type=\"other\",outcome=\"validated\"} 1.0")
                .contains("switchboard_webhook_requests_total{event_type=\"other\",outcome=\"rejected_auth\"} 1.0")
                .contains("switchboard_webhook_events_total{durability=\"replicated\",event_type=\"IncomingCall\"} 2.0")
                .contains("switchboard_webhook_events_total{durability=\"replicated\",event_type=\"other\"} 2.0")
                .contains("switchboard_webhook_request_duration_seconds_count{outcome=\"accepted\"} 3")
                .contains("switchboard_publish_duration_seconds_count 5");
    }

    @Test
    void everyFamilyIsDeclaredFromTheStart() {
        assertThat(server.registry.scrape())
                .contains(
                        "# TYPE switchboard_webhook_requests_total counter",
                        "# TYPE switchboard_webhook_request_duration_seconds histogram",
                        "# TYPE switchboard_webhook_event_age_seconds histogram",
                        "# TYPE switchboard_webhook_events_total counter",
                        "# TYPE switchboard_publish_duration_seconds histogram",
                        "# TYPE switchboard_spool_records gauge",
                        "# TYPE switchboard_spool_oldest_timestamp_seconds gauge",
                        "# TYPE switchboard_build_info gauge")
                .contains("outcome=\"shed\"", "outcome=\"error\"", "outcome=\"rejected_timeout\"")
                .contains("event_type=\"OutgoingCallAgentDialing\"", "durability=\"spooled\"");
    }

    @Test
    void theSpoolsGaugesFollowTheSpool() throws Exception {
        server.log.behave(new Behaviour.Hang());

        server.post(webhook("IncomingCall", "a"));

        until(() -> server.registry.scrape().contains("switchboard_spool_records 1.0"));
        until(() -> !server.registry.scrape().contains("switchboard_spool_oldest_timestamp_seconds 0.0"));
    }

    @Test
    void aRequiredApiKeyIsComparedAndOverwritten() throws Exception {
        var other = java.nio.file.Files.createDirectory(folder.resolve("checked"));
        try (var checked = new RunningServer(
                GatewayFixtures.settings(other, Optional.of(API_KEY), 4L << 20), spool, Limits.STANDARD)) {
            assertThat(checked.post(webhook("IncomingCall", "a")).statusCode()).isEqualTo(200);
            assertThat(checked.post(webhook("IncomingCall", "a").replace(API_KEY, "another"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(checked.post("{\"Body\":{\"Id\":\"a\"}}").statusCode()).isEqualTo(404);
            assertThat(checked.post("").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void eachAccountsTokenFilesUnderThatAccountAndTheSameEventOfTwoAccountsIsTwoFacts() throws Exception {
        var other = java.nio.file.Files.createDirectory(folder.resolve("accounts"));
        var north = new GatewaySettings.Sender("north", List.of("token-of-the-north-door"), Optional.of(API_KEY));
        var south = new GatewaySettings.Sender("south", List.of("token-of-the-south-door"), Optional.empty());
        try (var two =
                new RunningServer(GatewayFixtures.settings(other, List.of(north, south)), spool, Limits.STANDARD)) {
            var body = BodyPublishers.ofString(webhook("IncomingCall", "a"));
            two.send("POST", "/webhooks/mightycall/token-of-the-north-door", body);
            two.send("POST", "/webhooks/mightycall/token-of-the-south-door", body);

            var events = two.log.acknowledged();
            assertThat(events).extracting(Envelope::account).containsExactly("north", "south");
            assertThat(events.get(0).id()).isNotEqualTo(events.get(1).id());
            assertThat(two.post(webhook("IncomingCall", "a")).statusCode()).isEqualTo(404);
        }
    }

    private java.net.http.HttpResponse<String> sendUnchecked(
            String method, String path, java.net.http.HttpRequest.BodyPublisher body) {
        try {
            return server.send(method, path, body);
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
