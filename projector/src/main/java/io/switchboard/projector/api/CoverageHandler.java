package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.query.CoverageFilter;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.table.CoverageQueries;
import io.switchboard.projector.api.table.CoverageQueries.Slice;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.view.CoverageHour;
import io.vertx.core.Future;

/** {@code GET /v1/coverage}: how complete the calls are, hour by hour, and by which door they came. */
final class CoverageHandler {
    private final DatedReads reads;
    private final CoverageQueries queries = new CoverageQueries();

    CoverageHandler(DatedReads reads) {
        this.reads = reads;
    }

    Future<Answer> list(ApiRequest request) {
        var filter = CoverageFilter.of(request.parameters());
        var list = Cursor.fingerprint("coverage", request.account(), filter);
        var page = PageRequest.of(request.parameters(), list, CoverageQueries.TIES);
        var fault = Refusals.first(request.parameters().problem(), page.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var slice = new Slice(request.account(), page.after(), page.limit() + 1);
        return reads.read(request.account(), connection -> queries.list(connection, filter, slice))
                .map(dated -> {
                    var hours = dated.value();
                    var shown = hours.subList(0, Math.min(page.limit(), hours.size()));
                    var next = hours.size() > page.limit() ? CoverageQueries.cursor(list, shown.getLast()) : null;
                    return new Page(shown.stream().map(CoverageHour::json).toList(), next, dated.freshness());
                });
    }
}
