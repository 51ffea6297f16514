package io.switchboard.projector;

import io.switchboard.projector.api.OpenRecording;
import io.switchboard.projector.api.OpenRecording.Missing;
import io.switchboard.projector.api.OpenRecording.OutOfRange;
import io.switchboard.projector.api.OpenRecording.Unavailable;
import io.switchboard.projector.api.RecordingSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Recordings from the pollers, on their management ports: the one that leads the account has its credentials. Asked one
 * after the other, since those that do not lead say so.
 */
final class PollerRecordings implements RecordingSource {
    private static final long CONNECT_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 20_000;

    private final HttpClient client;
    private final List<URI> pollers;

    /** How a poller answered: what it opened, and whether another may know more. */
    private record Reply(OpenRecording opened, boolean isLast) {}

    PollerRecordings(HttpClient client, List<URI> pollers) {
        this.client = client;
        this.pollers = List.copyOf(pollers);
    }

    @Override
    public Future<OpenRecording> open(Wanted wanted) {
        return pollers.isEmpty()
                ? Future.succeededFuture(
                        new Unavailable("No poller is configured to fetch recordings: set POLLER_MANAGEMENT_URLS."))
                : ask(wanted, 0, new Unavailable("No poller answers."));
    }

    private Future<OpenRecording> ask(Wanted wanted, int place, OpenRecording before) {
        if (place == pollers.size()) {
            return Future.succeededFuture(before);
        }
        return ask(pollers.get(place), wanted)
                .otherwise(new Reply(before, false))
                .compose(reply -> reply.isLast()
                        ? Future.succeededFuture(reply.opened())
                        : ask(wanted, place + 1, better(before, reply.opened())));
    }

    private Future<Reply> ask(URI poller, Wanted wanted) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(poller.getHost())
                .setPort(poller.getPort())
                .setURI("/recordings/" + encoded(wanted.account()) + "/" + encoded(wanted.callId()) + "?link="
                        + encoded(wanted.link()))
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(SILENCE_MILLIS);
        if (wanted.range() != null) {
            options.putHeader("Range", wanted.range());
        }
        return client.request(options).compose(request -> request.send()).map(response -> reply(response, wanted));
    }

    private static Reply reply(HttpClientResponse response, Wanted wanted) {
        var status = response.statusCode();
        if (status == 200 || status == 206) {
            var type = response.getHeader("Content-Type");
            if (type != null && type.toLowerCase(Locale.ROOT).startsWith("audio/")) {
                response.pause();
                return new Reply(new StreamedRecording(response, wanted.callId()), true);
            }
            return new Reply(dropped(response, new Unavailable("The provider did not send audio.")), true);
        }
        return switch (status) {
            case 416 -> new Reply(dropped(response, new OutOfRange(response.getHeader("Content-Range"))), true);
            case 404 -> new Reply(dropped(response, new Missing()), false);
            case 502 ->
                new Reply(dropped(response, new Unavailable("The provider does not give the recording now.")), true);
            default -> new Reply(dropped(response, new Unavailable("The poller cannot fetch it now.")), false);
        };
    }

    /** Not having it is told only when nobody was unable to say. */
    private static OpenRecording better(OpenRecording before, OpenRecording now) {
        return now instanceof Missing ? now : before instanceof Missing ? before : now;
    }

    private static OpenRecording dropped(HttpClientResponse response, OpenRecording instead) {
        response.exceptionHandler(expected -> {}); // that it ends here is nobody's error
        var unused = response.request().reset();
        return instead;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
