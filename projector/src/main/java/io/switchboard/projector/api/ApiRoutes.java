package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.READ_CALLS;

import io.switchboard.projector.api.table.CallQueries;
import io.switchboard.projector.api.table.DatedReads;
import java.util.List;

/** The table of contents of the query API. */
final class ApiRoutes {
    private ApiRoutes() {}

    static List<ApiRoute> of(ApiSettings settings, ApiSources sources) {
        var reads = new DatedReads(sources.pool());
        var calls = new CallsHandler(reads, new CallQueries(settings.openCallTimeout()), sources.clock());
        return List.of(
                new ApiRoute("/v1/calls", READ_CALLS, calls::list),
                new ApiRoute("/v1/calls/{id}", READ_CALLS, calls::one));
    }
}
