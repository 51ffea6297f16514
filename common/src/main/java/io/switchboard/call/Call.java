package io.switchboard.call;

import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call as folded from its events. Unknown is null, never zero and never a guess. What depends on the clock (an open call
 * that fell silent, the age that ends {@code provisional}) is not in here: it is computed when the call is read.
 *
 * @param id the provider's call id, lower case when it is a GUID
 * @param client the other side; null on internal calls and where no event names it
 * @param businessNumber the account's number that was called or that called
 * @param agent who answered first or, on outgoing and internal calls, who dialled
 * @param waitTime time to answer, or to the end of a call that nobody answered
 * @param talkTime from the first answer to the end, transfers included
 * @param duration of the whole call
 * @param legs ordered by first time, then extension
 * @param sources the doors its events came through
 * @param confirmed whether a call record has confirmed it
 * @param lastEventAt time of the latest event: what silence is measured from
 * @param version number of distinct events known of it; grows with each of them
 */
public record Call(
        String account,
        String id,
        Direction direction,
        State state,
        @Nullable Outcome outcome,
        @Nullable Client client,
        @Nullable String businessNumber,
        @Nullable Agent agent,
        Instant startedAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable Duration waitTime,
        @Nullable Duration talkTime,
        @Nullable Duration duration,
        List<Leg> legs,
        Recording recording,
        Set<Source> sources,
        boolean confirmed,
        Instant lastEventAt,
        int version) {

    /** Which way a call went, seen from the account. */
    public enum Direction {
        INBOUND,
        OUTBOUND,
        CALLBACK,
        INTERNAL,
        UNKNOWN
    }

    /** Where a call stands. */
    public enum State {
        RINGING,
        CONNECTED,
        ENDED,
        UNKNOWN
    }

    /** How a call ended; null while it is open. */
    public enum Outcome {
        ANSWERED,
        MISSED,
        VOICEMAIL,
        DROPPED,
        /** An outgoing call or callback that nobody answered. */
        UNANSWERED,
        UNKNOWN
    }

    /** The person outside: a number, or the name of the site widget a call came from. */
    public record Client(String number, @Nullable String name) {}

    /** The person inside. */
    public record Agent(String extension, @Nullable String name) {}

    /** One extension's part in a call: a ring attempt, a connect without a ring, or the dialler's own. */
    public record Leg(
            String extension,
            @Nullable Instant ringingAt,
            @Nullable Instant connectedAt,
            @Nullable Instant endedAt,
            LegResult result) {}

    /** What came of a leg. */
    public enum LegResult {
        RINGING,
        TALKING,
        /** Talked, and ended. */
        ANSWERED,
        /** Another extension, ringing at the same time, answered. */
        ANSWERED_ELSEWHERE,
        NO_ANSWER,
        UNKNOWN
    }

    /** Whether there is a recording, and where the provider keeps it. */
    public record Recording(Status status, @Nullable String uri) {
        public static final Recording NONE = new Recording(Status.NONE, null);

        /** What is known of a recording. */
        public enum Status {
            NONE,
            READY
        }
    }

    /** The word for a value of these enumerations in tables and answers: lower case. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
