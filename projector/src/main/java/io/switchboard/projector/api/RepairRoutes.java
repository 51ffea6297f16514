package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.REPAIR;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.POST;

import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DeadLetterQueries;
import java.util.List;

/** What mends the tables. */
final class RepairRoutes {
    private RepairRoutes() {}

    static List<ApiRoute> of(DatedReads reads, DeadLetterQueries letters, OrderStore store, ApiSources sources) {
        var orders = new RepairOrders(store, sources.clock());
        var repairs = new RepairsHandler(orders);
        var replay = new DeadLetterReplayHandler(
                reads, letters, orders, sources.effects().repairs());
        var discard = new DeadLetterDiscardHandler(letters, store);
        return List.of(
                new ApiRoute(POST, "/v1/dead-letters/replay", REPAIR, replay::replay),
                new ApiRoute(DELETE, "/v1/dead-letters", REPAIR, discard::some),
                new ApiRoute(DELETE, "/v1/dead-letters/{id}", REPAIR, discard::one),
                new ApiRoute(POST, "/v1/replays", REPAIR, repairs::replay),
                new ApiRoute(POST, "/v1/rebuilds", REPAIR, repairs::rebuild));
    }
}
