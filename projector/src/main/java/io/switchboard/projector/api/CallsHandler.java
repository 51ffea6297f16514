package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.query.CallFilter;
import io.switchboard.projector.api.query.CallIds;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.table.CallKey;
import io.switchboard.projector.api.table.CallQueries;
import io.switchboard.projector.api.table.CallQueries.Slice;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DatedReads.Dated;
import io.switchboard.projector.api.view.CallView;
import io.switchboard.projector.api.view.ReadCall;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;

/** {@code GET /v1/calls} and {@code GET /v1/calls/{id}}. */
final class CallsHandler {
    private final DatedReads reads;
    private final CallQueries queries;
    private final InstantSource clock;

    CallsHandler(DatedReads reads, CallQueries queries, InstantSource clock) {
        this.reads = reads;
        this.queries = queries;
        this.clock = clock;
    }

    Future<Answer> list(ApiRequest request) {
        var parameters = request.parameters();
        if (request.masking() == Masking.MASKED && parameters.has(CallFilter.CLIENT)) {
            return Future.succeededFuture(Refusals.maskedFilter(CallFilter.CLIENT));
        }
        var filter = CallFilter.of(parameters);
        var list = Cursor.fingerprint("calls", request.account(), filter);
        var page = PageRequest.of(parameters, list, CallKey.TIES);
        var fault = Refusals.first(parameters.problem(), page.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var after = page.after() == null ? null : CallKey.of(page.after());
        // One more than asked for tells whether there is another page.
        var slice = new Slice(request.account(), after, page.limit() + 1);
        return reads.read(request.account(), connection -> queries.list(connection, filter, slice, clock.instant()))
                .map(dated -> page(dated, page.limit(), list, request.masking()));
    }

    Future<Answer> one(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var id = CallIds.stored(request.id());
        return reads.read(
                        request.account(),
                        connection -> queries.find(connection, id, request.account(), clock.instant()))
                .map(dated -> dated.value()
                        .<Answer>map(call -> new Resource(CallView.of(call, request.masking()), dated.freshness()))
                        .orElseGet(() -> Refusals.noSuch("call")));
    }

    private static Answer page(Dated<List<ReadCall>> dated, int limit, long list, Masking masking) {
        var calls = dated.value();
        var shown = calls.subList(0, Math.min(limit, calls.size()));
        var next = calls.size() > limit ? key(shown.getLast()).cursor(list) : null;
        return new Page(shown.stream().map(call -> CallView.of(call, masking)).toList(), next, dated.freshness());
    }

    private static CallKey key(ReadCall read) {
        var call = read.call();
        return new CallKey(call.startedAt(), call.id(), call.account());
    }
}
