package io.switchboard.call;

import io.switchboard.call.EventName.Family;
import io.switchboard.call.EventName.Phase;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A webhook event whose name the table knows, with the time at which it counts. */
record KnownEvent(CallEvent event, EventName name, Instant at) {

    /** Time, then lifecycle, then event id. */
    static final Comparator<KnownEvent> ORDER = Comparator.comparing(KnownEvent::at)
            .thenComparing(KnownEvent::phase)
            .thenComparing(known -> known.event().id());

    /** What an event ends. */
    enum End {
        NOTHING,
        LEG,
        /** The call, unless a later ring or connect reopens it. */
        CALL_TENTATIVELY,
        CALL_FINALLY
    }

    Phase phase() {
        return name.phase();
    }

    Family family() {
        return name.family();
    }

    @Nullable
    String extension() {
        return event.extension();
    }

    /** Whether its time is the provider's; an arrival says nothing against a record. */
    boolean isTimed() {
        return event.timeSource() == CallEvent.TimeSource.PROVIDER;
    }

    End end() {
        return switch (phase()) {
            case START, RING, STOP_RING, CONNECT -> End.NOTHING;
            case LEG_COMPLETE -> End.LEG;
            case COMPLETE ->
                family() == Family.OUTGOING ? End.CALL_TENTATIVELY : extension() == null ? End.CALL_FINALLY : End.LEG;
        };
    }
}
