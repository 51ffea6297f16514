package io.switchboard.projector.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of calls in that nobody took.
 *
 * @param callers those who still wait, the longest first: a slice
 */
public record FollowUp(Totals totals, List<Caller> callers) {
    public FollowUp {
        callers = List.copyOf(callers);
    }

    /**
     * Every lost call counts once.
     *
     * @param lost missed, sent to voicemail or dropped
     * @param withoutNumber of those, calls of clients whose number is not known: nobody can call them back
     * @param calledBack the first thing that happened within the window was a call to the client
     * @param reached of those, calls that the client answered
     * @param rangAgain the first thing that happened within the window was a call of the client that was answered
     * @param late responded to, but after the window
     * @param callersWaiting clients with a lost call that nobody has responded to until now
     * @param response from the end of the lost call to the response, within the window
     */
    public record Totals(
            long lost,
            long withoutNumber,
            long calledBack,
            long reached,
            long rangAgain,
            long late,
            long callersWaiting,
            Spread response) {

        /** Not responded to within the window. */
        public long open() {
            return lost - withoutNumber - calledBack - rangAgain;
        }
    }

    /**
     * A client who still waits.
     *
     * @param attempts how many calls of theirs were lost since somebody talked to them or tried to
     * @param first the earliest of them
     * @param last the latest of them
     */
    public record Caller(
            String account, String number, @Nullable String name, long attempts, LostCall first, LostCall last) {}

    /**
     * A call that nobody took.
     *
     * @param waited null where it is not known
     */
    public record LostCall(
            String id,
            @Nullable String businessNumber,
            String outcome,
            Instant startedAt,
            @Nullable Duration waited) {}
}
