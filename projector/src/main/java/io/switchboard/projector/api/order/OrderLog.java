package io.switchboard.projector.api.order;

import io.switchboard.sync.Order;
import io.vertx.core.Future;

/** Where orders go to the poller. */
@FunctionalInterface
public interface OrderLog {
    /** Takes nothing. */
    OrderLog NONE = order -> Future.failedFuture("there is no log");

    /** Succeeds once the order is safe; a failure comes within seconds, and the order may be there all the same. */
    Future<Void> append(Order order);
}
