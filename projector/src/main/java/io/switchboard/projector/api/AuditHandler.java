package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.order.AuditEntry;
import io.switchboard.projector.api.order.AuditEntry.Outcome;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.query.AuditFilter;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.table.AuditQueries;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DatedReads.Dated;
import io.switchboard.projector.api.view.Audited;
import io.vertx.core.Future;
import java.util.List;

/** {@code GET /v1/audit}: who did what, and who read it: no answer leaves before its reading is noted. */
final class AuditHandler {
    private final DatedReads reads;
    private final OrderStore store;

    AuditHandler(DatedReads reads, OrderStore store) {
        this.reads = reads;
        this.store = store;
    }

    Future<Answer> list(ApiRequest request) {
        var filter = AuditFilter.of(request.parameters());
        var list = Cursor.fingerprint("audit", request.account(), filter);
        var page = PageRequest.of(request.parameters(), list, AuditQueries.TIES);
        var fault = Refusals.first(request.parameters().problem(), page.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var slice = new AuditQueries.Slice(request.account(), page.after(), page.limit() + 1);
        return reads.read(request.account(), connection -> AuditQueries.list(connection, filter, slice))
                .compose(dated -> store.audit(reading(request)).map(page(dated, page.limit(), list)));
    }

    private static Answer page(Dated<List<Audited>> dated, int limit, long list) {
        var all = dated.value();
        var shown = all.subList(0, Math.min(limit, all.size()));
        var next = all.size() > limit ? AuditQueries.cursor(list, shown.getLast()) : null;
        return new Page(shown.stream().map(Audited::json).toList(), next, dated.freshness());
    }

    private static AuditEntry reading(ApiRequest request) {
        var caller = request.caller();
        return new AuditEntry(
                caller,
                caller.account(),
                "audit.read",
                null,
                Outcome.ALLOWED,
                request.message().id());
    }
}
