package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.ServiceTerms;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DatedReads.Dated;
import io.switchboard.projector.api.table.LiveQueries;
import io.switchboard.projector.api.view.LiveView;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** {@code GET /v1/live}: what a wallboard shows, and where the stream goes on from it. */
final class LiveHandler {
    private static final int PATIENCE_SECONDS = 8;

    private final DatedReads reads;
    private final LiveQueries queries;
    private final InstantSource clock;

    LiveHandler(DatedReads reads, LiveQueries queries, InstantSource clock) {
        this.reads = reads;
        this.queries = queries;
        this.clock = clock;
    }

    Future<Answer> show(ApiRequest request) {
        var terms = ServiceTerms.of(request.parameters());
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        // The date is read before, so that the answer never claims to be newer than it is.
        return reads.read(request.account(), connection -> Future.succeededFuture(true))
                .map(Dated::freshness)
                .compose(freshness -> queries.read(request.account(), terms, clock.instant())
                        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .map(snapshot ->
                                new Resource(LiveView.of(snapshot, terms, request.masking()), freshness)));
    }
}
