package io.switchboard.gateway;

import io.switchboard.gateway.GatewayMetrics.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** One request and its one answer: whatever is said after the first answer is dropped. Confined to its event loop. */
final class Exchange {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence ECHO = HttpHeaders.createOptimized("Echo");
    private static final CharSequence RETRY_AFTER_SECONDS = HttpHeaders.createOptimized("5");
    private static final int MAX_ECHO_LENGTH = 1_000;

    private final HttpServerRequest request;
    private final GatewayMetrics metrics;
    private final SlowHeadersGuard guard;
    private final long startedAt = System.nanoTime();
    private String eventType = GatewayMetrics.typeLabel(null);
    private boolean answered;

    Exchange(HttpServerRequest request, GatewayMetrics metrics) {
        this.request = request;
        this.metrics = metrics;
        this.guard = SlowHeadersGuard.of(request.connection());
        guard.requestBegan(request);
    }

    HttpServerRequest request() {
        return request;
    }

    @Nullable
    String header(String name) {
        return request.getHeader(name);
    }

    boolean isAnswered() {
        return answered;
    }

    /** The label under which an accepted request counts. */
    void eventType(String label) {
        eventType = label;
    }

    /** 200 with what became of the delivery, and the provider's {@code Echo} header sent back. */
    void answer(Outcome outcome, Buffer body) {
        var echo = request.getHeader(ECHO);
        if (echo != null && echo.length() <= MAX_ECHO_LENGTH && HeaderText.isPlain(echo) && !answered) {
            request.response().putHeader(ECHO, echo);
        }
        end(200, outcome, body);
    }

    /** The same for a wrong token and an unknown path. */
    void notFound() {
        end(404, Outcome.REJECTED_AUTH, WebhookAnswer.NOT_FOUND);
    }

    void unavailable(Throwable failure) {
        if (!answered) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        end(503, failure instanceof NotDurable ? Outcome.SHED : Outcome.ERROR, WebhookAnswer.UNAVAILABLE);
    }

    /** Answers a sender that sends too much or too slowly, and hangs up. */
    void hangUp(int status, Outcome outcome, Buffer body) {
        if (!answered) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            end(status, outcome, body);
        }
    }

    private void end(int status, Outcome outcome, Buffer body) {
        if (answered) {
            return;
        }
        answered = true;
        guard.requestAnswered();
        metrics.answered(outcome, eventType, System.nanoTime() - startedAt);
        var response = request.response();
        if (!response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                    .end(body);
        }
    }
}
