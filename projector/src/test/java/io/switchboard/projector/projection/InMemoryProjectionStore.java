package io.switchboard.projector.projection;

import io.switchboard.call.Call;
import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFold;
import io.switchboard.call.FoldedCall;
import io.switchboard.event.EventId;
import io.switchboard.projector.projection.Item.Refused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** The tables, with the same compare-and-set and the same fold; tests add trouble. */
final class InMemoryProjectionStore implements ProjectionStore {
    final Map<TopicPartition, Long> positions = new HashMap<>();
    final Map<EventId, CallEvent> events = new TreeMap<>();
    final List<Refused> deadLetters = new ArrayList<>();
    final Deque<Function<Batch, Answer>> trouble = new ArrayDeque<>();
    final Deque<PositionsAnswer> positionsTrouble = new ArrayDeque<>();
    Predicate<Item> poison = item -> false;
    int batches;

    @Override
    public Answer apply(Batch batch) {
        var answer = trouble.poll();
        return answer == null ? commit(batch) : answer.apply(batch);
    }

    Answer commit(Batch batch) {
        if (!batch.moves().stream()
                .allMatch(move -> Objects.equals(positions.get(move.partition()), move.expected()))) {
            return new Conflict();
        }
        if (batch.items().stream().anyMatch(item -> !(item instanceof Refused) && poison.test(item))) {
            return new Fatal(RefusalReason.DATA_REJECTED, "SQLSTATE 22000");
        }
        batches++;
        var fresh = new HashSet<EventId>();
        for (var fact : batch.facts()) {
            if (events.putIfAbsent(fact.event().id(), fact.event()) == null) {
                fresh.add(fact.event().id());
            }
        }
        deadLetters.addAll(batch.refusals());
        positions.putAll(batch.next());
        return new Applied(fresh, List.of());
    }

    @Override
    public PositionsAnswer positions(Map<TopicPartition, Long> absent) {
        var answer = positionsTrouble.poll();
        if (answer != null) {
            return answer;
        }
        absent.forEach(positions::putIfAbsent);
        var asked = new HashMap<>(positions);
        asked.keySet().retainAll(absent.keySet());
        return new Positions(asked);
    }

    @Override
    public PositionsAnswer rewind(TopicPartition partition, long seen, long offset) {
        return positions.replace(partition, seen, offset) ? new Positions(Map.of(partition, offset)) : new Conflict();
    }

    /** The rows of the calls, by id. */
    Map<String, Call> calls() {
        var byCall = new TreeMap<String, List<CallEvent>>();
        events.values()
                .forEach(event -> byCall.computeIfAbsent(event.callId(), id -> new ArrayList<>())
                        .add(event));
        var calls = new TreeMap<String, Call>();
        byCall.forEach((id, all) -> CallFold.fold(all).map(FoldedCall::call).ifPresent(call -> calls.put(id, call)));
        return calls;
    }

    Set<TopicPartition> partitions() {
        return positions.keySet();
    }
}
