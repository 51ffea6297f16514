package io.switchboard.poller.provider;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A response's body that fails when the provider sends nothing for too long while the listener waits. A listener who does not
 * read has more time, as players read ahead and stop; but not for ever, or a forgotten body would keep its connection.
 */
final class RecordingBody implements ReadStream<Buffer> {
    private static final Duration LISTENERS_TIME = Duration.ofMinutes(10);
    private static final int LOOKS_PER_TIMEOUT = 4;

    private final HttpClientRequest request;
    private final HttpClientResponse response;
    private final Duration timeout;
    private volatile boolean paused = true;
    private volatile long lastMoved = System.nanoTime();

    private RecordingBody(HttpClientRequest request, HttpClientResponse response, Duration timeout) {
        this.request = request;
        this.response = response;
        this.timeout = timeout;
    }

    /** The paused body of a response that has just come; to be called where it came. */
    static RecordingBody paused(Vertx vertx, HttpClientRequest request, HttpClientResponse response, Duration timeout) {
        var body = new RecordingBody(request, response, timeout);
        // Until somebody listens: that the body was given up must not be logged as an error.
        var ignored = response.pause().exceptionHandler(nobody -> {});
        var timer = vertx.setPeriodic(Math.max(1, timeout.toMillis() / LOOKS_PER_TIMEOUT), look -> body.look());
        var ended = response.end().onComplete(end -> vertx.cancelTimer(timer));
        return body;
    }

    /** Gives the rest up. */
    void cancel() {
        var ignored = request.reset();
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        var ignored = response.handler(
                handler == null
                        ? null
                        : piece -> {
                            lastMoved = System.nanoTime();
                            handler.handle(piece);
                        });
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        var ignored = response.pause();
        move(true);
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        move(false);
        var ignored = response.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        move(false);
        var ignored = response.fetch(amount);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        var ignored = response.endHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        if (handler != null) { // a pipe takes its handlers back after the end, when nothing may be set any more
            var ignored = response.exceptionHandler(handler);
        }
        return this;
    }

    private void move(boolean toPaused) {
        paused = toPaused;
        lastMoved = System.nanoTime();
    }

    private void look() {
        var allowed = paused ? LISTENERS_TIME : timeout;
        if (System.nanoTime() - lastMoved > allowed.toNanos()) {
            var ignored = request.reset(0, new TimeoutException("the recording has stopped"));
        }
    }
}
