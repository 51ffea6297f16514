package io.switchboard.projector.projection;

import io.switchboard.call.CallEvent;
import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call adds to its hour of {@code coverage_hour}: a pure function of its row.
 *
 * @param delay index into {@link #DELAYS} of how long after it could be known the call was known; their number when it took
 *     longer than the last
 */
record Coverage(String account, Instant hour, Doors doors, boolean open, int delay) {
    /** Upper ends of the delays told apart, inclusive. */
    static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1));

    /** Which doors told of the call. */
    enum Doors {
        WEBHOOK_ONLY,
        POLL_ONLY,
        BOTH
    }

    /** When each door told of a call first. */
    record FirstSeen(@Nullable Instant byWebhook, @Nullable Instant byPoll) {
        static FirstSeen of(Collection<CallEvent> events) {
            return new FirstSeen(earliest(events, Source.WEBHOOK), earliest(events, Source.POLL));
        }

        private static @Nullable Instant earliest(Collection<CallEvent> events, Source source) {
            return events.stream()
                    .filter(event -> event.source() == source)
                    .map(CallEvent::receivedAt)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    static Coverage of(String account, Instant startedAt, @Nullable Instant endedAt, boolean open, FirstSeen seen) {
        return new Coverage(
                account,
                startedAt.truncatedTo(ChronoUnit.HOURS),
                doors(seen),
                open,
                index(delay(startedAt, endedAt, seen)));
    }

    private static Doors doors(FirstSeen seen) {
        if (seen.byPoll() == null) {
            return Doors.WEBHOOK_ONLY;
        }
        return seen.byWebhook() == null ? Doors.POLL_ONLY : Doors.BOTH;
    }

    /** From the start to the first webhook; without one, from the end to the record, which cannot come earlier. */
    private static Duration delay(Instant startedAt, @Nullable Instant endedAt, FirstSeen seen) {
        if (seen.byWebhook() != null) {
            return between(startedAt, seen.byWebhook());
        }
        var knowable = endedAt == null ? startedAt : endedAt;
        return seen.byPoll() == null ? Duration.ZERO : between(knowable, seen.byPoll());
    }

    private static Duration between(Instant from, Instant to) {
        return Duration.between(from.truncatedTo(ChronoUnit.MICROS), to.truncatedTo(ChronoUnit.MICROS));
    }

    private static int index(Duration delay) {
        var index = 0;
        while (index < DELAYS.size() && delay.compareTo(DELAYS.get(index)) > 0) {
            index++;
        }
        return index;
    }
}
