package io.switchboard.projector.api;

import io.switchboard.http.Problem;
import io.switchboard.projector.api.export.CallExport;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.stream.Subscriber;
import io.switchboard.projector.api.table.Freshness;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a handler decided; {@link HttpAnswer} puts it on the wire. */
sealed interface Answer {
    /**
     * A slice of a list.
     *
     * @param beside members beside {@code data}, such as groups
     * @param next where the next page begins; null on the last
     */
    record Page(
            List<? extends Map<String, ? extends @Nullable Object>> data,
            Map<String, ?> beside,
            @Nullable Cursor next,
            Freshness freshness)
            implements Answer {
        Page(List<? extends Map<String, ? extends @Nullable Object>> data, @Nullable Cursor next, Freshness freshness) {
            this(data, Map.of(), next, freshness);
        }
    }

    /** One thing, bare. */
    record Resource(Map<String, ? extends @Nullable Object> body, Freshness freshness) implements Answer {}

    /**
     * What came of an order. It is about this moment: nobody keeps it.
     *
     * @param headers such as {@code Location}
     */
    record Done(int status, Map<String, ? extends @Nullable Object> body, Map<String, String> headers)
            implements Answer {}

    /** A recording, as it comes. */
    record Audio(OpenRecording.Playable recording) implements Answer {}

    /** A whole list as a file, as fast as the client takes it. */
    record Export(CallExport calls, Freshness freshness) implements Answer {}

    /** Changes as they happen, until somebody hangs up. */
    record Events(Subscriber subscriber) implements Answer {}

    /**
     * An error.
     *
     * @param headers what else the error's status asks for, such as {@code Retry-After}
     */
    record Refusal(Problem problem, Map<String, String> headers) implements Answer {
        Refusal(Problem problem) {
            this(problem, Map.of());
        }
    }
}
