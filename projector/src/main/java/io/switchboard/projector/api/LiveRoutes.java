package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.READ_CALLS;

import io.switchboard.projector.api.stream.ChangeStream;
import io.switchboard.projector.api.table.AgentQueries;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.LiveQueries;
import java.util.List;

/** What happens now. */
final class LiveRoutes {
    private LiveRoutes() {}

    static List<ApiRoute> of(ApiSettings settings, ApiSources sources, ChangeStream stream) {
        var reads = new DatedReads(sources.pool());
        var queries = new AgentQueries(settings.openCallTimeout());
        var agents = new AgentsHandler(reads, queries, sources.clock());
        var snapshot = new LiveQueries(sources.effects().writes(), settings.openCallTimeout(), queries);
        var live = new LiveHandler(reads, new LiveReads(snapshot, sources.clock()));
        var changes = new StreamHandler(stream);
        return List.of(
                new ApiRoute("/v1/agents", READ_CALLS, agents::list),
                new ApiRoute("/v1/agents/{extension}", READ_CALLS, agents::one),
                new ApiRoute("/v1/live", READ_CALLS, live::show),
                new ApiRoute("/v1/stream", READ_CALLS, changes::open));
    }
}
