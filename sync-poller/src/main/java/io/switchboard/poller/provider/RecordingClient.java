package io.switchboard.poller.provider;

import io.switchboard.mightycall.RecordingUri;
import io.switchboard.poller.provider.RecordingAnswer.Audio;
import io.switchboard.poller.provider.RecordingAnswer.Headers;
import io.switchboard.poller.provider.RecordingAnswer.RangeNotSatisfiable;
import io.switchboard.poller.provider.RecordingAnswer.Reason;
import io.switchboard.poller.provider.RecordingAnswer.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Streams recordings of one account for listeners. A link is fetched only from where {@link RecordingHosts} allows, redirects
 * too; key and token go to the link's own host and no further. Any thread; made in a verticle, it is closed with it.
 */
public final class RecordingClient {
    /** How long the provider may take to start, and then between two pieces. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private static final int MAX_REDIRECTS = 3;
    private static final int MAX_TYPE_LENGTH = 128;
    private static final Pattern RANGE = Pattern.compile("bytes ?= ?[0-9, -]{1,100}", Pattern.CASE_INSENSITIVE);

    private final Vertx vertx;
    private final MightyCallClient account;
    private final RecordingHosts hosts;
    private final HttpClientAgent http;
    private final Duration timeout;

    /**
     * @param account whose key and token are used
     * @param timeout see {@link #USUAL_TIMEOUT}
     */
    public RecordingClient(Vertx vertx, MightyCallClient account, Duration timeout) {
        this.vertx = vertx;
        this.account = account;
        this.hosts = new RecordingHosts(account.origin());
        this.timeout = timeout;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setName("mightycall-recordings").setConnectTimeout((int)
                        HttpExchange.CONNECT_TIMEOUT.toMillis()));
    }

    /**
     * Opens a recording.
     *
     * @param link as the provider wrote it: spaces and a lost slash are repaired
     * @param range the listener's {@code Range} header; null, or one that is none, for everything
     */
    public Future<RecordingAnswer> open(String link, @Nullable String range) {
        var repaired = RecordingUri.repaired(link);
        if (repaired == null) {
            return refused(Reason.UNUSABLE_LINK, "the link is not an http or https URL");
        }
        var url = hosts.allowed(repaired);
        if (url == null) {
            return refused(Reason.HOST_NOT_ALLOWED, "the link does not point at the provider");
        }
        var asked = range != null && RANGE.matcher(range.strip()).matches() ? range.strip() : null;
        return fetch(Hop.first(url, asked));
    }

    public Future<Void> close() {
        return http.close();
    }

    /**
     * One request on the way to a recording.
     *
     * @param trust whether its host may see key and token
     */
    record Hop(URI url, @Nullable String range, Trust trust, int redirects) {
        private enum Trust {
            OWN,
            NONE
        }

        static Hop first(URI url, @Nullable String range) {
            return new Hop(url, range, Trust.OWN, 0);
        }

        /** The next one. Once left, the link's host is not trusted again: another has said where to go since. */
        Hop to(URI target) {
            var stays = Origin.of(target).equals(Origin.of(url));
            return new Hop(target, range, stays ? trust : Trust.NONE, redirects + 1);
        }

        boolean carriesKeys() {
            return trust == Trust.OWN;
        }
    }

    private Future<RecordingAnswer> fetch(Hop hop) {
        var requested = http.request(options(hop));
        return requested
                .compose(request -> request.send()
                        .map(response ->
                                new Answered(response, RecordingBody.paused(vertx, request, response, timeout))))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(ignored -> requested.onSuccess(RecordingClient::hangUp))
                .transform(sent -> sent.succeeded() ? answer(hop, sent.result()) : unanswered(sent.cause()));
    }

    private RequestOptions options(Hop hop) {
        var url = hop.url();
        var path = Objects.requireNonNullElse(url.getRawPath(), "");
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        var options = Origin.of(url)
                .request(HttpMethod.GET, (path.isEmpty() ? "/" : path) + query)
                .putHeader(HttpHeaders.ACCEPT, "audio/*");
        if (hop.range() != null) {
            options.putHeader("Range", hop.range());
        }
        if (hop.carriesKeys()) {
            account.authorize(options);
        }
        return options;
    }

    /** An answer whose body waits. */
    private record Answered(HttpClientResponse response, RecordingBody body) {}

    private Future<RecordingAnswer> answer(Hop hop, Answered answered) {
        var response = answered.response();
        var status = response.statusCode();
        var type = Objects.requireNonNullElse(response.getHeader(HttpHeaders.CONTENT_TYPE), "");
        if ((status == 200 || status == 206) && isAudio(type)) {
            return Future.succeededFuture(
                    new Audio(status, headers(response, type), answered.body(), answered.body()::cancel));
        }
        var location = response.getHeader(HttpHeaders.LOCATION);
        answered.body().cancel();
        return switch (status) {
            case 200, 206 -> refused(Reason.NOT_AUDIO, status + " with another type than audio");
            case 301, 302, 303, 307, 308 -> redirected(hop, location);
            case 416 -> Future.succeededFuture(new RangeNotSatisfiable(response.getHeader(HttpHeaders.CONTENT_RANGE)));
            case 401, 403 -> refused(Reason.ACCESS_DENIED, String.valueOf(status));
            case 400, 404, 410 -> refused(Reason.NOT_FOUND, String.valueOf(status));
            default -> refused(Reason.PROVIDER_ERROR, String.valueOf(status));
        };
    }

    private Future<RecordingAnswer> redirected(Hop hop, @Nullable String location) {
        var link = location == null ? null : RecordingUri.repaired(absolute(hop.url(), location));
        if (link == null || hop.redirects() == MAX_REDIRECTS) {
            return refused(Reason.PROVIDER_ERROR, link == null ? "a redirect to nowhere" : "too many redirects");
        }
        var target = hosts.allowed(link);
        return target == null
                ? refused(Reason.HOST_NOT_ALLOWED, "a redirect away from the provider")
                : fetch(hop.to(target));
    }

    /** A location may be relative; one that is neither stays as it is and is refused later. */
    private static String absolute(URI url, String location) {
        try {
            return url.resolve(location.strip().replace(" ", "%20")).toString();
        } catch (IllegalArgumentException e) {
            return location;
        }
    }

    private static Headers headers(HttpClientResponse response, String type) {
        var length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        return new Headers(
                type.strip(),
                length != null && length.matches("\\d{1,18}") ? Long.valueOf(length) : null,
                response.getHeader(HttpHeaders.CONTENT_RANGE),
                response.getHeader(HttpHeaders.ACCEPT_RANGES));
    }

    private static boolean isAudio(String type) {
        var media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.length() <= MAX_TYPE_LENGTH
                && (media.startsWith("audio/") || media.equals("application/octet-stream"));
    }

    private static Future<RecordingAnswer> unanswered(Throwable cause) {
        return cause instanceof TimeoutException
                ? refused(Reason.TIMED_OUT, "no answer in time")
                : refused(Reason.UNREACHABLE, HttpExchange.failure(cause).detail());
    }

    private static Future<RecordingAnswer> refused(Reason reason, String detail) {
        return Future.succeededFuture(new Refused(reason, detail));
    }

    private static void hangUp(HttpClientRequest request) {
        var ignored = request.reset();
    }
}
