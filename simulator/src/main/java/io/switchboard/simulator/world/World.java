package io.switchboard.simulator.world;

import io.switchboard.simulator.script.CallKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The calls and text messages so far; the oldest are forgotten. Owned by the simulator's event loop. */
public final class World {
    public static final int MOST_CALLS = 10_000;
    public static final int MOST_TEXTS = 10_000;

    private final SequencedMap<UUID, SimulatedCall> calls = new LinkedHashMap<>();
    private final SequencedMap<UUID, TextMessage> texts = new LinkedHashMap<>();
    private final TimeIndex<SimulatedCall> callTimes = new TimeIndex<>();
    private final TimeIndex<TextMessage> textTimes = new TimeIndex<>();
    private final Map<String, Interaction> journal = new HashMap<>();
    private final Map<CallKind, Long> made = new EnumMap<>(CallKind.class);
    private long skipped;
    private long textsMade;

    public World() {
        Arrays.stream(CallKind.values()).forEach(kind -> made.put(kind, 0L));
    }

    public void add(SimulatedCall call) {
        calls.putLast(call.guid(), call);
        callTimes.add(call);
        journal.put(call.journalId(), call);
        made.merge(call.script().kind(), 1L, Long::sum);
        if (calls.size() > MOST_CALLS) {
            var oldest = calls.pollFirstEntry().getValue();
            callTimes.remove(oldest);
            journal.remove(oldest.journalId());
        }
    }

    public void add(TextMessage text) {
        texts.putLast(text.guid(), text);
        textTimes.add(text);
        journal.put(text.journalId(), text);
        textsMade++;
        if (texts.size() > MOST_TEXTS) {
            var oldest = texts.pollFirstEntry().getValue();
            textTimes.remove(oldest);
            journal.remove(oldest.journalId());
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

    /** Calls by the time at which they began, oldest first, both bounds included. */
    public Stream<SimulatedCall> callsBegun(Instant from, Instant to) {
        return callTimes.between(from, to);
    }

    /** Text messages by their time, oldest first, both bounds included. */
    public Stream<TextMessage> textsSent(Instant from, Instant to) {
        return textTimes.between(from, to);
    }

    /** A call or a text message by its id in the journal. */
    public Optional<Interaction> journal(String id) {
        return Optional.ofNullable(journal.get(id));
    }

    /** Calls made since the start, forgotten ones too. */
    public Map<CallKind, Long> made() {
        return made;
    }

    /** Text messages since the start, forgotten ones too. */
    public long textsMade() {
        return textsMade;
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
