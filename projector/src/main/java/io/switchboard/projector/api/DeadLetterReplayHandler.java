package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Done;
import io.switchboard.projector.api.RepairOrders.Draft;
import io.switchboard.projector.api.query.DeadLetterFilter;
import io.switchboard.projector.api.query.IdempotencyKey;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DeadLetterQueries;
import io.switchboard.projector.api.table.DeadLetterQueries.Matched;
import io.switchboard.projector.api.table.DeadLetterQueries.Stretch;
import io.switchboard.projector.api.view.DeadLetter;
import io.switchboard.projector.api.view.DryRun;
import io.switchboard.projector.repair.DeadLetterOrder;
import io.switchboard.sync.Order;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/dead-letters/replay}. */
final class DeadLetterReplayHandler {
    /** A dry run tries the oldest ones: so many that it answers within seconds. */
    private static final int MOST_TRIED = 200;

    private final DatedReads reads;
    private final DeadLetterQueries queries;
    private final RepairOrders orders;
    private final RepairDesk desk;

    private record Found(Matched matched, List<DeadLetter> first) {}

    DeadLetterReplayHandler(DatedReads reads, DeadLetterQueries queries, RepairOrders orders, RepairDesk desk) {
        this.reads = reads;
        this.queries = queries;
        this.orders = orders;
        this.desk = desk;
    }

    Future<Answer> replay(ApiRequest request) {
        var body = OrdersHandler.body(request);
        var filter = DeadLetterFilter.chosen(body);
        var all = body.flag("all");
        var dryRun = body.flag("dry_run");
        var key = OrdersHandler.key(request);
        if (body.problem().isEmpty() && filter.isEmpty() != all) {
            body.reject(
                    "all",
                    all
                            ? "says all, and the filter says which: leave one of them out"
                            : "has to be true when nothing says which: reason, topic, ids, received_after or received_before");
        }
        var fault = Refusals.first(request.parameters().problem(), body.problem(), key.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(
                        request.account(),
                        connection -> queries.match(connection, filter, request.account())
                                .compose(matched -> queries.page(
                                                connection,
                                                filter,
                                                new Stretch(
                                                        request.account(),
                                                        0,
                                                        matched.lastId(),
                                                        dryRun ? MOST_TRIED : 1))
                                        .map(first -> new Found(matched, first))))
                .compose(dated -> dryRun
                        ? rehearse(dated.value())
                        : order(request, filter, dated.value().matched(), key));
    }

    private Future<Answer> rehearse(Found found) {
        var matched = found.matched();
        return matched.count() == 0
                ? Future.succeededFuture(nothing())
                : desk.rehearse(found.first(), matched.count())
                        .<Answer>map(dryRun -> new Done(200, dryRun.json(matched.byReason()), Map.of()))
                        .otherwise(
                                away -> Refusals.unavailable(
                                        "The log or the tables cannot be tried now: nothing is known, and nothing was changed."));
    }

    private Future<Answer> order(ApiRequest request, DeadLetterFilter filter, Matched matched, IdempotencyKey key) {
        var order = new DeadLetterOrder(filter, request.account(), matched.lastId(), matched.count());
        var draft = new Draft(
                Order.Kind.DEAD_LETTERS,
                request.account(),
                List.copyOf(filter.topics()),
                filter.receivedAfter(),
                filter.receivedBefore(),
                order.json(),
                key.value());
        return matched.count() > 0
                ? orders.give(request, draft)
                : orders.before(request, draft).map(before -> before.orElseGet(DeadLetterReplayHandler::nothing));
    }

    /** Nothing matches, so nothing is done. */
    private static Answer nothing() {
        return new Done(200, new DryRun(0).json(Map.of()), Map.of());
    }
}
