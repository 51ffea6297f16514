package io.switchboard.projector.projection;

import io.switchboard.projector.projection.Item.Fact;
import io.switchboard.projector.projection.Item.Observed;
import io.switchboard.projector.projection.Item.Quarantined;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.projector.projection.Item.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction applies: records of any partitions, each partition's in the order of its offsets, and where the
 * tables must stand in each of them for the batch to be applicable.
 *
 * @param expected the position before the batch, of every partition that the items name; empty when no position moves
 *     ({@link #again})
 * @param refolded calls of which no record is new and that are folded anew from the events that the tables hold
 */
public record Batch(List<Item> items, Map<TopicPartition, Long> expected, List<CallKey> refolded) {

    public Batch {
        if (items.isEmpty() && refolded.isEmpty()) {
            throw new IllegalArgumentException("a batch has items");
        }
        items = List.copyOf(items);
        expected = Map.copyOf(expected);
        refolded = List.copyOf(refolded);
    }

    public Batch(List<Item> items, Map<TopicPartition, Long> expected) {
        this(items, expected, List.of());
    }

    /** Records that are applied outside the order of the log: wherever the tables stand, they go on standing there. */
    public static Batch again(List<Item> items) {
        return new Batch(items, Map.of());
    }

    /** Calls whose rows are made from the events that are stored. */
    public static Batch refold(List<CallKey> calls) {
        return new Batch(List.of(), Map.of(), calls);
    }

    /**
     * A position's step.
     *
     * @param next offset of the first record that the batch does not hold
     * @param lastReceivedAt when the newest of its events reached the system; null when no record said
     */
    public record Move(
            TopicPartition partition,
            long expected,
            long next,
            Instant lastRecordAt,
            @Nullable Instant lastReceivedAt) {}

    public int size() {
        return items.size() + refolded.size();
    }

    public List<Fact> facts() {
        return only(Fact.class);
    }

    public List<Observed> observed() {
        return only(Observed.class);
    }

    public List<Quarantined> quarantined() {
        return only(Quarantined.class);
    }

    public List<StateEntry> states() {
        return only(State.class).stream().map(State::entry).toList();
    }

    public List<Refused> refusals() {
        return only(Refused.class);
    }

    public Set<TopicPartition> partitions() {
        return expected.keySet();
    }

    /** The steps of all its positions, in the order in which their rows are locked. */
    public List<Move> moves() {
        if (expected.isEmpty()) {
            return List.of();
        }
        var moves = new HashMap<TopicPartition, Move>();
        for (var item : items) {
            var first = Objects.requireNonNull(expected.get(item.partition()));
            moves.merge(
                    item.partition(),
                    new Move(item.partition(), first, item.record().offset() + 1, item.appendedAt(), item.receivedAt()),
                    (before, after) -> new Move(
                            before.partition(),
                            before.expected(),
                            after.next(),
                            after.lastRecordAt(),
                            latest(before.lastReceivedAt(), after.lastReceivedAt())));
        }
        return moves.values().stream()
                .sorted(Comparator.<Move, String>comparing(
                                move -> move.partition().topic())
                        .thenComparing(move -> move.partition().partition()))
                .toList();
    }

    /** The positions after the batch. */
    public Map<TopicPartition, Long> next() {
        var next = new HashMap<TopicPartition, Long>();
        items.forEach(item -> next.put(item.partition(), item.record().offset() + 1));
        return next;
    }

    /** Two batches that, applied one after the other, are this one. */
    public List<Batch> halves() {
        var middle = size() / 2;
        if (expected.isEmpty()) {
            return halvesAgain(middle);
        }
        var first = part(items.subList(0, middle), expected);
        var between = new HashMap<>(expected);
        between.putAll(first.next());
        return List.of(first, part(items.subList(middle, size()), between));
    }

    private List<Batch> halvesAgain(int middle) {
        return items.isEmpty()
                ? List.of(refold(refolded.subList(0, middle)), refold(refolded.subList(middle, size())))
                : List.of(again(items.subList(0, middle)), again(items.subList(middle, size())));
    }

    /** This batch of one as a dead letter. */
    public Batch refused(RefusalReason reason, String detail) {
        return new Batch(
                items.stream().<Item>map(item -> item.refused(reason, detail)).toList(), expected);
    }

    /** A batch of the given items with just the positions they need. */
    public static Batch part(List<Item> items, Map<TopicPartition, Long> positions) {
        var needed = new HashMap<TopicPartition, Long>();
        for (var item : items) {
            needed.computeIfAbsent(item.partition(), partition -> Objects.requireNonNull(positions.get(partition)));
        }
        return new Batch(items, needed);
    }

    private <T extends Item> List<T> only(Class<T> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static @Nullable Instant latest(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }
}
