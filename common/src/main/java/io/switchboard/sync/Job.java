package io.switchboard.sync;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an order does. Each change has a higher revision; a reader keeps the highest.
 *
 * @param command the type of a command, and nothing of its content; null for other kinds
 * @param priceRequests what it was estimated to cost, in requests to the provider
 * @param spentRequests what it cost so far
 * @param stepsTotal parts of the work known of so far; may grow when a part turns out to have more pages
 * @param read records read so far, by the word of their resource
 * @param published of these, those that were new or had changed
 * @param error a word for programs, such as {@code provider-auth-failed}; null while nothing failed
 * @param detail the same for people
 */
public record Job(
        String id,
        String account,
        Order.Kind kind,
        @Nullable String command,
        Status status,
        List<String> resources,
        @Nullable Instant from,
        @Nullable Instant to,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int priceRequests,
        int spentRequests,
        int stepsDone,
        int stepsTotal,
        Map<String, Long> read,
        long published,
        @Nullable String error,
        @Nullable String detail,
        int revision) {

    /** A command that may have happened, or may not: the answer is not known. */
    public static final String OUTCOME_UNKNOWN = "outcome-unknown";

    /** A command that the provider did not carry out. */
    public static final String PROVIDER_REFUSED = "provider-refused";

    /** A command that could not be tried in time, and was not. */
    public static final String EXPIRED = "expired";

    /** Where a job stands. */
    public enum Status {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        public boolean isFinal() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }
    }

    public Job {
        resources = List.copyOf(resources);
        read = Map.copyOf(read);
    }
}
