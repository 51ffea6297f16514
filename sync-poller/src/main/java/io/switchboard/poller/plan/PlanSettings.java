package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Run.Depth;
import java.time.Duration;
import java.util.List;

/**
 * How often what is read, and how far back, at most: the budget may stretch every interval.
 *
 * @param dailyRequests most requests in 24 hours
 * @param rhythms the passes of every resource; the first of each sets its pulse, the others take its place when due
 * @param pageSize rows asked for at once; of contacts a tenth of it
 */
public record PlanSettings(int dailyRequests, List<Rhythm> rhythms, int pageSize) {

    /**
     * One pass.
     *
     * @param active interval while calls are under way
     * @param quiet interval otherwise
     * @param back how far before now it begins
     * @param share the part of its purpose's pace that it may take; shares may add up to more than one
     */
    record Rhythm(Resource resource, Depth depth, Duration active, Duration quiet, Duration back, double share) {}

    public PlanSettings {
        dailyRequests = Math.clamp(dailyRequests, 0, 10_000_000);
        rhythms = List.copyOf(rhythms);
        pageSize = Math.clamp(pageSize, 10, 1000);
    }

    /** The documented rhythms under that limit. */
    public static PlanSettings ofDailyRequests(int dailyRequests) {
        return new PlanSettings(dailyRequests, RHYTHMS, 1000);
    }

    int pageSize(Resource resource) {
        return resource == Resource.CONTACTS ? pageSize / 10 : pageSize;
    }

    private static final List<Rhythm> RHYTHMS = List.of(
            new Rhythm(Resource.CALLS, Depth.RECENT, seconds(75), minutes(5), minutes(30), 0.9),
            new Rhythm(Resource.CALLS, Depth.REACH, minutes(5), minutes(5), hours(4), 0.25),
            new Rhythm(Resource.CALLS, Depth.DEEP, hours(1), hours(1), hours(26), 0.15),
            new Rhythm(Resource.JOURNAL, Depth.RECENT, minutes(5), minutes(15), hours(1), 0.5),
            new Rhythm(Resource.JOURNAL, Depth.DEEP, hours(1), hours(1), hours(26), 0.15),
            new Rhythm(Resource.VOICEMAILS, Depth.RECENT, minutes(15), minutes(15), hours(26), 0.2),
            new Rhythm(Resource.VOICEMAILS, Depth.DEEP, hours(6), hours(6), hours(192), 0.1),
            new Rhythm(Resource.AGENT_STATUS, Depth.FULL, minutes(15), minutes(15), minutes(0), 0.2),
            new Rhythm(Resource.CONTACTS, Depth.RECENT, minutes(30), minutes(30), minutes(10), 0.2),
            new Rhythm(Resource.CONTACTS, Depth.FULL, hours(24), hours(24), minutes(0), 0.2),
            new Rhythm(Resource.PHONE_NUMBERS, Depth.FULL, hours(1), hours(1), minutes(0), 0.1),
            new Rhythm(Resource.TEAM, Depth.FULL, hours(1), hours(1), minutes(0), 0.1),
            new Rhythm(Resource.PROFILES, Depth.FULL, hours(24), hours(24), minutes(0), 0.1));

    private static Duration seconds(int n) {
        return Duration.ofSeconds(n);
    }

    private static Duration minutes(int n) {
        return Duration.ofMinutes(n);
    }

    private static Duration hours(int n) {
        return Duration.ofHours(n);
    }
}
