package io.switchboard.projector.report;

import org.jspecify.annotations.Nullable;

/**
 * The work of one extension.
 *
 * @param name null where nobody is known by it
 * @param handled answered calls in, attributed to it
 * @param outgoing calls it made
 * @param connected of those, answered ones
 * @param talkTime of the calls handled and connected: whole calls, counted by their start
 * @param rings how its phone rang
 */
public record AgentFigures(
        String account,
        String extension,
        @Nullable String name,
        long handled,
        long outgoing,
        long connected,
        Spread talkTime,
        Rings rings,
        Workload workload) {

    /**
     * Ring attempts of calls that began in the range.
     *
     * @param noAnswer rang, and neither it nor another that rang at the same time answered
     * @param answeredElsewhere rang until another answered
     * @param time from the ring to the answer, of those it answered
     */
    public record Rings(long attempts, long noAnswer, long answeredElsewhere, Spread time) {
        public static final Rings NONE = new Rings(0, 0, 0, Spread.NONE);
    }

    /**
     * Time in the range, in microseconds; nothing is counted twice.
     *
     * @param onCall connected to a call
     * @param known time of which a status is known; null when none is
     * @param onCallWhileKnown connected to a call while a status is known
     * @param available shown as available and not connected to a call
     */
    public record Workload(
            long onCall,
            @Nullable Long known,
            @Nullable Long onCallWhileKnown,
            @Nullable Long available) {
        public static final Workload NONE = new Workload(0, null, null, null);

        /** Between 0 and 1; null where no status is known, or it was neither on a call nor available. */
        public @Nullable Double occupancy() {
            if (onCallWhileKnown == null || available == null || onCallWhileKnown + available == 0) {
                return null;
            }
            return (double) onCallWhileKnown / (onCallWhileKnown + available);
        }
    }
}
