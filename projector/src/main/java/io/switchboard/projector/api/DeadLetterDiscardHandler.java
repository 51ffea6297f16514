package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Done;
import io.switchboard.projector.api.order.AuditEntry;
import io.switchboard.projector.api.order.AuditEntry.Outcome;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.query.DeadLetterFilter;
import io.switchboard.projector.api.table.DeadLetterQueries;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code DELETE /v1/dead-letters} and {@code DELETE /v1/dead-letters/{id}}: gives open ones up. */
final class DeadLetterDiscardHandler {
    private static final String ACTION = "dead_letters.discard";

    private final DeadLetterQueries queries;
    private final OrderStore store;

    DeadLetterDiscardHandler(DeadLetterQueries queries, OrderStore store) {
        this.queries = queries;
        this.store = store;
    }

    Future<Answer> some(ApiRequest request) {
        var filter = DeadLetterFilter.chosen(request.parameters());
        if (request.parameters().problem().isEmpty() && filter.isEmpty()) {
            request.parameters()
                    .reject("reason", "is missing: say which by reason, topic, received_after or received_before");
        }
        var fault = Refusals.first(request.parameters().problem());
        return fault.isPresent()
                ? Future.succeededFuture(fault.get())
                : discard(request, filter, null).map(DeadLetterDiscardHandler::done);
    }

    Future<Answer> one(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var id = DeadLetterFilter.id(request.id());
        if (id.isEmpty()) {
            return Future.succeededFuture(Refusals.badId("id", DeadLetterFilter.TAKES_ID));
        }
        var filter =
                new DeadLetterFilter(Set.of(), Set.of(), Set.of(id.get()), null, null, Set.of(DeadLetterFilter.OPEN));
        return discard(request, filter, request.id())
                .map(count -> count == 0 ? Refusals.noSuch("open dead letter") : done(count));
    }

    private Future<Integer> discard(ApiRequest request, DeadLetterFilter filter, @Nullable String target) {
        var caller = request.caller();
        var entry = new AuditEntry(
                caller,
                request.account(),
                ACTION,
                target == null ? said(filter) : target,
                Outcome.ALLOWED,
                request.message().id());
        return store.audited(
                entry, connection -> queries.discard(connection, filter, request.account(), caller.name()));
    }

    /** Which, for the audit: what a person asked for, cut where it is long. */
    private static String said(DeadLetterFilter filter) {
        var said = "reason=" + filter.reasons() + " topic=" + filter.topics() + " received=" + filter.receivedAfter()
                + ".." + filter.receivedBefore();
        return said.length() <= 200 ? said : said.substring(0, 200);
    }

    private static Answer done(int count) {
        return new Done(200, Map.of("discarded", count), Map.of());
    }
}
