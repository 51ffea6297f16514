package io.switchboard.gateway;

import static io.switchboard.gateway.GatewayFixtures.TOKEN;
import static io.switchboard.gateway.GatewayFixtures.until;
import static io.switchboard.gateway.GatewayFixtures.webhook;
import static io.switchboard.gateway.RawConnection.head;
import static io.switchboard.gateway.RawConnection.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.gateway.RawConnection.Answer;
import io.switchboard.kafka.InMemoryEventLog.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that send too much, in pieces or nonsense: over bare sockets, because a client would hide it. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WebhookLimitsTest {
    private static final int LIMIT = BodyReader.MAX_BODY_BYTES;
    private static final long ROOM = 1L << 20;

    private final SwitchableSpool spool = new SwitchableSpool();
    private RunningServer server;

    @BeforeEach
    void start() {
        server = new RunningServer(
                GatewayFixtures.settings(Path.of("unused"), Optional.empty(), ROOM), spool, Limits.STANDARD);
    }

    @AfterEach
    void noByteStaysCounted() {
        until(() -> server.inFlightBytes.get() == 0);
        server.close();
        assertThat(server.inFlightBytes).hasValue(0);
    }

    @Test
    void aBodyOfExactlyTheLimitIsTaken() throws IOException {
        try (var connection = server.connect()) {
            var answer = connection
                    .send(post("Content-Length: " + LIMIT))
                    .send(" ".repeat(LIMIT))
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aDeclaredBodyOverTheLimitIsRefusedBeforeItArrives() throws IOException {
        try (var connection = server.connect()) {
            var answer = connection.send(post("Content-Length: " + (LIMIT + 1))).answer();

            assertTooLarge(answer);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aSenderThatSendsItsTooLargeBodyAnywayReadsTheAnswer() throws IOException {
        try (var connection = server.connect()) {
            connection.send(post("Content-Length: 3000000")).send("x".repeat(3_000_000));

            assertTooLarge(connection.answer());
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aChunkedBodyIsCountedWhileItStreams() throws IOException {
        try (var connection = server.connect()) {
            connection.send(post("Transfer-Encoding: chunked"));
            for (var i = 0; i < 5; i++) {
                connection.send("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            }

            assertTooLarge(connection.answer());
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aChunkedBodyWithinTheLimitIsTaken() throws IOException {
        try (var connection = server.connect()) {
            var body = webhook("IncomingCall", "a");
            connection.send(post("Transfer-Encoding: chunked"));
            for (var character : body.toCharArray()) {
                connection.send("1\r\n" + character + "\r\n");
            }

            assertThat(connection.send("0\r\n\r\n").answer().status()).isEqualTo(200);
            assertThat(server.log.acknowledged().getFirst().key()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "99999999999999999999", "abc", "5, 6"})
    void aLengthThatIsNoneIsRefused(String length) throws IOException {
        try (var connection = server.connect()) {
            var answer = connection.send(post("Content-Length: " + length)).answer();

            assertThat(answer.status()).isBetween(400, 499);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws IOException {
        try (var connection = server.connect()) {
            for (var i = 0; i < 20; i++) {
                var body = webhook("IncomingCall", "c" + i);
                assertThat(connection
                                .send(post("Content-Length: " + body.length()) + body)
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (var connection = server.connect()) {
            var one = webhook("IncomingCall", "a");
            connection.send(post("Content-Length: " + one.length())
                    + one
                    + post("Content-Length: 0")
                    + head("GET /nowhere HTTP/1.1")
                    + post("Content-Length: " + one.length())
                    + one);

            assertThat(connection.answer().body()).startsWith("{\"status\":\"accepted\"");
            assertThat(connection.answer().body()).isEqualTo("{\"status\":\"validated\"}");
            assertThat(connection.answer().status()).isEqualTo(404);
            assertThat(connection.answer().body()).startsWith("{\"status\":\"accepted\"");
        }
    }

    @Test
    void aSenderThatWaitsForContinueGetsIt() throws IOException {
        try (var connection = server.connect()) {
            connection.send(post("Content-Length: 2", "Expect: 100-continue"));
            assertThat(connection.answerHead().status()).isEqualTo(100);

            assertThat(connection.send("[]").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aProbeWithHeadHasNoBody() throws IOException {
        try (var connection = server.connect()) {
            connection.send(head("HEAD /webhooks/mightycall/" + TOKEN + " HTTP/1.1"));
            assertThat(connection.answerHead().status()).isEqualTo(200);

            connection.send(head("GET /webhooks/mightycall/" + TOKEN + " HTTP/1.1"));
            assertThat(connection.answer().body()).isEqualTo("{\"status\":\"validated\"}");
        }
    }

    @Test
    void anOldClientIsAnsweredAndClosed() throws IOException {
        try (var connection = server.connect()) {
            var answer = connection
                    .send("POST /webhooks/mightycall/" + TOKEN + " HTTP/1.0\r\nContent-Length: 2\r\n\r\n[]")
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST * HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "CONNECT x:1 HTTP/1.1",
                "POST http://x/webhooks/other HTTP/1.1",
                "POST /%zz HTTP/1.1",
                "POST // HTTP/1.1",
                "BREW /pot HTTP/1.1"
            })
    void anOddRequestLineIsRefused(String line) throws IOException {
        try (var connection = server.connect()) {
            var answer = connection.send(head(line, "Content-Length: 0")).answer();

            assertThat(answer.status()).isIn(400, 404);
        }
    }

    @Test
    void anEchoThatCannotBeSentBackIsLeftOut() throws IOException {
        try (var connection = server.connect()) {
            var answer = connection
                    .send(post("Content-Length: 0", "Echo: a\u0001b\u00e4"))
                    .answer();

            assertThat(answer.status()).isIn(200, 400);
        }
    }

    @Test
    void aSenderThatLeavesInTheMiddleOfItsBodyCountsForNothing() throws IOException {
        try (var connection = server.connect()) {
            connection.send(post("Content-Length: 1000")).send("x".repeat(500));
            until(() -> server.inFlightBytes.get() == 500);
        }

        until(() -> server.inFlightBytes.get() == 0);
        assertThat(server.log.acknowledged()).isEmpty();
    }

    @Test
    void aSenderThatLeavesBeforeTheAnswerLosesNothing() throws IOException {
        server.log.behave(new Behaviour.Hang());
        try (var connection = server.connect()) {
            var body = webhook("IncomingCall", "a");
            connection.send(post("Content-Length: " + body.length()) + body);
            until(() -> server.log.hanging() == 1);
        }

        until(() -> spool.appended().size() == 1);
        until(() -> server.inFlightBytes.get() == 0);
    }

    @Test
    void brokenChunksCloseTheConnection() throws IOException {
        try (var connection = server.connect()) {
            connection.send(post("Transfer-Encoding: chunked")).send("5\r\nhello\r\nzz\r\n");

            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void moreBodiesThanFitAreShedAndThenTakenAgain() throws Exception {
        var waiting = new ArrayList<RawConnection>();
        for (var i = 0; i < 4; i++) { // fill the room but for a little
            waiting.add(server.connect().send(post("Content-Length: " + LIMIT)).send(" ".repeat(LIMIT - 100)));
        }
        until(() -> server.inFlightBytes.get() == 4L * (LIMIT - 100));

        var shed = server.post(" ".repeat(1_000));

        assertThat(shed.statusCode()).isEqualTo(503);
        assertThat(shed.headers().firstValue("Retry-After")).isPresent();
        assertThat(server.requests("shed")).isEqualTo(1);
        for (var connection : waiting) {
            connection.close();
        }
        until(() -> server.inFlightBytes.get() == 0);
        assertThat(server.post(" ".repeat(1_000)).statusCode()).isEqualTo(200);
    }

    @Test
    void requestsInFlightAreAnsweredWhenTheServerShutsDown() throws Exception {
        server.log.behave(new Behaviour.Hang());
        try (var connection = server.connect()) {
            var body = webhook("IncomingCall", "a");
            connection.send(post("Content-Length: " + body.length()) + body);
            until(() -> server.log.hanging() == 1);

            server.shutDown();

            assertThat(connection.answer().body()).contains("spooled");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    private void assertTooLarge(Answer answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers()).containsEntry("connection", "close");
        assertThat(server.requests("rejected_too_large")).isEqualTo(1);
    }
}
