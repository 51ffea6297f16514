package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.READ_AUDIT;

import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.table.DatedReads;
import java.util.List;

/** Who did what. */
final class AuditRoutes {
    private AuditRoutes() {}

    static List<ApiRoute> of(ApiSources sources, DatedReads reads) {
        var audit = new AuditHandler(reads, new OrderStore(sources.effects().writes()));
        return List.of(new ApiRoute("/v1/audit", READ_AUDIT, audit::list));
    }
}
