package io.switchboard.poller.provider;

import io.netty.handler.codec.DecoderException;
import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.Failure.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** One HTTP request and its whole answer, bounded in time and size. Nothing is tried again. */
record HttpExchange(HttpClient client, Duration timeout, int maxBytes) {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** The answer whatever its status; fails when there is none, with what {@link #failure} understands. */
    Future<RawAnswer> send(RequestOptions options, Buffer body) {
        var requested = client.request(options);
        return requested
                .compose(request -> request.send(body).compose(this::receive))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(ignored -> requested.onSuccess(HttpExchange::hangUp));
    }

    /** What it means that there is no answer. */
    static Failure failure(Throwable cause) {
        return switch (cause) {
            case TimeoutException ignored -> new Failure(Kind.TIMED_OUT, "no complete answer in time", null);
            case TooLarge ignored -> new Failure(Kind.MALFORMED, "the answer is larger than accepted", null);
            case DecoderException ignored
            when !(cause.getCause() instanceof SSLException) ->
                new Failure(Kind.MALFORMED, "the answer is not HTTP", null);
            case IllegalArgumentException ignored -> new Failure(Kind.MALFORMED, "the answer is not HTTP", null);
            default -> new Failure(Kind.UNREACHABLE, unreachable(cause), null);
        };
    }

    /** The same of a request that must not be made twice: unreachable only where nothing can have been sent. */
    static Failure failureOfCommand(Throwable cause) {
        var failure = failure(cause);
        var notSent = cause instanceof UnknownHostException || cause instanceof ConnectException;
        return failure.kind() == Kind.UNREACHABLE && !notSent
                ? new Failure(Kind.TIMED_OUT, failure.detail(), null)
                : failure;
    }

    private static String unreachable(Throwable cause) {
        return switch (cause) {
            case UnknownHostException ignored -> "the host's name is not known";
            case ConnectException ignored -> "no connection to the host";
            case SSLException ignored -> "no trusted TLS connection to the host";
            case DecoderException ignored -> "no trusted TLS connection to the host";
            default -> "the connection was closed before the answer was complete";
        };
    }

    private Future<RawAnswer> receive(HttpClientResponse response) {
        var complete = Promise.<RawAnswer>promise();
        var received = Buffer.buffer();
        response.exceptionHandler(cause -> complete.tryFail(cause));
        response.handler(chunk -> {
            if (received.length() + chunk.length() > maxBytes) {
                complete.tryFail(new TooLarge());
            } else if (!complete.future().isComplete()) {
                received.appendBuffer(chunk);
            }
        });
        response.endHandler(ignored -> complete.tryComplete(new RawAnswer(
                response.statusCode(), response.getHeader(HttpHeaders.RETRY_AFTER), received.getBytes())));
        return complete.future();
    }

    private static void hangUp(HttpClientRequest request) {
        var ignored = request.reset();
    }

    private static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        private TooLarge() {
            super("too large", null, false, false);
        }
    }
}
