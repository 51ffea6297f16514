package io.switchboard.gateway;

import io.switchboard.gateway.GatewayMetrics.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies with a limit that is counted while they stream, a deadline, and a bound on what all bodies together hold in
 * memory. Owned by one event loop; the count of bytes is shared by all of them.
 *
 * <p>Deadlines are the same for all bodies, so unfinished ones stand in one set in the order of arrival and a periodic
 * sweep looks at its head: no timer per request. A body leaves the set when it is complete, so that one slow sender does
 * not keep everything that arrived after it in memory.
 */
final class BodyReader {
    static final int MAX_BODY_BYTES = 256 * 1024;

    private static final long DEADLINE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long SWEEP_MILLIS = 250;
    private static final long LINGER_MILLIS = 500;
    private static final byte[] EMPTY = new byte[0];

    private final Vertx vertx;
    private final AtomicLong inFlightBytes;
    private final long maxInFlightBytes;
    private final LinkedHashSet<Body> unfinished = new LinkedHashSet<>();

    /** @param inFlightBytes bytes of bodies held in memory by all event loops, until their requests are answered */
    BodyReader(Vertx vertx, AtomicLong inFlightBytes, long maxInFlightBytes) {
        this.vertx = vertx;
        this.inFlightBytes = inFlightBytes;
        this.maxInFlightBytes = maxInFlightBytes;
    }

    /** Starts the sweep on the current event loop. */
    void start() {
        vertx.setPeriodic(SWEEP_MILLIS, unused -> sweep(System.nanoTime()));
    }

    /** Hands the whole body on, or answers for itself: 413, 408, 503. */
    void read(Exchange exchange, Consumer<byte[]> whole) {
        var body = new Body(exchange, whole);
        if (declaredLength(exchange) > MAX_BODY_BYTES) {
            body.tooLarge();
            return;
        }
        unfinished.add(body);
        exchange.request()
                .handler(body::chunk)
                .endHandler(unused -> body.complete())
                .exceptionHandler(unused -> body.release());
        exchange.request().response().endHandler(unused -> body.release()); // answered, or closed before that
    }

    private static long declaredLength(Exchange exchange) {
        var length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1; // the HTTP decoder has refused what is not a length
        }
    }

    private void sweep(long now) {
        while (!unfinished.isEmpty() && now - unfinished.getFirst().startedAt >= DEADLINE_NANOS) {
            unfinished.removeFirst().tooSlow();
        }
    }

    /** One body while it arrives. */
    private final class Body {
        private final Exchange exchange;
        private final Consumer<byte[]> whole;
        private final long startedAt = System.nanoTime();
        private @Nullable Buffer first;
        private @Nullable Buffer gathered;
        private long counted;

        Body(Exchange exchange, Consumer<byte[]> whole) {
            this.exchange = exchange;
            this.whole = whole;
        }

        void chunk(Buffer chunk) {
            if (exchange.isAnswered()) {
                return; // whatever else it sends is thrown away
            }
            counted += chunk.length();
            var inFlight = inFlightBytes.addAndGet(chunk.length());
            if (counted > MAX_BODY_BYTES) {
                tooLarge();
            } else if (inFlight > maxInFlightBytes) {
                release();
                exchange.unavailable(new NotDurable(NotDurable.Reason.OVERLOADED));
            } else {
                keep(chunk);
            }
        }

        /** Nearly every body is one chunk, which is then never copied. */
        private void keep(Buffer chunk) {
            if (gathered == null) {
                gathered = chunk;
                first = chunk;
            } else if (gathered == first) {
                gathered = Buffer.buffer(2 * (first.length() + chunk.length()))
                        .appendBuffer(first)
                        .appendBuffer(chunk);
            } else {
                gathered.appendBuffer(chunk);
            }
        }

        void complete() {
            unfinished.remove(this);
            if (!exchange.isAnswered()) {
                var body = gathered == null ? EMPTY : gathered.getBytes();
                gathered = null;
                first = null;
                whole.accept(body);
            }
        }

        void tooLarge() {
            exchange.hangUp(413, Outcome.REJECTED_TOO_LARGE, WebhookAnswer.TOO_LARGE);
            release();
            closeSoon();
        }

        void tooSlow() {
            exchange.hangUp(408, Outcome.REJECTED_TIMEOUT, WebhookAnswer.TOO_SLOW);
            release();
            closeSoon();
        }

        /** Its bytes are out of memory. May be called more than once. */
        void release() {
            unfinished.remove(this);
            gathered = null;
            first = null;
            inFlightBytes.addAndGet(-counted);
            counted = 0;
        }

        /** Leaves a sender that is still sending a moment to read the answer: closing at once would reset it. */
        private void closeSoon() {
            vertx.timer(LINGER_MILLIS, TimeUnit.MILLISECONDS)
                    .onSuccess(unused -> exchange.request().connection().close());
        }
    }
}
