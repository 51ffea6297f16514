package io.switchboard.projector.api.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which hours a list of coverage is about.
 *
 * @param from the first instant inside; an hour belongs to the list when it begins inside
 * @param to the first instant outside again
 */
public record CoverageFilter(
        @Nullable Instant from, @Nullable Instant to) {

    public static CoverageFilter of(QueryParameters parameters) {
        var from = time(parameters, "from");
        var to = time(parameters, "to");
        if (from != null && to != null && !to.isAfter(from)) {
            parameters.reject("to", "must be later than from");
        }
        return new CoverageFilter(from, to);
    }

    private static @Nullable Instant time(QueryParameters parameters, String name) {
        return parameters
                .single(name, Timestamps.TAKES, Timestamps::parse)
                .map(Timestamps::ceilToMicros)
                .orElse(null);
    }
}
