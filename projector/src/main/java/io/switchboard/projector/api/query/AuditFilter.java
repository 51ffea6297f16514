package io.switchboard.projector.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit are asked for; empty sets ask for nothing in particular.
 *
 * @param actors names of those who did it
 * @param actions such as {@code sync.order}
 * @param after the first instant inside, microseconds
 * @param before the first instant outside again, microseconds
 */
public record AuditFilter(
        Set<String> actors,
        Set<String> actions,
        Set<String> outcomes,
        @Nullable Instant after,
        @Nullable Instant before) {
    private static final int LONGEST_ACTOR = 140;
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
    private static final List<String> OUTCOMES = List.of("allowed", "denied", "failed");

    public static AuditFilter of(QueryParameters parameters) {
        var after = CallFilter.time(parameters, "after");
        var before = CallFilter.time(parameters, "before");
        if (after != null && before != null && !before.isAfter(after)) {
            parameters.reject("before", "must be later than after");
        }
        return new AuditFilter(
                words(parameters, "actor", "a name of at most " + LONGEST_ACTOR + " characters", AuditFilter::actor),
                words(parameters, "action", "an action such as sync.order", AuditFilter::action),
                words(parameters, "outcome", "one of " + String.join(", ", OUTCOMES), AuditFilter::outcome),
                after,
                before);
    }

    private static Set<String> words(
            QueryParameters parameters, String name, String takes, Function<String, Optional<String>> parse) {
        return new TreeSet<>(parameters.all(name, takes, parse));
    }

    private static Optional<String> actor(String text) {
        return text.length() <= LONGEST_ACTOR ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> action(String text) {
        return ACTION.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> outcome(String text) {
        return OUTCOMES.contains(text) ? Optional.of(text) : Optional.empty();
    }
}
