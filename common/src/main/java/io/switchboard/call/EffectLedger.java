package io.switchboard.call;

import io.switchboard.call.Disagreement.Field;
import io.switchboard.call.RecordSummary.Found;
import io.switchboard.event.EventId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Notes during a fold which event set which field, and where events and records disagree. Owned by one fold. */
final class EffectLedger {
    private final Map<EventId, TreeSet<String>> sets = new HashMap<>();
    private final Map<Field, Disagreement> disagreements = new EnumMap<>(Field.class);

    /** Notes that a field's value comes from this event; nothing when no event gave it. */
    void note(String field, @Nullable CallEvent event) {
        if (event != null
                && !sets.computeIfAbsent(event.id(), id -> new TreeSet<>()).add(field)) {
            return; // noted before: an event may touch several legs
        }
    }

    void note(String field, @Nullable KnownEvent known) {
        note(field, known == null ? null : known.event());
    }

    /** Notes that the events tell one thing of a field and a record another. */
    void disagree(Field field, Object told, Found<?> recorded) {
        disagreements.put(
                field,
                new Disagreement(
                        field,
                        told.toString(),
                        recorded.value().toString(),
                        recorded.event().id()));
    }

    List<Disagreement> disagreements() {
        return List.copyOf(disagreements.values());
    }

    /** The effect of every event, those without any included. */
    Map<EventId, EventEffect> effects(Collection<CallEvent> events, Predicate<CallEvent> isAfterEnd) {
        var effects = new LinkedHashMap<EventId, EventEffect>();
        for (var event : events) {
            var noted = sets.get(event.id());
            Set<String> fields = noted == null ? Set.of() : Collections.unmodifiableSortedSet(noted);
            effects.put(event.id(), new EventEffect(fields, isAfterEnd.test(event), disagreesOf(event)));
        }
        return Collections.unmodifiableMap(effects);
    }

    private Set<Field> disagreesOf(CallEvent event) {
        var fields = EnumSet.noneOf(Field.class);
        for (var disagreement : disagreements.values()) {
            if (disagreement.record().equals(event.id())) {
                fields.add(disagreement.field());
            }
        }
        return Collections.unmodifiableSet(fields);
    }
}
