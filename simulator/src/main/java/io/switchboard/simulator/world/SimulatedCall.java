package io.switchboard.simulator.world;

import io.switchboard.simulator.script.ScriptedCall;
import io.switchboard.simulator.wire.WebhookCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A call that was made: its script, its place in time, the wire format it is told in. */
public final class SimulatedCall {
    private final ScriptedCall script;
    private final Instant startedAt;
    private final WebhookCodec codec;
    private final List<SimulatedEvent> events;

    /** @param speed how many times faster than scripted the call runs */
    public SimulatedCall(ScriptedCall script, Instant startedAt, double speed, WebhookCodec codec) {
        this.script = script;
        this.startedAt = startedAt;
        this.codec = codec;
        this.events = script.events().stream()
                .map(event -> new SimulatedEvent(this, event, startedAt.plus(compressed(event.at(), speed))))
                .toList();
    }

    /** How long a scripted time takes at a speed. */
    static Duration compressed(Duration scripted, double speed) {
        return Duration.ofNanos(Math.round(scripted.toNanos() / speed));
    }

    public ScriptedCall script() {
        return script;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant endsAt() {
        return events.getLast().timestamp();
    }

    public List<SimulatedEvent> events() {
        return events;
    }

    /** The wire format of all its events. */
    public WebhookCodec codec() {
        return codec;
    }

    byte[] encode(SimulatedEvent event) {
        return codec.encode(script, event.script(), event.timestamp(), Duration.between(startedAt, event.timestamp()));
    }
}
