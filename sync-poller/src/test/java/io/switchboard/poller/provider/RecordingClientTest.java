package io.switchboard.poller.provider;

import static io.switchboard.poller.provider.ProviderFixture.API_KEY;
import static io.switchboard.poller.provider.ProviderFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.poller.provider.RecordingAnswer.Audio;
import io.switchboard.poller.provider.RecordingAnswer.Headers;
import io.switchboard.poller.provider.RecordingAnswer.RangeNotSatisfiable;
import io.switchboard.poller.provider.RecordingAnswer.Reason;
import io.switchboard.poller.provider.RecordingAnswer.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingClientTest {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration HASTY = Duration.ofMillis(300);
    private static final String FILE = "/Mightycall/Files/callrecord_20260309_1412_Priya%20Nair.wav";
    private static final String SOUND = "RIFF....WAVE";

    private final ProviderFixture provider = new ProviderFixture();
    private final BlockingQueue<String> strangers = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void aLinkIsRepairedAndItsAudioStreamed() {
        provider.answer(FILE, RecordingClientTest::sound);
        var link = link("/Mightycall/Files/callrecord_20260309_1412_Priya Nair.wav?recordid=A%2B1&id=B=")
                .replace("http://", "http:/");

        var audio = audio(open(link, null));

        assertThat(audio.status()).isEqualTo(200);
        assertThat(audio.headers()).isEqualTo(new Headers("audio/wav", 12L, null, "bytes"));
        assertThat(heard(audio)).isEqualTo(SOUND);
        assertThat(provider.asked).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).isEqualTo(FILE + "?recordid=A%2B1&id=B=");
            assertThat(asked.headers())
                    .containsEntry("x-api-key", API_KEY)
                    .hasEntrySatisfying(
                            "authorization", header -> assertThat(header).startsWith("Bearer "))
                    .doesNotContainKey("range");
        });
    }

    @Test
    void aRangeIsPassedOn() {
        provider.answer(
                FILE,
                response -> response.setStatusCode(206)
                        .putHeader("Content-Type", "audio/mpeg")
                        .putHeader("Content-Range", "bytes 4-7/12")
                        .end("...."));

        var audio = audio(open(link(FILE), "bytes=4-7"));

        assertThat(audio.status()).isEqualTo(206);
        assertThat(audio.headers()).isEqualTo(new Headers("audio/mpeg", 4L, "bytes 4-7/12", null));
        assertThat(heard(audio)).isEqualTo("....");
        assertThat(provider.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked.headers()).containsEntry("range", "bytes=4-7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1\r\nX-Evil: 1", "lines=1-2", "bytes=a-b", ""})
    void aRangeThatIsNoneIsNotPassedOn(String range) {
        provider.answer(FILE, RecordingClientTest::sound);

        assertThat(heard(audio(open(link(FILE), range)))).isEqualTo(SOUND);

        assertThat(provider.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked.headers()).doesNotContainKeys("range", "x-evil"));
    }

    @Test
    void aRangeOutsideSaysSo() {
        provider.answer(
                FILE,
                response -> response.setStatusCode(416)
                        .putHeader("Content-Range", "bytes */12")
                        .end());

        assertThat(open(link(FILE), "bytes=99-")).isEqualTo(new RangeNotSatisfiable("bytes */12"));
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "200,text/html; charset=utf-8,NOT_AUDIO",
        "206,application/json,NOT_AUDIO",
        "200,,NOT_AUDIO",
        "200,audiovisual/wav,NOT_AUDIO",
        "401,audio/wav,ACCESS_DENIED",
        "403,text/html,ACCESS_DENIED",
        "404,text/html,NOT_FOUND",
        "410,text/html,NOT_FOUND",
        "400,application/json,NOT_FOUND",
        "500,text/html,PROVIDER_ERROR",
        "204,audio/wav,PROVIDER_ERROR",
        "302,audio/wav,PROVIDER_ERROR"
    })
    void everyRefusalHasItsReason(int status, @Nullable String type, Reason reason) {
        provider.answer(FILE, response -> {
            response.setStatusCode(status);
            if (type != null) {
                response.putHeader("Content-Type", type);
            }
            response.end(status == 204 ? "" : "<html>Log in</html>");
        });

        assertThat(reason(open(link(FILE), null))).isEqualTo(reason);
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void anUntypedStreamOfBytesIsAudio() {
        provider.answer(
                FILE,
                response -> response.putHeader("Content-Type", "Application/Octet-Stream")
                        .end(SOUND));

        assertThat(heard(audio(open(link(FILE), null)))).isEqualTo(SOUND);
    }

    @Test
    void noConnectionIsMadeToAHostThatIsNotAllowed() {
        var stranger = stranger();

        assertThat(reason(open("http://127.0.0.1:" + stranger.actualPort() + "/a.wav", null)))
                .isEqualTo(Reason.HOST_NOT_ALLOWED);
        assertThat(reason(open("http://localhost:" + provider.server.actualPort() + "/a.wav", null)))
                .isEqualTo(Reason.HOST_NOT_ALLOWED);
        assertThat(reason(open("records/7df52a62.wav", null))).isEqualTo(Reason.UNUSABLE_LINK);
        assertThat(strangers).isEmpty();
        assertThat(provider.asked).isEmpty();
    }

    @Test
    void aRedirectOnTheSameHostKeepsKeyTokenAndRange() {
        redirect("/old", "/Mightycall/Files/new file.wav?x=1");
        provider.answer("/Mightycall/Files/new%20file.wav", RecordingClientTest::sound);

        assertThat(heard(audio(open(link("/old"), "bytes=0-")))).isEqualTo(SOUND);

        assertThat(provider.asked)
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.headers())
                        .containsEntry("x-api-key", API_KEY)
                        .containsKey("authorization")
                        .containsEntry("range", "bytes=0-"));
    }

    @Test
    void aRedirectAwayIsNotFollowed() {
        var stranger = stranger();
        redirect("/old", "http://127.0.0.1:" + stranger.actualPort() + "/a.wav");
        redirect("/user", "https://panel.mightycall.com@127.0.0.1:" + stranger.actualPort() + "/a.wav");
        redirect("/relative", "//127.0.0.1:" + stranger.actualPort() + "/a.wav");

        assertThat(reason(open(link("/old"), null))).isEqualTo(Reason.HOST_NOT_ALLOWED);
        assertThat(reason(open(link("/user"), null))).isEqualTo(Reason.HOST_NOT_ALLOWED);
        assertThat(reason(open(link("/relative"), null))).isEqualTo(Reason.HOST_NOT_ALLOWED);
        assertThat(strangers).isEmpty();
    }

    @Test
    void redirectsEnd() {
        redirect("/round", "/round");

        assertThat(reason(open(link("/round"), null))).isEqualTo(Reason.PROVIDER_ERROR);
        assertThat(provider.asked).hasSize(4);
    }

    @Test
    void keyAndTokenDoNotFollowToAnotherHostNorBack() {
        var own = URI.create("https://panel.mightycall.com/a");
        var other = URI.create("https://files.mightycall.com/a");
        var first = RecordingClient.Hop.first(own, null);

        assertThat(first.carriesKeys()).isTrue();
        assertThat(first.to(own).carriesKeys()).isTrue();
        assertThat(first.to(other).carriesKeys()).isFalse();
        assertThat(first.to(other).to(own).carriesKeys()).isFalse();
    }

    @Test
    void silenceTimesOut() {
        provider.answer(FILE, response -> {});

        assertThat(reason(await(client(HASTY).open(link(FILE), null)))).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aStreamThatStopsFails() {
        provider.answer(FILE, response -> {
            response.putHeader("Content-Type", "audio/wav").putHeader("Content-Length", "100");
            var ignored = response.write("RIFF");
        });

        var audio = audio(await(client(HASTY).open(link(FILE), null)));

        assertThat(await(hear(audio).map(all -> "complete").otherwise("failed")))
                .isEqualTo("failed");
    }

    @Test
    void theProviderWaitsForASlowListener() throws InterruptedException {
        var sent = new AtomicLong();
        var full = Promise.<Void>promise();
        provider.answer(FILE, response -> {
            response.putHeader("Content-Type", "audio/wav").setChunked(true);
            pour(response, sent, full);
        });

        var audio = audio(open(link(FILE), null));
        var ignored = await(full.future());
        pass(700); // the system's own buffers fill
        var before = sent.get();
        pass(300);

        assertThat(sent.get()).as("nothing more while nobody listens").isEqualTo(before);
        audio.cancel().run();
    }

    @Test
    void cancellingHangsUp() {
        var hungUp = Promise.<Void>promise();
        provider.answer(FILE, response -> {
            response.putHeader("Content-Type", "audio/wav").setChunked(true).closeHandler(nothing -> hungUp.complete());
            var ignored = response.write("RIFF");
        });

        audio(open(link(FILE), null)).cancel().run();

        assertThat(hungUp.future().timeout(5, TimeUnit.SECONDS))
                .satisfies(closed -> assertThat(await(closed)).isNull());
    }

    private static void pass(long millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    /** Writes until the other side takes no more. */
    private static void pour(HttpServerResponse response, AtomicLong sent, Promise<Void> full) {
        var piece = Buffer.buffer(new byte[1 << 16]);
        while (!response.writeQueueFull()) {
            var ignored = response.write(piece);
            sent.addAndGet(piece.length());
        }
        response.drainHandler(nothing -> pour(response, sent, full));
        if (sent.get() > 1 << 20 || response.writeQueueFull()) {
            full.tryComplete();
        }
    }

    private static void sound(HttpServerResponse response) {
        var ignored = response.putHeader("Content-Type", "audio/wav")
                .putHeader("Accept-Ranges", "bytes")
                .end(SOUND);
    }

    private void redirect(String from, String to) {
        provider.answer(
                from,
                response ->
                        response.setStatusCode(302).putHeader("Location", to).end());
    }

    private HttpServer stranger() {
        return await(provider.vertx
                .createHttpServer()
                .connectionHandler(connection -> strangers.add("connected"))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));
    }

    private String link(String path) {
        return "http://127.0.0.1:" + provider.server.actualPort() + path;
    }

    private RecordingClient client(Duration timeout) {
        return new RecordingClient(provider.vertx, provider.loggedIn(PATIENT), timeout);
    }

    private RecordingAnswer open(String link, @Nullable String range) {
        return await(client(PATIENT).open(link, range));
    }

    private static Audio audio(RecordingAnswer answer) {
        assertThat(answer).isInstanceOf(Audio.class);
        return (Audio) answer;
    }

    private static Reason reason(RecordingAnswer answer) {
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused) answer).reason();
    }

    private static String heard(Audio audio) {
        return await(hear(audio)).toString();
    }

    private static Future<Buffer> hear(Audio audio) {
        var all = Promise.<Buffer>promise();
        var heard = Buffer.buffer();
        var ignored = audio.body()
                .exceptionHandler(all::tryFail)
                .handler(heard::appendBuffer)
                .endHandler(end -> all.tryComplete(heard))
                .resume();
        return all.future();
    }
}
