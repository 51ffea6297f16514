package io.switchboard.projector.api;

import io.switchboard.http.Problem;
import io.switchboard.projector.api.Answer.Audio;
import io.switchboard.projector.api.Answer.Refusal;
import io.switchboard.projector.api.RecordingSource.Wanted;
import io.switchboard.projector.api.order.AuditEntry;
import io.switchboard.projector.api.order.AuditEntry.Outcome;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.query.CallIds;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.RecordingQueries;
import io.switchboard.projector.api.table.RecordingQueries.Kept;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/calls/{id}/recording}: streamed from whoever holds the provider's credentials. Nobody listens without an
 * entry in the audit; where the provider keeps the recording is in no answer and no log.
 */
final class RecordingHandler {
    private static final int LONGEST_RANGE = 200;

    private final DatedReads reads;
    private final OrderStore store;
    private final RecordingSource source;

    RecordingHandler(DatedReads reads, OrderStore store, RecordingSource source) {
        this.reads = reads;
        this.store = store;
        this.source = source;
    }

    Future<Answer> play(ApiRequest request) {
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var id = CallIds.stored(request.id());
        return reads.read(request.account(), connection -> RecordingQueries.find(connection, id, request.account()))
                .compose(dated -> {
                    var kept = dated.value();
                    if (kept.isEmpty()) {
                        return Future.succeededFuture(Refusals.noSuch("call"));
                    }
                    return kept.get().link() == null
                            ? Future.succeededFuture(Refusals.noSuch("recording"))
                            : play(request, kept.get(), kept.get().link());
                });
    }

    private Future<Answer> play(ApiRequest request, Kept kept, String link) {
        var range = range(request.message().headers().get("Range"));
        return store.audit(audit(request, kept, Outcome.ALLOWED))
                .compose(audited -> source.open(new Wanted(kept.account(), kept.callId(), link, range)))
                .compose(opened -> opened instanceof OpenRecording.Unavailable
                        ? store.audit(audit(request, kept, Outcome.FAILED))
                                .otherwiseEmpty()
                                .map(answer(opened))
                        : Future.succeededFuture(answer(opened)));
    }

    private static Answer answer(OpenRecording opened) {
        return switch (opened) {
            case OpenRecording.Playable playable -> new Audio(playable);
            case OpenRecording.Missing() -> Refusals.noSuch("recording");
            case OpenRecording.OutOfRange(var contentRange) ->
                new Refusal(
                        Problem.of(
                                416,
                                "range-not-satisfiable",
                                "Range not satisfiable",
                                "The recording has nothing in this range."),
                        contentRange == null ? Map.of() : Map.of("Content-Range", contentRange));
            case OpenRecording.Unavailable(var detail) ->
                new Refusal(
                        Problem.of(502, "recording-unavailable", "The recording is unavailable", detail),
                        Map.of("Retry-After", "30"));
        };
    }

    private static AuditEntry audit(ApiRequest request, Kept kept, Outcome outcome) {
        return new AuditEntry(
                request.caller(),
                kept.account(),
                "recording.play",
                kept.callId(),
                outcome,
                request.message().id());
    }

    /** A range that nobody can mean is none (RFC 9110, 14.2). */
    private static @Nullable String range(@Nullable String header) {
        return header != null && header.length() <= LONGEST_RANGE && header.matches("bytes=[-0-9, ]+") ? header : null;
    }
}
