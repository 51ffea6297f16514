package io.switchboard.projector.api.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.projector.api.table.FeedQueries;
import io.switchboard.projector.api.table.FeedQueries.Page;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stream of an instance: its follower, its subscribers, its seats. Safe for any thread. */
public final class ChangeStream {
    /** The most changes read at once. */
    static final int PAGE = 200;

    private static final int READERS = 3;
    private static final int PATIENCE_SECONDS = 8;

    private final Vertx vertx;
    private final StreamSources sources;
    private final StreamLimits limits;
    private final StreamMetrics metrics;
    private final FollowerLoop follower;
    private final Turns turns = new Turns(READERS);
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> seats = new HashMap<>();
    private int seated;
    private boolean closed;

    public ChangeStream(Vertx vertx, StreamSources sources, StreamLimits limits, MeterRegistry registry) {
        this.vertx = vertx;
        this.sources = sources;
        this.limits = limits;
        this.metrics = new StreamMetrics(registry);
        this.follower = new FollowerLoop(vertx, sources, limits, subscribers);
    }

    /** Whether there is room for one more. */
    public enum Seat {
        TAKEN,
        /** This principal has as many as it may. */
        TOO_MANY_OF_ONE,
        /** So has this instance; or it stops. */
        FULL
    }

    public void start() {
        follower.start();
    }

    /** Ends all streams; clients come back elsewhere or later, and go on where they were. */
    public void close() {
        synchronized (seats) {
            closed = true;
        }
        follower.close();
        subscribers.forEach(Subscriber::end);
    }

    /** Takes a seat, which belongs to the subscriber that is made next; {@link #leave} when none is. */
    public Seat sit(String principal) {
        synchronized (seats) {
            if (closed || seated >= limits.clients()) {
                return Seat.FULL;
            }
            if (seats.getOrDefault(principal, 0) >= limits.perPrincipal()) {
                return Seat.TOO_MANY_OF_ONE;
            }
            seats.merge(principal, 1, Integer::sum);
            metrics.clients(++seated);
            return Seat.TAKEN;
        }
    }

    public void leave(String principal) {
        synchronized (seats) {
            seats.computeIfPresent(principal, (name, count) -> count == 1 ? null : count - 1);
            metrics.clients(--seated);
        }
    }

    /**
     * A subscriber that begins after a position.
     *
     * @param after null for now; negative for a position that means nothing here
     */
    public Future<Subscriber> subscribe(Audience audience, String principal, @Nullable Long after) {
        var context = vertx.getOrCreateContext();
        var first = after == null
                ? turns.take(() -> FeedQueries.head(sources.reads())
                        .map(head -> new Slice(new Page(List.of(), head.position(), null, false), Frames.NONE)))
                : slice(audience, after);
        var begun = first.map(slice -> new Subscriber(
                this,
                context,
                audience,
                principal,
                new Subscriber.Beginning(after == null ? slice.page().head() : after, slice)));
        return Future.fromCompletionStage(begun.toCompletionStage(), context);
    }

    /** A part of the feed as one audience sees it. */
    record Slice(Page page, Frames frames) {}

    Future<Slice> slice(Audience audience, long after) {
        return turns.take(() -> sources.reads()
                .withConnection(connection -> FeedQueries.page(connection, after, audience.scope(), PAGE)
                        .compose(page -> Rendering.of(connection, page.changes(), sources)
                                .map(rendering -> new Slice(page, rendering.frames(audience)))))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    void join(Subscriber subscriber) {
        subscribers.add(subscriber);
        boolean late;
        synchronized (seats) {
            late = closed;
        }
        if (late) {
            subscriber.end();
        }
    }

    void part(Subscriber subscriber, String principal) {
        subscribers.remove(subscriber);
        leave(principal);
    }

    /** Up to where everything has been offered to the subscribers. */
    long position() {
        return follower.position();
    }

    StreamLimits limits() {
        return limits;
    }

    StreamMetrics metrics() {
        return metrics;
    }

    static Set<Audience> audiences(Set<Subscriber> subscribers) {
        return subscribers.stream().map(Subscriber::audience).collect(Collectors.toSet());
    }
}
