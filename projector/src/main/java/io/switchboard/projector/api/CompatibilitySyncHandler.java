package io.switchboard.projector.api;

import io.switchboard.http.Problem;
import io.switchboard.projector.api.Answer.Done;
import io.switchboard.projector.api.Answer.Refusal;
import io.switchboard.projector.api.order.Admission;
import io.switchboard.projector.api.query.JsonBody;
import io.switchboard.projector.api.table.CompatibilityQueries;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.JobQueries;
import io.switchboard.projector.api.table.PollerQueries;
import io.switchboard.projector.api.view.CompatibilityView.Count;
import io.switchboard.projector.api.view.PollerStates;
import io.switchboard.runtime.Account;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PollerReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /api/admin/mightycall/sync}: orders a synchronisation of every account that the caller sees and waits for it,
 * because the dashboard that was there before does.
 */
final class CompatibilitySyncHandler {
    /** Below the time after which connections without traffic are closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(55);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Vertx vertx;
    private final DatedReads reads;
    private final Orders orders;
    private final List<String> configured;
    private final InstantSource clock;

    CompatibilitySyncHandler(
            Vertx vertx, DatedReads reads, Orders orders, List<String> configured, InstantSource clock) {
        this.vertx = vertx;
        this.reads = reads;
        this.orders = orders;
        this.configured = List.copyOf(configured);
        this.clock = clock;
    }

    Future<Answer> sync(ApiRequest request) {
        var message = request.message();
        var body = JsonBody.parseIfAny(
                message.headers().get("Content-Type"), message.body().getBytes());
        var fault = Refusals.first(request.parameters().problem(), body.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        return reads.read(request.account(), connection -> PollerQueries.states(connection, request.account()))
                .compose(dated -> {
                    var states = dated.value();
                    var accounts = request.account() == null
                            ? AccountChoice.known(configured, states, Account.DEFAULT)
                            : List.of(request.account());
                    return closed(accounts, states)
                            .map(Future::succeededFuture)
                            .orElseGet(() -> unlessRunning(request, accounts, deadline));
                });
    }

    private Optional<Answer> closed(List<String> accounts, PollerStates states) {
        return accounts.stream()
                .map(account -> Admission.of(states.of(account), clock.instant()))
                .filter(Admission.Closed.class::isInstance)
                .map(closed -> (Answer) Refusals.closed((Admission.Closed) closed))
                .findFirst();
    }

    // Looked at before the first order: nobody waits for one account to hear that another's is running.
    private Future<Answer> unlessRunning(ApiRequest request, List<String> accounts, long deadline) {
        return reads.read(request.account(), connection -> JobQueries.openSync(connection, accounts))
                .compose(dated -> dated.value()
                        .map(job -> Future.<Answer>succeededFuture(running(job)))
                        .orElseGet(() -> syncAll(request, accounts, deadline)));
    }

    private Future<Answer> syncAll(ApiRequest request, List<String> accounts, long deadline) {
        var each = accounts.stream()
                .map(account -> syncOne(request, account, deadline))
                .toList();
        return Future.all(each).compose(done -> {
            var refusal =
                    each.stream().map(Future::result).flatMap(Optional::stream).findFirst();
            return refusal.isPresent() ? Future.succeededFuture(refusal.get()) : counted(request);
        });
    }

    /** Empty when it is done. */
    private Future<Optional<Answer>> syncOne(ApiRequest request, String account, long deadline) {
        var draft = new Orders.Draft(account, Order.Kind.SYNC, List.of(), null, null, 0, null, null);
        return orders.give(request, draft).compose(given -> switch (given) {
            case Orders.Accepted(var job, var fresh) ->
                fresh ? settled(job, deadline).map(CompatibilitySyncHandler::problem) : refused(running(job));
            case Orders.NotTaken(var job, var detail) -> refused(Refusals.logUnavailable(detail));
            case Orders.Before before -> refused(Refusals.internal()); // no key was given
            case Orders.OtherBody() -> refused(Refusals.internal());
        });
    }

    /** The job when it is over, or when nobody waits any longer. */
    private Future<Job> settled(Job job, long deadline) {
        if (job.status().isFinal() || System.nanoTime() - deadline > 0) {
            return Future.succeededFuture(job);
        }
        return vertx.timer(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                .compose(later ->
                        reads.read(job.account(), connection -> JobQueries.find(connection, job.id(), job.account())))
                .compose(dated -> settled(dated.value().orElse(job), deadline));
    }

    private Future<Answer> counted(ApiRequest request) {
        return reads.read(request.account(), connection -> CompatibilityQueries.count(connection, request.account()))
                .map(dated -> answer(dated.value()));
    }

    private static Answer answer(Count count) {
        return new Done(
                200, Map.of("success", true, "phones", count.phones(), "extensions", count.extensions()), Map.of());
    }

    private static Future<Optional<Answer>> refused(Answer answer) {
        return Future.succeededFuture(Optional.of(answer));
    }

    private static Refusal running(Job job) {
        return new Refusal(Problem.of(
                409,
                "sync-running",
                "A synchronisation is running",
                "A synchronisation of account " + job.account() + " is under way: GET /v1/jobs/" + job.id()
                        + " tells how it does."));
    }

    private static Optional<Answer> problem(Job job) {
        return switch (job.status()) {
            case DONE -> Optional.empty();
            case QUEUED, RUNNING ->
                Optional.of(new Refusal(Problem.of(
                        504,
                        "sync-unfinished",
                        "The synchronisation is not finished",
                        "It goes on: GET /v1/jobs/" + job.id() + " tells how it does.")));
            case CANCELLED ->
                Optional.of(new Refusal(Problem.of(
                        409,
                        "sync-cancelled",
                        "The synchronisation was cancelled",
                        "Somebody cancelled it: order it again.")));
            case FAILED -> Optional.of(failed(job));
        };
    }

    private static Refusal failed(Job job) {
        if (PollerReport.AUTH_FAILED.equals(job.error())) {
            return new Refusal(Admission.authFailed(job.account()));
        }
        if (PollerReport.LIMIT_EXCEEDED.equals(job.error())) {
            return new Refusal(Admission.limitExceeded(job.account(), null), Map.of("Retry-After", "3600"));
        }
        return new Refusal(Problem.of(
                502,
                "sync-failed",
                "The synchronisation failed",
                "GET /v1/jobs/" + job.id() + " tells why" + (job.error() == null ? "." : ": " + job.error() + ".")));
    }
}
