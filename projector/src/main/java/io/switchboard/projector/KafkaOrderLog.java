package io.switchboard.projector;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.kafka.EventLog;
import io.switchboard.projector.api.order.OrderLog;
import io.switchboard.sync.Order;
import io.switchboard.sync.SyncJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Orders in the topic {@code sync-requests}, under the account's key, so that they keep their order. The envelope knows two
 * doors; an order goes through the poller's, as what comes of it does.
 */
final class KafkaOrderLog implements OrderLog {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final Duration TRY_FOR = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Vertx vertx;
    private final EventLog log;

    KafkaOrderLog(Vertx vertx, EventLog log) {
        this.vertx = vertx;
        this.log = log;
    }

    @Override
    public Future<Void> append(Order order) {
        return append(envelope(order), System.nanoTime() + TRY_FOR.toNanos())
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    // The log fails at once where it would have to wait. Twice in the log is one order: the poller goes by its id.
    private Future<Void> append(Envelope envelope, long deadline) {
        return log.append(envelope)
                .<Void>mapEmpty()
                .recover(failure -> System.nanoTime() - deadline > 0
                        ? Future.failedFuture(failure)
                        : vertx.timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                                .compose(later -> append(envelope, deadline)));
    }

    static Envelope envelope(Order order) {
        var value = SyncJson.write(order);
        return new Envelope(
                EventId.ofBytes(order.account(), value),
                Topic.SYNC_REQUESTS,
                order.account(),
                Source.POLL,
                order.account(),
                Order.TYPE,
                order.requestedAt(),
                order.requestedAt(),
                "",
                null,
                value);
    }
}
