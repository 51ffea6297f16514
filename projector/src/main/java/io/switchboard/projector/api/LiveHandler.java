package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.ReportParameters;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DatedReads.Dated;
import io.switchboard.projector.api.view.LiveView;
import io.vertx.core.Future;

/** {@code GET /v1/live}: what a wallboard shows, and where the stream goes on from it. */
final class LiveHandler {
    private final DatedReads reads;
    private final LiveReads snapshots;

    LiveHandler(DatedReads reads, LiveReads snapshots) {
        this.reads = reads;
        this.snapshots = snapshots;
    }

    Future<Answer> show(ApiRequest request) {
        var terms = ReportParameters.terms(request.parameters());
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        // The date is read before, so that the answer never claims to be newer than it is.
        return reads.read(request.account(), connection -> Future.succeededFuture(true))
                .map(Dated::freshness)
                .compose(freshness -> snapshots
                        .read(new LiveReads.Question(request.account(), terms))
                        .map(snapshot -> new Resource(LiveView.of(snapshot, terms, request.masking()), freshness)));
    }
}
