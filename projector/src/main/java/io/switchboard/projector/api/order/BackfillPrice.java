package io.switchboard.projector.api.order;

import io.switchboard.event.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill will cost, before it starts: each day of each resource is asked for by itself, in pages. The rows of a
 * past day are not known, so those of the last month stand in for them: an estimate, never less than a page a day.
 *
 * @param slices days times resources
 * @param requests pages of all slices
 */
public record BackfillPrice(int slices, int requests) {
    /** What can be read again from the past. */
    public static final List<Resource> RESOURCES = List.of(Resource.CALLS, Resource.JOURNAL, Resource.VOICEMAILS);

    private static final Duration SLICE = Duration.ofDays(1);
    private static final int ROWS_OF_A_PAGE = 1_000;

    /**
     * How many rows a day has.
     *
     * @param calls and as many journal entries, which are mostly calls
     * @param voicemails of them
     */
    public record DailyRows(double calls, double voicemails) {
        double of(String resource) {
            return resource.equals(Resource.VOICEMAILS.word()) ? voicemails : calls;
        }
    }

    public static BackfillPrice of(List<String> resources, Instant from, Instant to, DailyRows rows) {
        var days = (int) Math.ceilDiv(Duration.between(from, to).toSeconds(), SLICE.toSeconds());
        var requests = resources.stream()
                .mapToInt(resource -> Math.max(1, (int) Math.ceil(rows.of(resource) / ROWS_OF_A_PAGE)) * days)
                .sum();
        return new BackfillPrice(days * resources.size(), requests);
    }

    /** For people: how that compares with what is left. */
    public String note(@Nullable Integer left) {
        var estimate = "An estimate by the calls of the last 30 days. A backfill takes what live polling leaves over";
        if (left == null) {
            return estimate + "; what is left is not known, as no poller has reported a budget.";
        }
        return requests <= left
                ? estimate + "."
                : estimate + ", and this one costs more than is left now: it goes on as the budget returns.";
    }
}
