package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Events;
import io.switchboard.projector.api.query.StreamQuestion;
import io.switchboard.projector.api.stream.Audience;
import io.switchboard.projector.api.stream.ChangeStream;
import io.vertx.core.Future;

/** {@code GET /v1/stream}: changes as they happen, from where the client stands. */
final class StreamHandler {
    private final ChangeStream stream;

    StreamHandler(ChangeStream stream) {
        this.stream = stream;
    }

    Future<Answer> open(ApiRequest request) {
        var lastEventId = request.message().headers().get(StreamQuestion.LAST_EVENT_ID);
        var question = StreamQuestion.of(request.parameters(), lastEventId);
        var fault = Refusals.first(request.parameters().problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var name = request.caller().name();
        return switch (stream.sit(name)) {
            case FULL -> Future.succeededFuture(Refusals.streamsFull());
            case TOO_MANY_OF_ONE -> Future.succeededFuture(Refusals.tooManyStreams());
            case TAKEN ->
                stream.subscribe(
                                new Audience(question.topics(), request.account(), request.masking()),
                                name,
                                question.after())
                        .<Answer>map(Events::new)
                        .onFailure(away -> stream.leave(name));
        };
    }
}
