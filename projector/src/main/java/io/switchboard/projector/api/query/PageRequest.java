package io.switchboard.projector.api.query;

import io.switchboard.http.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which slice of a list is asked for.
 *
 * @param limit the most rows
 * @param after the row before the first; null for the beginning of the list
 * @param cursorFits false when a cursor was given that is not one of this list
 */
public record PageRequest(int limit, @Nullable Cursor after, boolean cursorFits) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 200;
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    /**
     * Reads {@code limit} and {@code cursor}.
     *
     * @param list fingerprint of the list
     * @param ties how many ties the list's cursors carry
     */
    public static PageRequest of(QueryParameters parameters, long list, int ties) {
        var limit = parameters
                .single(LIMIT, "a whole number from 1 to " + MOST, PageRequest::limit)
                .orElse(DEFAULT_LIMIT);
        var text = parameters.single(CURSOR);
        var cursor = text.flatMap(Cursor::decode)
                .filter(found -> found.list() == list && found.ties().size() == ties);
        return new PageRequest(limit, cursor.orElse(null), text.isEmpty() || cursor.isPresent());
    }

    /** The answer to a cursor that does not fit. */
    public Optional<Problem> problem() {
        return cursorFits
                ? Optional.empty()
                : Optional.of(new Problem(
                        400,
                        "invalid-cursor",
                        "Invalid cursor",
                        "The cursor was not made for this list with these filters. Begin again without it, or repeat the"
                                + " filters of the request that returned it.",
                        List.of(new Problem.Fault(CURSOR, "takes page.next of the same list with the same filters"))));
    }

    private static Optional<Integer> limit(String text) {
        return text.matches("\\d{1,4}")
                ? Optional.of(Integer.parseInt(text)).filter(limit -> limit >= 1 && limit <= MOST)
                : Optional.empty();
    }
}
