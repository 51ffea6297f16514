package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.query.CallIds;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.Freshness;
import io.switchboard.projector.api.table.TimelineQueries;
import io.switchboard.projector.api.view.Timeline;
import io.switchboard.projector.api.view.TimelineItem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;

/** {@code GET /v1/calls/{id}/events}: the events and what each of them did, oldest first. */
final class TimelineHandler {
    private static final int TIES = 1; // the event's id

    private final Vertx vertx;
    private final DatedReads reads;

    TimelineHandler(Vertx vertx, DatedReads reads) {
        this.vertx = vertx;
        this.reads = reads;
    }

    Future<Answer> list(ApiRequest request) {
        var id = CallIds.stored(request.id());
        var list = Cursor.fingerprint("events", request.account(), id);
        var page = PageRequest.of(request.parameters(), list, TIES);
        var fault = Refusals.first(request.parameters().problem(), page.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return reads.read(request.account(), connection -> TimelineQueries.events(connection, id, request.account()))
                // Folding a call of thousands of events takes too long for an event loop.
                .compose(dated -> vertx.executeBlocking(() -> Timeline.of(dated.value()), false)
                        .map(items -> page(items, page, list, dated.freshness())));
    }

    private static Answer page(List<TimelineItem> items, PageRequest page, long list, Freshness freshness) {
        if (items.isEmpty()) {
            return Refusals.noSuch("call");
        }
        var rest = items.subList(start(items, page), items.size());
        var shown = rest.subList(0, Math.min(page.limit(), rest.size()));
        var next = rest.size() > shown.size()
                ? new Cursor(list, 0, List.of(shown.getLast().id()))
                : null;
        return new Page(shown.stream().map(TimelineItem::json).toList(), next, freshness);
    }

    private static int start(List<TimelineItem> items, PageRequest page) {
        if (page.after() == null) {
            return 0;
        }
        var last = page.after().ties().getFirst();
        return 1
                + IntStream.range(0, items.size())
                        .filter(i -> items.get(i).id().equals(last))
                        .findFirst()
                        .orElse(-1);
    }
}
