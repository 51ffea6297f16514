package io.switchboard.simulator.world;

import io.switchboard.simulator.script.ScriptedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An event of a call that was made: when it happens, and its deliveries. Owned by the simulator's event loop. */
public final class SimulatedEvent {
    private final SimulatedCall call;
    private final ScriptedEvent script;
    private final Instant timestamp;
    private final List<Delivery> deliveries = new ArrayList<>(1);

    SimulatedEvent(SimulatedCall call, ScriptedEvent script, Instant timestamp) {
        this.call = call;
        this.script = script;
        this.timestamp = timestamp;
    }

    public void add(Delivery delivery) {
        deliveries.add(delivery);
    }

    /** The body of every copy: the same bytes each time. */
    public byte[] body() {
        return call.encode(this);
    }

    public SimulatedCall call() {
        return call;
    }

    public ScriptedEvent script() {
        return script;
    }

    public Instant timestamp() {
        return timestamp;
    }

    public List<Delivery> deliveries() {
        return deliveries;
    }
}
