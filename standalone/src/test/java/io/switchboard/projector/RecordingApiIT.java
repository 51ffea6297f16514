package io.switchboard.projector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.switchboard.standalone.embedded.LoopbackPort;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Recordings through the projector: the first poller is away, the second does not lead, the third does. */
@ExtendWith(RealInfrastructure.class)
class RecordingApiIT {
    private static final String LINK = "https://recordings.example/a b?token=opaque&x=1";
    private static final byte[] SOUND = sound();

    @TempDir
    static Path folder;

    private static final ConcurrentLinkedQueue<String> ASKED = new ConcurrentLinkedQueue<>();
    private static final AtomicLong ENDLESS_BYTES = new AtomicLong();
    private static volatile boolean endlessBroke;
    private static LiveApi api;
    private static HttpServer follower;
    private static HttpServer leader;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        follower = server(exchange -> answer(exchange, 503, "text/plain", new byte[0]));
        leader = server(RecordingApiIT::lead);
        var urls = "http://127.0.0.1:%d,http://127.0.0.1:%d,http://127.0.0.1:%d"
                .formatted(
                        LoopbackPort.free(),
                        follower.getAddress().getPort(),
                        leader.getAddress().getPort());
        api = LiveApi.start(infrastructure, Map.of("POLLER_MANAGEMENT_URLS", urls), folder);
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        follower.stop(0);
        leader.stop(0);
    }

    @BeforeEach
    void fill() {
        ASKED.clear();
        api.sql("truncate call, audit_entry");
        for (var id : List.of("whole", "html", "gone", "broken", "endless")) {
            call("east", id, LINK);
        }
        call("east", "silent", null);
    }

    @Test
    void aRecordingIsStreamedFromThePollerThatLeads() {
        var reply = api.get("/v1/calls/whole/recording", "s", "X-Request-Id", "r1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.response().body()).isEqualTo(SOUND);
        assertThat(reply.header("Content-Type")).isEqualTo("audio/mpeg");
        assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(reply.header("Cache-Control")).isEqualTo("private, no-store");
        assertThat(reply.header("Content-Disposition")).isEqualTo("inline; filename=\"call-whole.mp3\"");
        assertThat(reply.header("X-Secret")).isEmpty();
        assertThat(ASKED).containsExactly("/recordings/east/whole " + LINK + " null");
        assertThat(api.column(
                        "select concat_ws(' ', request_id, role, account, action, target, outcome) from audit_entry"))
                .containsExactly("r1 supervisor east recording.play whole allowed");
    }

    @Test
    void aRangeIsPassedOn() {
        var part = api.get("/v1/calls/whole/recording", "a", "Range", "bytes=10-19");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.response().body()).isEqualTo(Arrays.copyOfRange(SOUND, 10, 20));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 10-19/" + SOUND.length);
        var beyond = api.get("/v1/calls/whole/recording", "a", "Range", "bytes=999999999-");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + SOUND.length);
        assertThat(api.get("/v1/calls/whole/recording", "a", "Range", "sheep=1-2")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void headTellsWhatGetWould() {
        var head = api.send("HEAD", "/v1/calls/whole/recording", "s", "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(SOUND.length));
    }

    @Test
    void whatCannotBePlayedIsAProblemWithoutTheLink() {
        assertProblem("silent", 404, "not-found");
        assertProblem("nothing", 404, "not-found");
        assertProblem("gone", 404, "not-found");
        assertProblem("html", 502, "recording-unavailable");
        assertProblem("broken", 502, "recording-unavailable");
        assertThat(api.column("select target from audit_entry where outcome = 'failed' order by target"))
                .containsExactly("broken", "html");
    }

    @Test
    void onlyThoseWhoMayListenAndOnlyInTheirAccount() {
        for (var token : List.of("v", "o", "oe")) {
            assertThat(api.get("/v1/calls/whole/recording", token).status()).isEqualTo(403);
        }
        for (var token : List.of("sw", "aw")) {
            assertThat(api.get("/v1/calls/whole/recording", token).status()).isEqualTo(404);
        }
        assertThat(ASKED).isEmpty();
        assertThat(api.get("/v1/calls/whole/recording", "se").status()).isEqualTo(200);
        LiveApi.until(() ->
                api.column("select 1 from audit_entry where outcome = 'denied'").size() == 3);
    }

    @Test
    void whoDoesNotListenIsNotReadForAndWhoLeavesStopsIt() throws Exception {
        ENDLESS_BYTES.set(0);
        endlessBroke = false;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port)) {
            socket.setReceiveBufferSize(16_384);
            socket.getOutputStream()
                    .write("GET /v1/calls/endless/recording HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer s\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
            var before = new AtomicLong(-1);
            LiveApi.until(() -> before.getAndSet(ENDLESS_BYTES.get()) == ENDLESS_BYTES.get());
            assertThat(ENDLESS_BYTES.get()).isLessThan(64L << 20);
            assertThat(endlessBroke).isFalse();
        }
        LiveApi.until(() -> endlessBroke);
    }

    private static void assertProblem(String id, int status, String type) {
        var reply = api.get("/v1/calls/" + id + "/recording", "s");
        assertThat(reply.status()).as(id).isEqualTo(status);
        assertThat(reply.problem()).as(id).isEqualTo(type);
        assertThat(reply.text()).as(id).doesNotContain("recordings.example", "opaque");
    }

    private static void lead(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var range = exchange.getRequestHeaders().getFirst("Range");
        ASKED.add(uri.getPath() + " " + uri.getQuery().replaceFirst("^link=", "") + " " + range);
        exchange.getResponseHeaders().set("X-Secret", "of the provider");
        switch (uri.getPath().replaceFirst(".*/", "")) {
            case "whole" -> whole(exchange, range);
            case "html" -> answer(exchange, 200, "text/html", "<p>Sign in</p>".getBytes(StandardCharsets.UTF_8));
            case "broken" -> answer(exchange, 502, "application/problem+json", "{}".getBytes(StandardCharsets.UTF_8));
            case "endless" -> endless(exchange);
            default -> answer(exchange, 404, "text/plain", new byte[0]);
        }
    }

    private static void whole(HttpExchange exchange, @Nullable String range) throws IOException {
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (range == null) {
            answer(exchange, 200, "audio/mpeg", SOUND);
        } else if (range.equals("bytes=10-19")) {
            exchange.getResponseHeaders().set("Content-Range", "bytes 10-19/" + SOUND.length);
            answer(exchange, 206, "audio/mpeg", Arrays.copyOfRange(SOUND, 10, 20));
        } else {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + SOUND.length);
            answer(exchange, 416, "text/plain", new byte[0]);
        }
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "audio/wav");
        exchange.sendResponseHeaders(200, 0);
        var chunk = new byte[65_536];
        try (var body = exchange.getResponseBody()) {
            while (ENDLESS_BYTES.get() < 1L << 31) {
                body.write(chunk);
                ENDLESS_BYTES.addAndGet(chunk.length);
            }
        } catch (IOException e) {
            endlessBroke = true;
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var stream = exchange.getResponseBody()) {
            stream.write(body);
        }
    }

    private static HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static void call(String account, String id, @Nullable String link) {
        api.sql("""
                insert into call (account, call_id, direction, state, outcome, started_at, recording_status, recording_uri,
                    sources, confirmed, last_event_at, version)
                values ('%s', '%s', 'inbound', 'ended', 'answered', now(), '%s', %s, '{poll}', true, now(), 1)""".formatted(account, id, link == null ? "none" : "ready", link == null ? "null" : "'" + link + "'"));
    }

    private static byte[] sound() {
        var sound = new byte[300_000];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (byte) (i * 31);
        }
        return sound;
    }
}
