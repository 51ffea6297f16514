package io.switchboard.projector.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of asking for a recording. */
public sealed interface OpenRecording {
    /** It comes. Whoever holds it pipes or closes it. */
    non-sealed interface Playable extends OpenRecording {
        /** 200 or 206. */
        int status();

        /** What describes the audio: type, length, range. */
        Map<String, String> headers();

        /** As fast as the other end takes it; fails when either end breaks. The other end is left as it is, not ended. */
        Future<Void> pipeTo(WriteStream<Buffer> client);

        /** Stops it where it is; nothing when it is over. */
        void close();
    }

    /** The range wanted is none of it. */
    record OutOfRange(@Nullable String contentRange) implements OpenRecording {}

    /** The provider has it no longer. */
    record Missing() implements OpenRecording {}

    /** @param detail for people: why not now */
    record Unavailable(String detail) implements OpenRecording {}
}
