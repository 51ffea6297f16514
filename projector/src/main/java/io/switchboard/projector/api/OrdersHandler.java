package io.switchboard.projector.api;

import io.switchboard.event.Resource;
import io.switchboard.projector.api.AccountChoice.Chosen;
import io.switchboard.projector.api.AccountChoice.Refused;
import io.switchboard.projector.api.Answer.Done;
import io.switchboard.projector.api.Orders.Accepted;
import io.switchboard.projector.api.Orders.Before;
import io.switchboard.projector.api.Orders.Draft;
import io.switchboard.projector.api.Orders.NotTaken;
import io.switchboard.projector.api.Orders.OtherBody;
import io.switchboard.projector.api.order.Admission;
import io.switchboard.projector.api.order.BackfillPrice;
import io.switchboard.projector.api.order.BackfillPrice.DailyRows;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.query.IdempotencyKey;
import io.switchboard.projector.api.query.JsonBody;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.JobQueries;
import io.switchboard.projector.api.table.PollerQueries;
import io.switchboard.projector.api.view.JobView;
import io.switchboard.projector.api.view.PollerStates;
import io.switchboard.runtime.Account;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/sync} and {@code POST /v1/backfills}. */
final class OrdersHandler {
    private static final Duration LONGEST_RANGE = Duration.ofDays(366);
    private static final Duration RECENT = Duration.ofDays(30);
    private static final List<String> ALL =
            Arrays.stream(Resource.values()).map(Resource::word).toList();
    private static final List<String> OF_THE_PAST =
            BackfillPrice.RESOURCES.stream().map(Resource::word).toList();

    private final DatedReads reads;
    private final Orders orders;
    private final List<String> configured;
    private final InstantSource clock;

    private record Range(List<String> resources, Instant from, Instant to, boolean dryRun) {}

    OrdersHandler(DatedReads reads, Orders orders, List<String> configured, InstantSource clock) {
        this.reads = reads;
        this.orders = orders;
        this.configured = List.copyOf(configured);
        this.clock = clock;
    }

    Future<Answer> sync(ApiRequest request) {
        var body = body(request);
        var wanted = body.text("account");
        var resources = body.words("resources", ALL);
        var key = key(request);
        var fault = Refusals.first(request.parameters().problem(), body.problem(), key.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var price = resources.isEmpty() ? ALL.size() : resources.size();
        return give(
                request,
                wanted,
                (account, detail) ->
                        new Draft(account, Order.Kind.SYNC, resources, null, null, price, detail, key.value()));
    }

    Future<Answer> backfill(ApiRequest request) {
        var body = body(request);
        var wanted = body.text("account");
        var range = range(body);
        var key = key(request);
        var fault = Refusals.first(request.parameters().problem(), body.problem(), key.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var known = range.orElseThrow();
        return forAccount(
                request,
                wanted,
                (account, states) -> price(account, known)
                        .compose(price -> known.dryRun()
                                ? Future.succeededFuture(
                                        offer(price, states.budgetLeft(account).orElse(null)))
                                : admitted(
                                        account,
                                        states,
                                        detail -> orders.give(
                                                        request,
                                                        new Draft(
                                                                account,
                                                                Order.Kind.BACKFILL,
                                                                known.resources(),
                                                                known.from(),
                                                                known.to(),
                                                                price.requests(),
                                                                detail,
                                                                key.value()))
                                                .map(OrdersHandler::answer))));
    }

    /** What is ordered, once its account and what its giver should know are known. */
    interface Drafting {
        Draft of(String account, @Nullable String detail);
    }

    /** Gives an order where the account's poller takes it. */
    Future<Answer> give(ApiRequest request, Optional<String> wanted, Drafting drafting) {
        return forAccount(
                request,
                wanted,
                (account, states) -> admitted(
                        account,
                        states,
                        detail -> orders.give(request, drafting.of(account, detail))
                                .map(OrdersHandler::answer)));
    }

    /** Chooses the account among those the caller sees, with what their pollers last said. */
    private Future<Answer> forAccount(
            ApiRequest request, Optional<String> wanted, BiFunction<String, PollerStates, Future<Answer>> order) {
        return reads.read(request.account(), connection -> PollerQueries.states(connection, request.account()))
                .compose(dated -> {
                    var states = dated.value();
                    var known = AccountChoice.known(configured, states, Account.DEFAULT);
                    return switch (AccountChoice.of(wanted, request.account(), known)) {
                        case Refused(var refusal) -> Future.succeededFuture(refusal);
                        case Chosen(var account) -> order.apply(account, states);
                    };
                });
    }

    private interface Giving {
        Future<Answer> give(@Nullable String detail);
    }

    private Future<Answer> admitted(String account, PollerStates states, Giving giving) {
        return switch (Admission.of(states.of(account), clock.instant())) {
            case Admission.Open(var detail) -> giving.give(detail);
            case Admission.Closed closed -> Future.succeededFuture(Refusals.closed(closed));
        };
    }

    private Future<BackfillPrice> price(String account, Range range) {
        var since = clock.instant().minus(RECENT);
        return reads.read(account, connection -> JobQueries.recentCalls(connection, account, since))
                .map(dated -> {
                    var days = (double) RECENT.toDays();
                    var rows = new DailyRows(dated.value()[0] / days, dated.value()[1] / days);
                    return BackfillPrice.of(range.resources(), range.from(), range.to(), rows);
                });
    }

    private Optional<Range> range(JsonBody body) {
        var resources = body.words("resources", OF_THE_PAST);
        var from = body.time("from");
        var to = body.time("to");
        var dryRun = body.flag("dry_run");
        if (body.problem().isEmpty() && (from.isEmpty() || to.isEmpty())) {
            body.reject(from.isEmpty() ? "from" : "to", "is missing: takes an RFC 3339 time with its offset");
        }
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (!from.get().isBefore(to.get())) {
            body.reject("from", "has to be before to");
        } else if (Duration.between(from.get(), to.get()).compareTo(LONGEST_RANGE) > 0) {
            body.reject("from", "may be at most " + LONGEST_RANGE.toDays() + " days before to");
        }
        if (to.get().isAfter(clock.instant())) {
            body.reject("to", "may not be in the future");
        }
        return Optional.of(new Range(resources.isEmpty() ? OF_THE_PAST : resources, from.get(), to.get(), dryRun));
    }

    private static Answer offer(BackfillPrice price, @Nullable Integer left) {
        var offer = new LinkedHashMap<String, @Nullable Object>();
        offer.put("price_requests", price.requests());
        offer.put("slices", price.slices());
        offer.put("budget_left", left);
        offer.put("note", price.note(left));
        return new Done(200, offer, Map.of());
    }

    static Answer answer(Orders.Given given) {
        return switch (given) {
            case Accepted(var job, var fresh) -> accepted(job);
            case Before(var before) ->
                new Done(before.status(), new JsonObject(before.answer()).getMap(), location(before.jobId()));
            case OtherBody() -> Refusals.keyReused();
            case NotTaken(var job, var detail) -> Refusals.logUnavailable(detail);
        };
    }

    static Answer accepted(Job job) {
        return new Done(OrderStore.ACCEPTED, JobView.of(job), location(job.id()));
    }

    private static Map<String, String> location(String jobId) {
        return Map.of("Location", "/v1/jobs/" + jobId);
    }

    static JsonBody body(ApiRequest request) {
        var message = request.message();
        return JsonBody.parse(
                message.headers().get("Content-Type"), message.body().getBytes());
    }

    static IdempotencyKey key(ApiRequest request) {
        return IdempotencyKey.of(request.message().headers().getAll(IdempotencyKey.HEADER));
    }
}
