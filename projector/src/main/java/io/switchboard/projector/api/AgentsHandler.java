package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.AgentFilter;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.table.AgentQueries;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.view.Agent;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/**
 * {@code GET /v1/agents} and {@code GET /v1/agents/{extension}}: what extensions do. There are few of them and their states
 * are judged, not stored; so all are read and the page is cut here, in the order of extension and account.
 */
final class AgentsHandler {
    private static final Comparator<List<String>> ORDER =
            Comparator.<List<String>, String>comparing(List::getFirst).thenComparing(List::getLast);
    private static final int TIES = 2;

    private final DatedReads reads;
    private final AgentQueries queries;
    private final InstantSource clock;

    AgentsHandler(DatedReads reads, AgentQueries queries, InstantSource clock) {
        this.reads = reads;
        this.queries = queries;
        this.clock = clock;
    }

    Future<Answer> list(ApiRequest request) {
        var filter = AgentFilter.of(request.parameters());
        var list = Cursor.fingerprint("agents", request.account(), filter);
        var page = PageRequest.of(request.parameters(), list, TIES);
        var fault = Refusals.first(request.parameters().problem(), page.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(request.account(), connection -> queries.all(connection, request.account(), clock.instant()))
                .map(dated -> {
                    var rest = dated.value().stream()
                            .filter(filter::fits)
                            .filter(agent -> page.after() == null
                                    || ORDER.compare(key(agent), page.after().ties()) > 0)
                            .sorted(Comparator.comparing(AgentsHandler::key, ORDER))
                            .limit(page.limit() + 1L)
                            .toList();
                    var shown = rest.subList(0, Math.min(page.limit(), rest.size()));
                    var next = rest.size() > page.limit() ? new Cursor(list, 0, key(shown.getLast())) : null;
                    return new Page(
                            shown.stream()
                                    .map(agent -> agent.json(request.masking()))
                                    .toList(),
                            next,
                            dated.freshness());
                });
    }

    Future<Answer> one(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(request.account(), connection -> queries.all(connection, request.account(), clock.instant()))
                .map(dated -> dated.value().stream()
                        .filter(agent -> agent.extension().equals(request.id()))
                        .findFirst()
                        .<Answer>map(agent -> new Resource(agent.json(request.masking()), dated.freshness()))
                        .orElseGet(() -> Refusals.noSuch("extension")));
    }

    private static List<String> key(Agent agent) {
        return List.of(agent.extension(), agent.account());
    }
}
