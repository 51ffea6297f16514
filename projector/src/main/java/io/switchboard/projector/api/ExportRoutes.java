package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.EXPORT;

import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.table.DatedReads;
import java.util.List;

/** Whole lists as files. */
final class ExportRoutes {
    private ExportRoutes() {}

    static List<ApiRoute> of(ApiSettings settings, ApiSources sources, DatedReads reads) {
        var store = new OrderStore(sources.effects().writes());
        var exports = new ExportsHandler(settings, sources, reads, store);
        return List.of(
                new ApiRoute("/v1/exports/calls.csv", EXPORT, exports::csv),
                new ApiRoute("/v1/exports/calls.ndjson", EXPORT, exports::ndjson));
    }
}
