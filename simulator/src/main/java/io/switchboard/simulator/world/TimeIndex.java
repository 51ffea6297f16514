package io.switchboard.simulator.world;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Interactions by the time at which they began. Owned by the simulator's event loop. */
final class TimeIndex<T extends Interaction> {
    private final NavigableMap<Key, T> byTime = new TreeMap<>();

    private record Key(Instant at, String id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            var order = at.compareTo(other.at);
            return order != 0 ? order : id.compareTo(other.id);
        }
    }

    void add(T interaction) {
        byTime.put(key(interaction), interaction);
    }

    void remove(T interaction) {
        byTime.remove(key(interaction));
    }

    /** Oldest first, both bounds included. */
    Stream<T> between(Instant from, Instant to) {
        return from.isAfter(to)
                ? Stream.empty()
                : byTime.subMap(new Key(from, ""), true, new Key(to, "~"), true).values().stream();
    }

    private static Key key(Interaction interaction) {
        return new Key(interaction.startedAt(), interaction.journalId());
    }
}
