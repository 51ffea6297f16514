package io.switchboard.projector.api;

import io.switchboard.projector.api.order.OrderLog;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.order.Placement;
import io.switchboard.projector.api.order.Placement.Busy;
import io.switchboard.projector.api.order.Placement.KeyReused;
import io.switchboard.projector.api.order.Placement.Placed;
import io.switchboard.projector.api.order.Placement.Repeated;
import io.switchboard.projector.api.order.Placement.Underway;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PersonCommand;
import io.switchboard.sync.SyncJson;
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

    private static final String NOT_CONFIRMED =
            "Kafka did not confirm the order in time. It may be carried out all the same within 15 minutes: look at the job"
                    + " before you give it again, and then under another Idempotency-Key.";

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
     * @param command null for all kinds but that one
     */
    record Draft(
            String account,
            Order.Kind kind,
            List<String> resources,
            @Nullable Instant from,
            @Nullable Instant to,
            int price,
            @Nullable String detail,
            @Nullable String key,
            @Nullable PersonCommand command) {

        /** To read something. */
        Draft(
                String account,
                Order.Kind kind,
                List<String> resources,
                @Nullable Instant from,
                @Nullable Instant to,
                int price,
                @Nullable String detail,
                @Nullable String key) {
            this(account, kind, resources, from, to, price, detail, key, null);
        }

        /** To do something at the provider, for one request. */
        static Draft of(String account, PersonCommand command, @Nullable String detail, @Nullable String key) {
            return new Draft(account, Order.Kind.COMMAND, List.of(), null, null, 1, detail, key, command);
        }
    }

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
                hash(content(draft, message)),
                message.id());
        return store.place(placement).compose(outcome -> switch (outcome) {
            case Placed(var job) ->
                log.append(order(job, draft.command()))
                        .<Given>map(done -> new Accepted(job, true))
                        .recover(away -> store.failed(placement, now(), notTaken(draft))
                                .otherwise(job)
                                .map(failed -> new NotTaken(failed, notTaken(draft))));
            case Underway(var job) -> again(job).map(done -> new Accepted(job, false));
            case Repeated repeated -> Future.succeededFuture(new Before(repeated));
            case KeyReused() -> Future.succeededFuture(new OtherBody());
            case Busy busy -> throw new IllegalStateException("an order to a poller waits for no repair");
        });
    }

    // Two orders of one id are one job; that the second does not get through changes nothing for this caller.
    private Future<Void> again(Job job) {
        return job.revision() == 0 && job.requestedAt().plus(REPEAT_AFTER).isBefore(now())
                ? log.append(order(job, null)).otherwiseEmpty()
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
                draft.command() == null ? null : draft.command().type(),
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

    private static String notTaken(Draft draft) {
        return draft.command() == null ? NOT_TAKEN : NOT_CONFIRMED;
    }

    /** What makes two orders the same. Of a command all that it says, wherever in the request that stood. */
    private static byte[] content(Draft draft, ApiRequest.Message message) {
        return draft.command() == null
                ? message.body().getBytes()
                : SyncJson.write(Map.of("account", draft.account(), "command", draft.command()));
    }

    private static Order order(Job job, @Nullable PersonCommand command) {
        return new Order(
                job.id(),
                job.account(),
                job.kind(),
                job.resources(),
                job.from(),
                job.to(),
                job.requestedBy(),
                job.requestedAt(),
                command);
    }

    /** As exact as the tables keep it: what is answered first and what is read later is the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static byte[] hash(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
