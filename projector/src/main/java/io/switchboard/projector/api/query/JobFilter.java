package io.switchboard.projector.api.query;

import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which jobs are asked for; an empty set stands for all. */
public record JobFilter(Set<String> kinds, Set<String> statuses) {
    private static final List<String> KINDS = words(
            Order.Kind.SYNC,
            Order.Kind.BACKFILL,
            Order.Kind.COMMAND,
            Order.Kind.DEAD_LETTERS,
            Order.Kind.REPLAY,
            Order.Kind.REBUILD);
    private static final List<String> STATUSES = words(Job.Status.values());

    public static JobFilter of(QueryParameters parameters) {
        return new JobFilter(words(parameters, "kind", KINDS), words(parameters, "status", STATUSES));
    }

    private static Set<String> words(QueryParameters parameters, String name, List<String> allowed) {
        return new TreeSet<>(parameters.all(
                name,
                "one of " + String.join(", ", allowed),
                value -> allowed.contains(value) ? Optional.of(value) : Optional.empty()));
    }

    private static List<String> words(Enum<?>... values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
