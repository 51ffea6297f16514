package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.READ_DEAD_LETTERS;
import static io.switchboard.projector.api.access.Permission.REPAIR;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.POST;

import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DeadLetterQueries;
import java.util.List;

/** What was refused, and what mends the tables. The first path comes before the one that would take it for an id. */
final class RepairRoutes {
    private RepairRoutes() {}

    static List<ApiRoute> of(DatedReads reads, DeadLetterQueries letters, OrderStore store, ApiSources sources) {
        var desk = sources.effects().repairs();
        var deadLetters = new DeadLettersHandler(reads, letters, desk);
        var orders = new RepairOrders(store, sources.clock());
        var repairs = new RepairsHandler(orders);
        var replay = new DeadLetterReplayHandler(reads, letters, orders, desk);
        var discard = new DeadLetterDiscardHandler(letters, store);
        return List.of(
                new ApiRoute(POST, "/v1/dead-letters/replay", REPAIR, replay::replay),
                new ApiRoute("/v1/dead-letters", READ_DEAD_LETTERS, deadLetters::list),
                new ApiRoute(DELETE, "/v1/dead-letters", REPAIR, discard::some),
                new ApiRoute("/v1/dead-letters/{id}", READ_DEAD_LETTERS, deadLetters::one),
                new ApiRoute(DELETE, "/v1/dead-letters/{id}", REPAIR, discard::one),
                new ApiRoute(POST, "/v1/replays", REPAIR, repairs::replay),
                new ApiRoute(POST, "/v1/rebuilds", REPAIR, repairs::rebuild));
    }
}
