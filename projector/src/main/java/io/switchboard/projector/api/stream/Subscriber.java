package io.switchboard.projector.api.stream;

import io.switchboard.projector.api.stream.ChangeStream.Slice;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client of the stream, confined to its connection's event loop.
 *
 * <p>It stands at a position: everything up to there has been written. A batch that begins there is written and moves it; one
 * that it has passed already is nothing to it; one that begins later makes it read the feed by itself, page by page, each
 * page when the one before has left. So does a batch that comes while too much of the last one waits: what does not go out
 * is not kept, it is read again.
 */
public final class Subscriber {
    /** More than this on its way, and nothing is added. */
    private static final int MOST_PENDING = 65_536;

    private static final int BEATS = 3;
    private static final int SHORTEST_RETRY_MILLIS = 1_000;
    private static final int LONGEST_RETRY_MILLIS = 5_000;
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    private static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final ChangeStream stream;
    private final Context context;
    private final Audience audience;
    private final String principal;
    private final Slice first;
    private final Promise<Void> over = Promise.promise();
    private final AtomicBoolean closed = new AtomicBoolean();

    private @Nullable HttpServerResponse response;
    private long position;
    private boolean reading;
    private boolean draining;
    private int pending;
    private long movedAt;
    private long timer = -1;
    private int ticks;

    /** Where it begins, and what follows there. */
    record Beginning(long after, Slice first) {}

    Subscriber(ChangeStream stream, Context context, Audience audience, String principal, Beginning beginning) {
        this.stream = stream;
        this.context = context;
        this.audience = audience;
        this.principal = principal;
        this.position = beginning.after();
        this.first = beginning.first();
    }

    Audience audience() {
        return audience;
    }

    /** Begins to write; ends with the stream. */
    public Future<Void> start(HttpServerResponse to) {
        if (to.closed() || closed.get()) {
            close();
            return Future.failedFuture("the client went away");
        }
        response = to;
        movedAt = System.nanoTime();
        timer = vertx().setPeriodic(stream.limits().heartbeat().toMillis() / BEATS, tick -> tick());
        // Many clients lose one server at the same moment: they shall not come back at the same moment.
        write("retry: %d\n\n"
                .formatted(ThreadLocalRandom.current().nextInt(SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS))
                .getBytes(StandardCharsets.UTF_8));
        reading = true;
        stream.join(this);
        take(first);
        return over.future();
    }

    /** Gives up its place; harmless again and again, on any thread. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            vertx().cancelTimer(timer);
            stream.part(this, principal);
            over.tryComplete();
        }
    }

    /** What the follower has read, on the follower's thread. */
    void offer(Batch batch) {
        context.runOnContext(nothing -> receive(batch));
    }

    /** Looks by itself whether it can go on: the follower cannot tell. */
    void recheck() {
        context.runOnContext(nothing -> catchUp());
    }

    /** Ends in good order. */
    void end() {
        context.runOnContext(nothing -> {
            if (!closed.get() && response != null) {
                response.end().onComplete(ended -> close());
            }
        });
    }

    /** Changes between two positions, for each audience that there was. */
    record Batch(long from, long to, Map<Audience, Frames> frames) {}

    private void receive(Batch batch) {
        if (closed.get() || reading || batch.to() <= position) {
            return;
        }
        var frames = batch.frames().get(audience);
        if (position < batch.from() || frames == null || pending > MOST_PENDING) {
            catchUp();
            return;
        }
        write(frames.after(position));
        position = batch.to();
    }

    private void catchUp() {
        if (!closed.get() && !reading) {
            reading = true;
            goOn();
        }
    }

    /** Reads the next page, when there is room for it. */
    private void goOn() {
        if (closed.get()) {
            return;
        }
        if (pending > MOST_PENDING) {
            draining = true;
            return;
        }
        stream.slice(audience, position).onComplete(slice -> context.runOnContext(nothing -> taken(slice)));
    }

    private void taken(AsyncResult<Slice> slice) {
        if (slice.succeeded()) {
            take(slice.result());
        } else { // the database is away: the stream waits for it
            vertx().setTimer(AFTER_A_FAILURE.toMillis(), again -> goOn());
        }
    }

    private void take(Slice slice) {
        if (closed.get()) {
            return;
        }
        var page = slice.page();
        if (!page.continues(position)) {
            resync(page.head());
        } else {
            write(slice.frames().after(position));
            position = page.end();
        }
        // Read after the position is set: whatever the follower passes from here on is offered after this.
        if (page.full() || stream.position() > position) {
            goOn();
        } else {
            reading = false;
        }
    }

    private void resync(long head) {
        var reason = position < 0 || position > head ? "unknown_id" : "too_old";
        write(Rendering.event(head, "resync", Map.of("reason", reason, "seq", head)));
        position = head;
        stream.metrics().resync();
    }

    private void write(byte[] bytes) {
        if (bytes.length == 0 || response == null) {
            return;
        }
        if (pending == 0) {
            movedAt = System.nanoTime();
        }
        pending += bytes.length;
        response.write(Buffer.buffer(bytes)).onComplete(written -> {
            if (written.failed()) {
                close();
            } else {
                gone(bytes.length);
            }
        });
    }

    private void gone(int bytes) {
        pending -= bytes;
        movedAt = System.nanoTime();
        if (draining && pending <= MOST_PENDING) {
            draining = false;
            goOn();
        }
    }

    private void tick() {
        if (pending > 0
                && System.nanoTime() - movedAt > stream.limits().patience().toNanos()) {
            stream.metrics().dropped();
            close();
            if (response != null) {
                var unused = response.reset();
            }
        } else if (++ticks % BEATS == 0 && pending == 0) {
            write(HEARTBEAT);
        }
    }

    private Vertx vertx() {
        return context.owner();
    }
}
