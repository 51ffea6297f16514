package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.query.CallIds;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.query.RowFilters;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DatedReads.Dated;
import io.switchboard.projector.api.table.Listing;
import io.switchboard.projector.api.table.RowKey;
import io.switchboard.projector.api.table.RowQueries;
import io.switchboard.projector.api.table.RowQueries.Slice;
import io.switchboard.projector.api.view.StoredRow;
import io.vertx.core.Future;
import java.util.List;

/** {@code GET /v1/{list}} and {@code GET /v1/{list}/{id}} of the lists beside calls. */
final class RowsHandler {
    private final DatedReads reads;
    private final Listing listing;
    private final RowQueries queries;

    RowsHandler(DatedReads reads, Listing listing) {
        this.reads = reads;
        this.listing = listing;
        this.queries = new RowQueries(listing);
    }

    Future<Answer> list(ApiRequest request) {
        var parameters = request.parameters();
        var filter = listing.filter(parameters);
        var list = Cursor.fingerprint(listing.word(), request.account(), filter);
        var page = PageRequest.of(parameters, list, RowKey.TIES);
        var fault = Refusals.first(parameters.problem(), page.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        if (request.masking() == Masking.MASKED) {
            for (var name : RowFilters.PERSONAL) {
                if (parameters.has(name)) {
                    return Future.succeededFuture(Refusals.maskedFilter(name));
                }
            }
        }
        var after = page.after() == null ? null : RowKey.of(page.after());
        // One more than asked for tells whether there is another page.
        var slice = new Slice(request.account(), after, page.limit() + 1);
        return reads.read(connection -> queries.list(connection, filter, slice))
                .map(dated -> page(dated, page.limit(), list, request.masking()));
    }

    Future<Answer> one(ApiRequest request) {
        var asked = RowFilters.account(request.parameters());
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var id = CallIds.stored(request.id());
        return reads.read(connection -> queries.find(connection, id, request.account(), asked))
                .map(dated -> dated.value()
                        .<Answer>map(row -> new Resource(listing.shown(row, request.masking()), dated.freshness()))
                        .orElseGet(() -> Refusals.noSuch(listing.thing())));
    }

    private Answer page(Dated<List<StoredRow>> dated, int limit, long list, Masking masking) {
        var rows = dated.value();
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        var next = rows.size() > limit ? listing.key(shown.getLast()).cursor(list) : null;
        return new Page(
                shown.stream().map(row -> listing.shown(row, masking)).toList(), next, dated.freshness());
    }
}
