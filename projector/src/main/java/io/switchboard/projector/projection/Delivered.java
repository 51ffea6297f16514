package io.switchboard.projector.projection;

import io.switchboard.event.EventId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a batch holds of one event: its earliest delivery (earliest receipt, then place in the log) and the times of all.
 * A delivery is known by its time of receipt: the same one may stand in the log twice.
 *
 * @param times distinct, ascending, at most {@link #MOST_TIMES}
 */
record Delivered<T extends Item>(T first, List<Instant> times) {
    /** How many deliveries of one event are told apart: the earliest ones. */
    static final int MOST_TIMES = 100;

    private record Key(String account, EventId id) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::id).thenComparing(Key::account);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    static List<Delivered<Item.Fact>> facts(Collection<Item.Fact> facts) {
        return group(facts, fact -> new Key(fact.event().account(), fact.event().id()), Item.Fact::receivedAt);
    }

    static List<Delivered<Item.Quarantined>> quarantined(Collection<Item.Quarantined> items) {
        return group(items, item -> new Key(item.account(), item.id()), Item.Quarantined::receivedAt);
    }

    /** All times as a Postgres array; null when there is only one, which the row's own receipt tells. */
    @Nullable
    String timesArray() {
        return times.size() < 2
                ? null
                : times.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static <T extends Item> List<Delivered<T>> group(
            Collection<T> items, Function<T, Key> key, Function<T, Instant> receivedAt) {
        Map<Key, List<T>> groups = new TreeMap<>();
        for (var item : items) {
            groups.computeIfAbsent(key.apply(item), k -> new ArrayList<>(1)).add(item);
        }
        var earliestFirst = Comparator.comparing(receivedAt)
                .thenComparing(item -> item.record().topic())
                .thenComparing(item -> item.record().partition())
                .thenComparing(item -> item.record().offset());
        return groups.values().stream()
                .map(group -> of(group, earliestFirst, receivedAt))
                .toList();
    }

    private static <T extends Item> Delivered<T> of(
            List<T> group, Comparator<T> earliestFirst, Function<T, Instant> receivedAt) {
        if (group.size() == 1) {
            return new Delivered<>(group.getFirst(), List.of(receivedAt.apply(group.getFirst())));
        }
        var times = group.stream().map(receivedAt).collect(Collectors.toCollection(TreeSet::new));
        var first = group.stream().min(earliestFirst).orElseThrow();
        return new Delivered<>(first, times.stream().limit(MOST_TIMES).toList());
    }
}
