package io.switchboard.poller;

import io.switchboard.http.Problem;
import io.switchboard.poller.provider.RecordingAnswer;
import io.switchboard.poller.provider.RecordingAnswer.Audio;
import io.switchboard.poller.provider.RecordingAnswer.RangeNotSatisfiable;
import io.switchboard.poller.provider.RecordingAnswer.Refused;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /recordings/{account}/{call_id}?link=…} on the management port: the audio of a call, fetched with the account's
 * credentials, for the query API to pass on. The newest link that the provider gave is used, else the one in the request; when
 * it does not lead to audio, the call is asked for again, once, within the budget. Answers only on the instance that leads
 * the account. Runs on event loops and never blocks.
 */
final class RecordingsHandler implements Handler<HttpServerRequest> {
    static final String PREFIX = "/recordings/";

    private static final Duration FRESH_LINK_PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Vertx vertx;
    private final Map<String, PolledAccount> accounts;

    RecordingsHandler(Vertx vertx, Map<String, PolledAccount> accounts) {
        this.vertx = vertx;
        this.accounts = accounts;
    }

    /** One recording asked for. */
    private record Wanted(
            PolledAccount account,
            String callId,
            @Nullable String storedLink,
            @Nullable String range) {}

    @Override
    public void handle(HttpServerRequest request) {
        var path = Objects.requireNonNullElse(request.path(), "")
                .substring(PREFIX.length())
                .split("/", 2);
        var account = accounts.get(path[0]);
        if (!request.method().equals(HttpMethod.GET)) {
            refuse(request, 405, "method-not-allowed", "only GET");
        } else if (account == null || !account.isLed() || path.length < 2 || path[1].isEmpty()) {
            refuse(request, 404, "not-the-leader", "the account is not polled from here");
        } else {
            var callId = URLDecoder.decode(path[1], StandardCharsets.UTF_8);
            serve(request, new Wanted(account, callId, request.getParam("link"), request.getHeader("Range")));
        }
    }

    private void serve(HttpServerRequest request, Wanted wanted) {
        var asked = Instant.now();
        var known = wanted.account().knowledge().link(wanted.callId());
        var link = known != null ? known.uri() : wanted.storedLink();
        var opened = link == null
                ? Future.<RecordingAnswer>succeededFuture(
                        new Refused(RecordingAnswer.Reason.UNUSABLE_LINK, "no link is known"))
                : wanted.account().recordings().open(link, wanted.range());
        opened.compose(answer -> answer instanceof Refused refused && mayHaveExpired(refused.reason())
                        ? freshLink(wanted, asked)
                                .compose(fresh -> fresh == null
                                        ? Future.succeededFuture(answer)
                                        : wanted.account().recordings().open(fresh, wanted.range()))
                        : Future.succeededFuture(answer))
                .onSuccess(answer -> send(request, answer))
                .onFailure(failure -> refuse(request, 502, "recording-unavailable", "the recording cannot be fetched"));
    }

    /** A link newer than the question, once the call has been asked for again; null when none comes in time. */
    private Future<@Nullable String> freshLink(Wanted wanted, Instant asked) {
        wanted.account().knowledge().want(wanted.callId());
        wanted.account().wake();
        return newer(wanted, asked, System.nanoTime() + FRESH_LINK_PATIENCE.toNanos());
    }

    private Future<@Nullable String> newer(Wanted wanted, Instant asked, long deadline) {
        var link = wanted.account().knowledge().link(wanted.callId());
        if (link != null && link.seenAt().isAfter(asked)) {
            return Future.succeededFuture(link.uri());
        }
        if (System.nanoTime() - deadline > 0) {
            return Future.succeededFuture(null);
        }
        return vertx.timer(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS).compose(again -> newer(wanted, asked, deadline));
    }

    private static boolean mayHaveExpired(RecordingAnswer.Reason reason) {
        return switch (reason) {
            case UNUSABLE_LINK, NOT_AUDIO, NOT_FOUND, ACCESS_DENIED -> true;
            case HOST_NOT_ALLOWED, PROVIDER_ERROR, TIMED_OUT, UNREACHABLE -> false;
        };
    }

    private static void send(HttpServerRequest request, RecordingAnswer answer) {
        switch (answer) {
            case Audio audio -> stream(request, audio);
            case RangeNotSatisfiable(var contentRange) -> {
                if (contentRange != null) {
                    request.response().putHeader("Content-Range", contentRange);
                }
                refuse(request, 416, "range-not-satisfiable", "the range lies outside the recording");
            }
            case Refused(var reason, var detail) ->
                refuse(request, 502, "recording-unavailable", reason.word() + ": " + detail);
        }
    }

    private static void stream(HttpServerRequest request, Audio audio) {
        var response = request.response().setStatusCode(audio.status());
        var headers = audio.headers();
        response.putHeader("Content-Type", headers.contentType());
        if (headers.contentRange() != null) {
            response.putHeader("Content-Range", headers.contentRange());
        }
        response.putHeader("Accept-Ranges", headers.acceptRanges() == null ? "none" : headers.acceptRanges());
        if (headers.contentLength() == null) {
            response.setChunked(true);
        } else {
            response.putHeader("Content-Length", Long.toString(headers.contentLength()));
        }
        response.closeHandler(gone -> audio.cancel().run());
        audio.body().pipeTo(response).onFailure(failure -> response.reset());
    }

    private static void refuse(HttpServerRequest request, int status, String type, String detail) {
        var problem = Problem.of(status, type, "No recording", detail);
        var response = request.response();
        if (!response.headWritten()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .end(Json.encodeToBuffer(problem.body("")));
        }
    }
}
