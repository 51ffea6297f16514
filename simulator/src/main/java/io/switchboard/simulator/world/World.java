package io.switchboard.simulator.world;

import io.switchboard.simulator.script.CallKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.UUID;

/** The calls made so far; the oldest are forgotten. Owned by the simulator's event loop. */
public final class World {
    public static final int MOST_CALLS = 10_000;

    private final SequencedMap<UUID, SimulatedCall> calls = new LinkedHashMap<>();
    private final Map<CallKind, Long> made = new EnumMap<>(CallKind.class);
    private long skipped;

    public World() {
        Arrays.stream(CallKind.values()).forEach(kind -> made.put(kind, 0L));
    }

    public void add(SimulatedCall call) {
        calls.putLast(call.script().id(), call);
        made.merge(call.script().kind(), 1L, Long::sum);
        if (calls.size() > MOST_CALLS) {
            calls.pollFirstEntry();
        }
    }

    /** Notes a call that was due but not made, because too much was waiting to be delivered. */
    public void skip() {
        skipped++;
    }

    public SequencedCollection<SimulatedCall> newestFirst() {
        return calls.sequencedValues().reversed();
    }

    public Optional<SimulatedCall> find(UUID id) {
        return Optional.ofNullable(calls.get(id));
    }

    /** Calls made since the start, forgotten ones too. */
    public Map<CallKind, Long> made() {
        return made;
    }

    public long skipped() {
        return skipped;
    }

    public long inProgress(Instant now) {
        return calls.values().stream()
                .filter(call -> call.endsAt().isAfter(now))
                .count();
    }
}
