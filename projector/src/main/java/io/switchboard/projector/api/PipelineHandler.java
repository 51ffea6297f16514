package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DatedReads.Dated;
import io.switchboard.projector.api.table.Freshness;
import io.switchboard.projector.api.table.PipelineQueries;
import io.switchboard.projector.api.view.PipelineView;
import io.switchboard.projector.api.view.PipelineView.Known;
import io.switchboard.projector.api.view.PollerStates;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;

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
        return reads.read(
                        request.account(),
                        connection -> PipelineQueries.known(connection).map(known -> known.seenBy(request.account())))
                .otherwise(new Dated<>(new Known(new PollerStates(List.of()), null, null), Freshness.UNKNOWN))
                .map(dated -> new Resource(
                        PipelineView.of(source.stages(), dated.value(), clock.instant()), dated.freshness()));
    }
}
