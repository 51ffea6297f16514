package io.switchboard.sync;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the last 24 hours. A window that slides can hold no more than any fixed one of the provider's, whose
 * beginning is not known: who keeps to it keeps to the limit.
 *
 * @param limit most requests in 24 hours
 * @param spent in the last 24 hours, token requests included
 * @param left that may be spent now
 * @param forecast spent in the 24 hours that end when the provider's day does at the latest, if things go on like this
 * @param blockedUntil until when the provider refuses; null while it does not
 * @param byPurpose what was spent and what is set aside, by the word of the purpose: live, resources, commands, backfill
 */
public record BudgetReport(
        String account,
        int limit,
        int spent,
        int left,
        int forecast,
        @Nullable Instant blockedUntil,
        Map<String, Share> byPurpose,
        Instant reportedAt) {

    /** One purpose's part. */
    public record Share(int spent, int quota) {}

    public BudgetReport {
        byPurpose = Map.copyOf(byPurpose);
    }
}
