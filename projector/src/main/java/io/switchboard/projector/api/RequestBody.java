package io.switchboard.projector.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A body as it arrives: bounded in size, counted while it streams, and in time. Owned by one event loop. */
final class RequestBody {
    static final int MOST_BYTES = 64 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Buffer gathered = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    private RequestBody() {}

    /** A body that is not taken. */
    static final class Unacceptable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Answer.Refusal refusal;

        Unacceptable(Answer.Refusal refusal) {
            super("a body that is not taken", null, false, false);
            this.refusal = refusal;
        }

        Answer.Refusal refusal() {
            return refusal;
        }
    }

    /** The whole body; fails with {@link Unacceptable}, or because the client went away. */
    static Future<Buffer> read(Vertx vertx, HttpServerRequest request) {
        var body = new RequestBody();
        if (declaredLength(request) > MOST_BYTES) {
            body.refuse(413, "A body may have at most " + MOST_BYTES + " bytes.");
            return body.whole.future();
        }
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        request.handler(body::chunk)
                .endHandler(ended -> body.whole.tryComplete(body.gathered))
                .exceptionHandler(gone -> body.whole.tryFail(gone));
        var timer = vertx.setTimer(
                PATIENCE.toMillis(), late -> body.refuse(408, "The body did not arrive within " + PATIENCE + "."));
        return body.whole.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /**
     * Ends a connection over which a body may still come, after a moment in which the answer can be read. In HTTP/2 other
     * requests share the connection, and what comes is thrown away.
     */
    static void hangUpAfter(Vertx vertx, HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        request.response().putHeader("Connection", "close");
        vertx.timer(PATIENCE.dividedBy(20).toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(now -> request.connection().close());
    }

    private void chunk(Buffer chunk) {
        if (whole.future().isComplete()) {
            return; // whatever else it sends is thrown away
        }
        if (gathered.length() + chunk.length() > MOST_BYTES) {
            refuse(413, "A body may have at most " + MOST_BYTES + " bytes.");
        } else {
            gathered.appendBuffer(chunk);
        }
    }

    private void refuse(int status, String detail) {
        whole.tryFail(new Unacceptable(Refusals.badRequest(status, detail)));
    }

    private static long declaredLength(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1; // the HTTP decoder has refused what is not a length
        }
    }
}
