package io.switchboard.gateway;

import static io.switchboard.gateway.GatewayFixtures.until;
import static io.switchboard.gateway.GatewayFixtures.webhook;
import static io.switchboard.gateway.RawConnection.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Senders that take too long, with limits short enough to wait for. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SlowSendersTest {
    /** Both ends of each connection stand in this process, and many machines allow a user 1,024 descriptors. */
    private static final int SLOW_SENDERS = 300;

    private static final Limits SHORT = new Limits(Duration.ofMillis(300), Duration.ofMillis(300));

    private RunningServer server;

    @BeforeEach
    void start() {
        server = new RunningServer(GatewayFixtures.settings(Path.of("unused")), new SwitchableSpool(), SHORT);
    }

    @AfterEach
    void noByteStaysCounted() {
        until(() -> server.inFlightBytes.get() == 0);
        server.close();
    }

    @Test
    void aBodyShorterThanDeclaredTimesOut() throws IOException {
        try (var connection = server.connect()) {
            var answer =
                    connection.send(post("Content-Length: 100")).send("short").answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(connection.isClosedByServer()).isTrue();
            assertThat(server.requests("rejected_timeout")).isEqualTo(1);
        }
    }

    @Test
    void bytesBeyondTheDeclaredLengthAreNotPartOfTheBody() throws IOException {
        try (var connection = server.connect()) {
            var answer = connection
                    .send(post("Content-Length: 2"))
                    .send("[]{garbage")
                    .answer();

            assertThat(answer.body()).isEqualTo("{\"status\":\"validated\"}");
            assertThat(connection.send("more").isClosedByServer()).isTrue();
        }
    }

    @Test
    void headersThatDoNotEndCloseTheConnection() throws IOException {
        try (var connection = server.connect()) {
            connection.send("POST /webhooks");

            assertThat(connection.isClosedByServer()).isTrue();
            assertThat(server.requests("rejected_timeout")).isEqualTo(1);
        }
    }

    @Test
    void headersThatDoNotEndCloseTheConnectionOnLaterRequestsToo() throws IOException {
        try (var connection = server.connect()) {
            assertThat(connection.send(post("Content-Length: 0")).answer().status())
                    .isEqualTo(200);

            connection.send("POST /web");

            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aConnectionMayIdleBetweenRequests() throws Exception {
        try (var connection = server.connect()) {
            assertThat(connection.send(post("Content-Length: 0")).answer().status())
                    .isEqualTo(200);
            var other = server.connect();
            other.send("POST /webhooks");
            assertThat(other.isClosedByServer()).isTrue(); // the limit has passed
            other.close();

            assertThat(connection.send(post("Content-Length: 0")).answer().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSenderThatIsHungUpOnIsCountedOnceWhateverElseItSends() throws Exception {
        try (var connection = server.connect().send(post("Content-Length: 100") + "x")) {
            assertThat(connection.answer().status()).isEqualTo(408);

            connection.send("y");

            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(server.requests("rejected_timeout")).isEqualTo(1);
    }

    @Test
    void manySlowSendersAreClosedAndHoldUpNobody() throws Exception {
        var slow = new ArrayList<RawConnection>();
        for (var i = 0; i < SLOW_SENDERS; i++) {
            slow.add(server.connect().send(i % 2 == 0 ? "POST /web" : post("Content-Length: 100") + "x"));
        }

        assertThat(server.post(webhook("IncomingCall", "a")).statusCode()).isEqualTo(200);

        for (var connection : slow) {
            assertThat(connection.isClosedByServer()).isTrue();
            connection.close();
        }
        until(() -> server.requests("rejected_timeout") == SLOW_SENDERS);
    }
}
