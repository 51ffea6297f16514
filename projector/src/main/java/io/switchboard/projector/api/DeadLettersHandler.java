package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.DeadLetterFilter;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DeadLetterQueries;
import io.switchboard.projector.api.table.DeadLetterQueries.Slice;
import io.switchboard.projector.api.view.DeadLetter;
import io.switchboard.projector.api.view.SamplePayload;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/dead-letters} and {@code GET /v1/dead-letters/{id}}. */
final class DeadLettersHandler {
    private final DatedReads reads;
    private final DeadLetterQueries queries;
    private final RepairDesk desk;

    private record Found(List<DeadLetter> letters, List<DeadLetter.Group> groups) {}

    DeadLettersHandler(DatedReads reads, DeadLetterQueries queries, RepairDesk desk) {
        this.reads = reads;
        this.queries = queries;
        this.desk = desk;
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
                            .map(group -> group.json(request.masking()))
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
            return Future.succeededFuture(Refusals.badId("id", DeadLetterFilter.TAKES_ID));
        }
        var id = Long.parseLong(request.id());
        return reads.read(request.account(), connection -> queries.find(connection, id, request.account()))
                .compose(dated -> dated.value()
                        .map(letter -> payload(letter, request.masking())
                                .<Answer>map(payload -> new Resource(
                                        withPayload(letter.json(request.masking()), payload), dated.freshness())))
                        .orElseGet(() -> Future.succeededFuture(Refusals.noSuch("dead letter"))));
    }

    /** The record itself, read at its place in the log now; while that cannot be asked, the rest is answered. */
    private Future<Map<String, @Nullable Object>> payload(DeadLetter letter, Masking masking) {
        return desk.payload(letter.place())
                .map(value -> SamplePayload.of(value.orElse(null), masking))
                .otherwise(away -> SamplePayload.unknown());
    }

    private static Map<String, @Nullable Object> withPayload(
            Map<String, @Nullable Object> json, Map<String, @Nullable Object> payload) {
        var both = new LinkedHashMap<>(json);
        both.put("payload", payload);
        return both;
    }
}
