package io.switchboard.projector.api.table;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fresh an answer is.
 *
 * @param asOf when the newest event applied so far reached the system; null before the first
 * @param completeThrough up to when the provider's own records have been compared; null until a poller did that for every account
 *     that is seen
 */
public record Freshness(@Nullable Instant asOf, @Nullable Instant completeThrough) {
    public static final Freshness UNKNOWN = new Freshness(null, null);
}
