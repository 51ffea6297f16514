package io.switchboard.projector.api;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Opens recordings; whoever holds the provider's credentials fetches them. */
@FunctionalInterface
public interface RecordingSource {
    /** Has none. */
    RecordingSource NONE =
            wanted -> Future.succeededFuture(new OpenRecording.Unavailable("Nobody fetches recordings."));

    /** Never fails: what goes wrong is {@link OpenRecording.Unavailable}. */
    Future<OpenRecording> open(Wanted wanted);

    /**
     * A recording and the part of it that is wanted.
     *
     * @param link where the provider keeps it: for nobody's eyes
     * @param range the client's {@code Range} header; null for the whole
     */
    record Wanted(
            String account,
            String callId,
            String link,
            @Nullable String range) {
        /** Without the link. */
        @Override
        public String toString() {
            return "Wanted[" + account + ", " + callId + "]";
        }
    }
}
