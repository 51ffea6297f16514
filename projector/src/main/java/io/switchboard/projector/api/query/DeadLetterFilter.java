package io.switchboard.projector.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; empty sets and null ask for nothing in particular.
 *
 * @param reasons why the projector refused them
 * @param topics where they were read: full names, or names after the prefix
 * @param receivedAfter inclusive; one that did not say when it was received counts by when it was refused
 * @param receivedBefore exclusive
 * @param statuses {@link #OPEN}, or how they were settled
 */
public record DeadLetterFilter(
        Set<String> reasons,
        Set<String> topics,
        Set<Long> ids,
        @Nullable Instant receivedAfter,
        @Nullable Instant receivedBefore,
        Set<String> statuses) {

    /** Waits for a person. */
    public static final String OPEN = "open";

    /** A replay applied it. */
    public static final String APPLIED = "applied";

    /** A person gave it up. */
    public static final String DISCARDED = "discarded";

    public static final String TAKES_ID = "the id of a dead letter: a whole number";

    private static final List<String> STATUSES = List.of(OPEN, APPLIED, DISCARDED);
    private static final int MOST_IDS = 1_000;
    private static final int MOST_WORDS = 100;
    private static final int LONGEST_WORD = 249; // of a topic's name

    /** Of a list: the open ones, unless it asks for others. */
    public static DeadLetterFilter of(QueryParameters parameters) {
        var filter = chosen(parameters);
        var statuses = parameters.all(
                "status",
                "one of " + String.join(", ", STATUSES),
                word -> Optional.of(word).filter(STATUSES::contains));
        return filter.with(statuses.isEmpty() ? Set.of(OPEN) : new TreeSet<>(statuses));
    }

    /** Of something that is done to open ones. */
    public static DeadLetterFilter chosen(QueryParameters parameters) {
        var reasons = new TreeSet<>(parameters.all("reason"));
        var topics = new TreeSet<>(parameters.all("topic"));
        var after = CallFilter.time(parameters, "received_after");
        var before = CallFilter.time(parameters, "received_before");
        if (after != null && before != null && !after.isBefore(before)) {
            parameters.reject("received_before", "must be later than received_after");
        }
        return new DeadLetterFilter(reasons, topics, Set.of(), after, before, Set.of(OPEN));
    }

    /** The same, as a body says it. */
    public static DeadLetterFilter chosen(JsonBody body) {
        var reasons = body.forms("reason", MOST_WORDS, "a reason such as not_json", DeadLetterFilter::word);
        var topics = body.forms("topic", MOST_WORDS, "a topic such as calls", DeadLetterFilter::word);
        var ids = body.forms("ids", MOST_IDS, TAKES_ID, DeadLetterFilter::id);
        var after = body.time("received_after").map(Timestamps::ceilToMicros).orElse(null);
        var before = body.time("received_before").map(Timestamps::ceilToMicros).orElse(null);
        if (after != null && before != null && !after.isBefore(before)) {
            body.reject("received_before", "must be later than received_after");
        }
        return new DeadLetterFilter(
                new TreeSet<>(reasons), new TreeSet<>(topics), new TreeSet<>(ids), after, before, Set.of(OPEN));
    }

    /** Whether it means all of them. */
    public boolean isEmpty() {
        return reasons.isEmpty()
                && topics.isEmpty()
                && ids.isEmpty()
                && receivedAfter == null
                && receivedBefore == null;
    }

    public static Optional<Long> id(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private DeadLetterFilter with(Set<String> wanted) {
        return new DeadLetterFilter(reasons, topics, ids, receivedAfter, receivedBefore, wanted);
    }

    private static Optional<String> word(String text) {
        return Optional.of(text)
                .filter(word -> !word.isBlank() && word.length() <= LONGEST_WORD)
                .filter(word -> word.chars().noneMatch(Character::isISOControl));
    }
}
