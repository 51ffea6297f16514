package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.DeadLetterFilter;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DeadLetterQueries;
import io.switchboard.projector.api.table.DeadLetterQueries.Slice;
import io.switchboard.projector.api.view.DeadLetter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/dead-letters} and {@code GET /v1/dead-letters/{id}}. */
final class DeadLettersHandler {
    private final DatedReads reads;
    private final DeadLetterQueries queries;

    private record Found(List<DeadLetter> letters, List<DeadLetter.Group> groups) {}

    DeadLettersHandler(DatedReads reads, DeadLetterQueries queries) {
        this.reads = reads;
        this.queries = queries;
    }

    Future<Answer> list(ApiRequest request) {
        var filter = DeadLetterFilter.of(request.parameters());
        var list = Cursor.fingerprint("dead-letters", request.account(), filter);
        var page = PageRequest.of(request.parameters(), list, 0);
        var fault = Refusals.first(request.parameters().problem(), page.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var slice = new Slice(request.account(), page.after(), page.limit() + 1);
        return reads.read(request.account(), connection -> {
                    var letters = queries.list(connection, filter, slice);
                    var groups = queries.groups(connection, filter, request.account());
                    return Future.all(letters, groups).map(both -> new Found(letters.result(), groups.result()));
                })
                .map(dated -> {
                    var all = dated.value().letters();
                    var shown = all.subList(0, Math.min(page.limit(), all.size()));
                    var next = all.size() > page.limit()
                            ? new Cursor(list, shown.getLast().id(), List.of())
                            : null;
                    var groups = dated.value().groups().stream()
                            .map(DeadLetter.Group::json)
                            .toList();
                    return new Page(
                            shown.stream()
                                    .map(letter -> letter.json(request.masking()))
                                    .toList(),
                            Map.of("groups", groups),
                            next,
                            dated.freshness());
                });
    }

    Future<Answer> one(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        if (!request.id().matches("\\d{1,18}")) {
            return Future.succeededFuture(Refusals.badId("id", "the id of a dead letter: a whole number"));
        }
        var id = Long.parseLong(request.id());
        return reads.read(request.account(), connection -> queries.find(connection, id, request.account()))
                .map(dated -> dated.value()
                        .<Answer>map(letter -> new Resource(letter.json(request.masking()), dated.freshness()))
                        .orElseGet(() -> Refusals.noSuch("dead letter")));
    }
}
