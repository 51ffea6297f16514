package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Done;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.order.Placement;
import io.switchboard.projector.api.order.Placement.Busy;
import io.switchboard.projector.api.order.Placement.KeyReused;
import io.switchboard.projector.api.order.Placement.Placed;
import io.switchboard.projector.api.order.Placement.Repeated;
import io.switchboard.projector.api.order.Placement.Underway;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives orders to projectors: a row that the next free one takes up. */
final class RepairOrders {
    /** What stands for the account of a job that concerns all of them. */
    static final String ALL_ACCOUNTS = "*";

    private final OrderStore store;
    private final InstantSource clock;

    RepairOrders(OrderStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * What is ordered.
     *
     * @param account the only one it concerns; null for all
     * @param topics that it reads
     * @param key null when the client sent none
     */
    record Draft(
            Order.Kind kind,
            @Nullable String account,
            List<String> topics,
            @Nullable Instant from,
            @Nullable Instant to,
            JsonObject work,
            @Nullable String key) {}

    Future<Answer> give(ApiRequest request, Draft draft) {
        return store.place(placement(request, draft)).map(RepairOrders::answer);
    }

    /** What was answered before under the order's key; empty when nothing was, and nothing is ordered now. */
    Future<Optional<Answer>> before(ApiRequest request, Draft draft) {
        return store.before(placement(request, draft)).map(outcome -> outcome.map(RepairOrders::answer));
    }

    private static Answer answer(Placement.Outcome outcome) {
        return switch (outcome) {
            case Placed(var job) -> OrdersHandler.accepted(job);
            case Busy(var job) -> Refusals.repairUnderway(job);
            case Repeated(var id, var status, var answer) ->
                new Done(status, new JsonObject(answer).getMap(), Map.of("Location", "/v1/jobs/" + id));
            case KeyReused() -> Refusals.keyReused();
            case Underway(var job) -> OrdersHandler.accepted(job);
        };
    }

    private Placement placement(ApiRequest request, Draft draft) {
        var message = request.message();
        return new Placement(
                job(draft, request.caller().name()),
                request.caller(),
                draft.key(),
                message.route(),
                Orders.hash(message.body().getBytes()),
                message.id(),
                draft.work());
    }

    private Job job(Draft draft, String requestedBy) {
        return new Job(
                UUID.randomUUID().toString(),
                draft.account() == null ? ALL_ACCOUNTS : draft.account(),
                draft.kind(),
                null,
                Job.Status.QUEUED,
                draft.topics(),
                draft.from(),
                draft.to(),
                requestedBy,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null,
                null,
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                null,
                null,
                0);
    }
}
