package io.switchboard.projector.api;

import io.switchboard.event.EventId;
import io.switchboard.projector.api.view.Receipt;
import io.vertx.core.Future;
import java.util.Optional;

/** Knows the events that are on their way: acknowledged by a gateway and not in the tables yet. */
@FunctionalInterface
public interface ReceiptSource {
    /** Knows of none. */
    ReceiptSource NONE = id -> Future.succeededFuture(Optional.empty());

    /** Empty when nobody acknowledged such an event; fails when that cannot be told now. */
    Future<Optional<Receipt>> find(EventId id);
}
