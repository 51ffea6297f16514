package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DatedReads.Dated;
import io.switchboard.projector.api.table.Freshness;
import io.switchboard.projector.api.view.PipelineView;
import io.vertx.core.Future;
import java.time.InstantSource;

/** {@code GET /v1/pipeline}: answers without a date rather than not at all when the database is away. */
final class PipelineHandler {
    private final DatedReads reads;
    private final PipelineSource source;
    private final InstantSource clock;

    PipelineHandler(DatedReads reads, PipelineSource source, InstantSource clock) {
        this.reads = reads;
        this.source = source;
        this.clock = clock;
    }

    Future<Answer> show(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(connection -> Future.succeededFuture(true))
                .map(Dated::freshness)
                .otherwise(Freshness.UNKNOWN)
                .map(freshness -> new Resource(PipelineView.of(source.stages(), clock.instant()), freshness));
    }
}
