package io.switchboard.projector.projection;

import io.switchboard.event.EventId;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The order of observations of one thing: by time, then by event id, so that any two of them are told apart. */
record Stamp(Instant at, EventId event) implements Comparable<Stamp> {
    private static final Comparator<Stamp> ORDER =
            Comparator.comparing(Stamp::at).thenComparing(Stamp::event);

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }

    static boolean isLater(@Nullable Stamp a, @Nullable Stamp b) {
        return a != null && (b == null || a.compareTo(b) > 0);
    }
}
