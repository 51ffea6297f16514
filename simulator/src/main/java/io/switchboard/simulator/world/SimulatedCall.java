package io.switchboard.simulator.world;

import io.switchboard.simulator.script.ScriptedCall;
import io.switchboard.simulator.script.ScriptedEvent.Reach;
import io.switchboard.simulator.wire.WebhookCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A call that was made: its script, its place in time, the wire format it is told in. */
public final class SimulatedCall implements Interaction {
    private final ScriptedCall script;
    private final Instant startedAt;
    private final WebhookCodec codec;
    private final List<SimulatedEvent> events;
    private final CallFacts facts;
    private final String journalId;
    private final Marks marks = new Marks();

    /** @param speed how many times faster than scripted the call runs */
    public SimulatedCall(ScriptedCall script, Instant startedAt, double speed, WebhookCodec codec) {
        this.script = script;
        this.startedAt = startedAt;
        this.codec = codec;
        this.events = script.events().stream()
                .map(event -> new SimulatedEvent(this, event, startedAt.plus(compressed(event.at(), speed))))
                .toList();
        this.facts = CallFacts.of(this);
        this.journalId = Interaction.journalId(startedAt, script.id());
    }

    /** How long a scripted time takes at a speed. */
    static Duration compressed(Duration scripted, double speed) {
        return Duration.ofNanos(Math.round(scripted.toNanos() / speed));
    }

    public ScriptedCall script() {
        return script;
    }

    @Override
    public UUID guid() {
        return script.id();
    }

    @Override
    public String journalId() {
        return journalId;
    }

    @Override
    public Marks marks() {
        return marks;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    /** When it ends; of a call that never does, when its last event happens. */
    public Instant endsAt() {
        return events.getLast().timestamp();
    }

    /** Whether it ends at all. */
    public boolean ends() {
        return events.getLast().script().reach() == Reach.WHOLE_CALL_END;
    }

    public List<SimulatedEvent> events() {
        return events;
    }

    /** What its record says. */
    public CallFacts facts() {
        return facts;
    }

    /** The wire format of all its events. */
    public WebhookCodec codec() {
        return codec;
    }

    byte[] encode(SimulatedEvent event) {
        return codec.encode(script, event.script(), event.timestamp(), Duration.between(startedAt, event.timestamp()));
    }
}
