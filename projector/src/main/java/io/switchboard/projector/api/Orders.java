package io.switchboard.projector.api;

import io.switchboard.projector.api.order.OrderLog;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.order.Placement;
import io.switchboard.projector.api.order.Placement.KeyReused;
import io.switchboard.projector.api.order.Placement.Placed;
import io.switchboard.projector.api.order.Placement.Repeated;
import io.switchboard.projector.api.order.Placement.Underway;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives orders: the row first, the log after it. */
final class Orders {
    /** After that long a job that nobody has begun is taken to the log again: the first time may have been cut short. */
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(30);

    private static final String NOT_TAKEN = "Kafka did not take the order. It was not carried out: give it again.";

    private final OrderStore store;
    private final OrderLog log;
    private final InstantSource clock;

    Orders(OrderStore store, OrderLog log, InstantSource clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What is ordered.
     *
     * @param price in requests
     * @param detail what whoever gave it should know
     * @param key null when the client sent none
     */
    record Draft(
            String account,
            Order.Kind kind,
            List<String> resources,
            @Nullable Instant from,
            @Nullable Instant to,
            int price,
            @Nullable String detail,
            @Nullable String key) {}

    /** What came of it. */
    sealed interface Given {}

    /** @param fresh false when the job was there before */
    record Accepted(Job job, boolean fresh) implements Given {}

    /** The same was answered before, and is answered again. */
    record Before(Repeated repeated) implements Given {}

    record OtherBody() implements Given {}

    record NotTaken(Job job, String detail) implements Given {}

    Future<Given> give(ApiRequest request, Draft draft) {
        var caller = request.caller();
        var message = request.message();
        var placement = new Placement(
                job(draft, caller.name()),
                caller,
                draft.key(),
                message.route(),
                hash(message.body().getBytes()),
                message.id());
        return store.place(placement).compose(outcome -> switch (outcome) {
            case Placed(var job) ->
                log.append(order(job))
                        .<Given>map(done -> new Accepted(job, true))
                        .recover(away -> store.failed(placement, now(), NOT_TAKEN)
                                .otherwise(job)
                                .map(failed -> new NotTaken(failed, NOT_TAKEN)));
            case Underway(var job) -> again(job).map(done -> new Accepted(job, false));
            case Repeated repeated -> Future.succeededFuture(new Before(repeated));
            case KeyReused() -> Future.succeededFuture(new OtherBody());
        });
    }

    // Two orders of one id are one job; that the second does not get through changes nothing for this caller.
    private Future<Void> again(Job job) {
        return job.revision() == 0 && job.requestedAt().plus(REPEAT_AFTER).isBefore(now())
                ? log.append(order(job)).otherwiseEmpty()
                : Future.succeededFuture();
    }

    /** Asks the poller to end a job; fails when the log does not take it. */
    Future<Void> cancel(Job job, String requestedBy) {
        return log.append(
                new Order(job.id(), job.account(), Order.Kind.CANCEL, List.of(), null, null, requestedBy, now()));
    }

    private Job job(Draft draft, String requestedBy) {
        return new Job(
                UUID.randomUUID().toString(),
                draft.account(),
                draft.kind(),
                Job.Status.QUEUED,
                draft.resources(),
                draft.from(),
                draft.to(),
                requestedBy,
                now(),
                null,
                null,
                draft.price(),
                0,
                0,
                0,
                Map.of(),
                0,
                null,
                draft.detail(),
                0);
    }

    private static Order order(Job job) {
        return new Order(
                job.id(),
                job.account(),
                job.kind(),
                job.resources(),
                job.from(),
                job.to(),
                job.requestedBy(),
                job.requestedAt());
    }

    /** As exact as the tables keep it: what is answered first and what is read later is the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static byte[] hash(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
