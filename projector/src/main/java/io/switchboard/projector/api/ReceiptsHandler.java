package io.switchboard.projector.api;

import io.switchboard.event.EventId;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DatedReads.Dated;
import io.switchboard.projector.api.table.ReceiptQueries;
import io.switchboard.projector.api.view.Receipt;
import io.vertx.core.Future;
import java.util.Optional;

/** {@code GET /v1/receipts/{event_id}}: the tables first, then the gateways for what is still on its way. */
final class ReceiptsHandler {
    private final DatedReads reads;
    private final ReceiptSource underway;

    ReceiptsHandler(DatedReads reads, ReceiptSource underway) {
        this.reads = reads;
        this.underway = underway;
    }

    Future<Answer> one(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var id = EventId.parse(request.id());
        if (id.isEmpty()) {
            return Future.succeededFuture(Refusals.badId("event_id", "an event id: 32 hexadecimal digits"));
        }
        return reads.read(request.account(), connection -> ReceiptQueries.find(connection, id.get(), request.account()))
                .compose(dated -> dated.value().isPresent()
                        ? Future.succeededFuture(answer(dated, dated.value().get()))
                        : underway(request, id.get(), dated));
    }

    // Not asking anybody must not look like knowing that there is no such event.
    private Future<Answer> underway(ApiRequest request, EventId id, Dated<Optional<Receipt>> dated) {
        return underway.find(id)
                .map(found -> found.filter(receipt -> request.sees(receipt.account()))
                        .map(receipt -> answer(dated, receipt))
                        .orElseGet(() -> Refusals.noSuch("event")))
                .otherwise(Refusals.unavailable(
                        "The tables do not hold this event yet, and the gateway cannot be asked right now."));
    }

    private static Answer answer(Dated<?> dated, Receipt receipt) {
        return new Resource(receipt.json(), dated.freshness());
    }
}
