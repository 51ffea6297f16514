package io.switchboard.simulator.delivery;

import io.switchboard.simulator.world.Delivery.Fate;
import java.util.EnumMap;
import java.util.Map;

/** How many deliveries met which fate, ever. Owned by the simulator's event loop. */
public final class Tally {
    private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);

    void add(Fate fate) {
        counts.merge(fate, 1L, Long::sum);
    }

    public long count(Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }
}
