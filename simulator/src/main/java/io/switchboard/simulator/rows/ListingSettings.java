package io.switchboard.simulator.rows;

import io.switchboard.simulator.switches.Position;
import io.switchboard.simulator.switches.Switches;
import io.switchboard.simulator.switches.Toggle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is listed, when, and in which order.
 *
 * @param recordDelay how long after its end a call is listed
 * @param recordingDelay how long after that its recording is
 * @param inProgress whether calls are listed from their beginning
 */
public record ListingSettings(
        Duration recordDelay,
        Duration recordingDelay,
        Order calls,
        Order voicemails,
        Order journal,
        Bounds bounds,
        WindowOn windowOn,
        Scope scope,
        Toggle inProgress) {
    public static final ListingSettings STANDARD = new ListingSettings(
            Duration.ofSeconds(10),
            Duration.ofMinutes(3),
            Order.NEWEST_FIRST,
            Order.NEWEST_FIRST,
            Order.NEWEST_FIRST,
            Bounds.BOTH,
            WindowOn.START,
            Scope.ACCOUNT,
            Toggle.OFF);

    /** How a list is sorted. */
    public enum Order implements Position {
        NEWEST_FIRST,
        OLDEST_FIRST;

        /** A list that is given oldest first, in this order. */
        public <T> List<T> sort(List<T> oldestFirst) {
            return this == OLDEST_FIRST ? oldestFirst : oldestFirst.reversed();
        }
    }

    /** Which ends of a window of time belong to it. */
    public enum Bounds implements Position {
        BOTH,
        START,
        END,
        NEITHER;

        /** Whether a window contains a time. */
        public boolean hold(Instant time, Instant start, Instant end) {
            var afterStart = time.isAfter(start) || (this == BOTH || this == START) && time.equals(start);
            var beforeEnd = time.isBefore(end) || (this == BOTH || this == END) && time.equals(end);
            return afterStart && beforeEnd;
        }
    }

    /** Which time of a call must lie in the window asked for. */
    public enum WindowOn implements Position {
        START,
        END
    }

    /** Whose calls {@code /calls} lists. */
    public enum Scope implements Position {
        ACCOUNT,
        /** Those of the user whom the token belongs to. */
        USER
    }

    /** Reads the variables that are set; the others keep their present value. */
    public static ListingSettings read(Switches switches, ListingSettings present) {
        return new ListingSettings(
                switches.millis("SIMULATOR_CALL_RECORD_DELAY_MS", present.recordDelay, Duration.ZERO, Switches.LONGEST),
                switches.millis(
                        "SIMULATOR_RECORDING_DELAY_MS", present.recordingDelay, Duration.ZERO, Switches.LONGEST),
                switches.position("SIMULATOR_API_CALLS_ORDER", present.calls, Order.values()),
                switches.position("SIMULATOR_API_VOICEMAILS_ORDER", present.voicemails, Order.values()),
                switches.position("SIMULATOR_API_JOURNAL_ORDER", present.journal, Order.values()),
                switches.position("SIMULATOR_API_BOUNDS", present.bounds, Bounds.values()),
                switches.position("SIMULATOR_API_WINDOW_ON", present.windowOn, WindowOn.values()),
                switches.position("SIMULATOR_API_CALLS_OF", present.scope, Scope.values()),
                switches.toggle("SIMULATOR_API_CALLS_IN_PROGRESS", present.inProgress));
    }
}
