package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.access.Permission;
import io.switchboard.projector.api.order.AuditEntry;
import io.switchboard.projector.api.order.AuditEntry.Outcome;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.JobFilter;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.JobQueries;
import io.switchboard.projector.api.view.JobView;
import io.switchboard.sync.Job;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/jobs}, {@code GET /v1/jobs/{id}} and {@code DELETE /v1/jobs/{id}}. */
final class JobsHandler {
    private final DatedReads reads;
    private final Orders orders;
    private final OrderStore store;

    JobsHandler(DatedReads reads, Orders orders, OrderStore store) {
        this.reads = reads;
        this.orders = orders;
        this.store = store;
    }

    Future<Answer> list(ApiRequest request) {
        var filter = JobFilter.of(request.parameters());
        var list = Cursor.fingerprint("jobs", request.account(), requestedBy(request), filter);
        var page = PageRequest.of(request.parameters(), list, JobQueries.TIES);
        var fault = Refusals.first(request.parameters().problem(), page.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var slice = new JobQueries.Slice(request.account(), requestedBy(request), page.after(), page.limit() + 1);
        return reads.read(
                        request.account(),
                        connection ->
                                JobQueries.list(connection, filter, slice).compose(jobs -> reported(connection, jobs)))
                .map(dated -> {
                    var all = dated.value().jobs();
                    var shown = all.subList(0, Math.min(page.limit(), all.size()));
                    var next = all.size() > page.limit() ? JobQueries.cursor(list, shown.getLast()) : null;
                    return new Page(shown.stream().map(dated.value()::json).toList(), next, dated.freshness());
                });
    }

    Future<Answer> one(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(
                        request.account(),
                        connection -> JobQueries.find(connection, request.id(), request.account())
                                .compose(
                                        job -> reported(connection, job.stream().toList())))
                .map(dated -> dated.value().jobs().stream()
                        .filter(job -> isVisible(job, request))
                        .findFirst()
                        .<Answer>map(job -> new Resource(dated.value().json(job), dated.freshness()))
                        .orElseGet(() -> Refusals.noSuch("job")));
    }

    /** Jobs, and what those of them that are repairs found. */
    private record Reported(List<Job> jobs, Map<String, Map<String, Object>> reports) {
        Map<String, @Nullable Object> json(Job job) {
            return JobView.of(job, reports.get(job.id()));
        }
    }

    private static Future<Reported> reported(SqlConnection connection, List<Job> jobs) {
        var repairs =
                jobs.stream().filter(job -> job.kind().isRepair()).map(Job::id).toList();
        return repairs.isEmpty()
                ? Future.succeededFuture(new Reported(jobs, Map.of()))
                : JobQueries.reports(connection, repairs).map(reports -> new Reported(jobs, reports));
    }

    /** Asks the poller, or the projector, to end it; what it has done stays. */
    Future<Answer> cancel(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(request.account(), connection -> JobQueries.find(connection, request.id(), request.account()))
                .compose(dated -> {
                    if (dated.value().isEmpty()) {
                        return Future.succeededFuture(Refusals.noSuch("job"));
                    }
                    var job = dated.value().get();
                    return job.status().isFinal()
                            ? Future.succeededFuture(Refusals.jobIsOver(job))
                            : cancel(request, job);
                });
    }

    private Future<Answer> cancel(ApiRequest request, Job job) {
        var caller = request.caller();
        if (job.kind().isRepair()) {
            return store.audit(audit(request, job, Outcome.ALLOWED))
                    .compose(audited -> store.cancelRepair(job))
                    .map(done -> OrdersHandler.accepted(job));
        }
        return store.audit(audit(request, job, Outcome.ALLOWED))
                .compose(audited -> orders.cancel(job, caller.name())
                        .map(OrdersHandler.accepted(job))
                        .recover(away -> store.audit(audit(request, job, Outcome.FAILED))
                                .otherwiseEmpty()
                                .map(done -> Refusals.logUnavailable(
                                        "Kafka did not take the order. The job goes on: cancel it again."))));
    }

    private static AuditEntry audit(ApiRequest request, Job job, Outcome outcome) {
        return new AuditEntry(
                request.caller(),
                job.account(),
                "job.cancel",
                job.id(),
                outcome,
                request.message().id());
    }

    private static boolean isVisible(Job job, ApiRequest request) {
        var only = requestedBy(request);
        return only == null || only.equals(job.requestedBy());
    }

    /** Whose jobs the caller sees; null for everybody's. */
    private static @Nullable String requestedBy(ApiRequest request) {
        var caller = request.caller();
        return caller.role().may(Permission.ORDER) ? null : caller.name();
    }
}
