package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.PlanSettings.Rhythm;
import io.switchboard.poller.plan.Run.Depth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a resource is due, and over which window it is read then.
 *
 * <p>A resource has a pulse, the interval of its first rhythm. Each beat is one pass, the deepest that is due: a pass that
 * reaches further back takes the place of the shorter one and costs more only where it has more pages; where it has not, it
 * comes a beat early rather than a beat late.
 *
 * <p>Intervals stretch with what is left of the budget: at most four times what is left may be spent in a day's time, at
 * least the quota itself while more than 15 % of it is left. So a purpose nears its quota ever more slowly and never runs
 * dry at once, while a quiet night is saved for a busy morning.
 */
final class Cadence {
    private static final Duration OVERLAP = Duration.ofMinutes(30);
    private static final Duration FIRST_WINDOW = Duration.ofHours(24);
    private static final Duration LONGEST_GAP = Duration.ofDays(31);
    private static final Duration FURTHEST_UNSETTLED = Duration.ofHours(26);

    private Cadence() {}

    static Purpose purpose(Resource resource) {
        return resource == Resource.CALLS ? Purpose.LIVE : Purpose.RESOURCES;
    }

    /** Makes the next beat one that is due now. */
    static void soon(Draft draft, Resource resource) {
        rhythms(draft, resource).stream()
                .findFirst()
                .ifPresent(pulse -> draft.put(
                        resource,
                        draft.resource(resource).without(pulse.depth()).dueAt(draft.now)));
    }

    /** When the next pass of the resource is due; in the past when it is overdue. */
    static Instant dueAt(Draft draft, Resource resource) {
        var rhythms = rhythms(draft, resource);
        if (rhythms.isEmpty()) {
            return draft.now.plus(Times.DAY);
        }
        var pulse = rhythms.getFirst();
        var last = draft.resource(resource).pass(pulse.depth());
        if (last == null) {
            return Instant.EPOCH;
        }
        return Times.min(last.at(), draft.now).plus(interval(draft, pulse, last.pages()));
    }

    /** The pass that a beat makes now. */
    static Run begin(Draft draft, Resource resource) {
        var rhythms = rhythms(draft, resource);
        var deepest = rhythms.getFirst();
        for (var rhythm : rhythms) {
            deepest = isDue(draft, rhythm, rhythms.getFirst()) ? rhythm : deepest;
        }
        return run(draft, deepest);
    }

    /** Before the next beat if it costs nothing, else not before its time. */
    private static boolean isDue(Draft draft, Rhythm rhythm, Rhythm pulse) {
        var last = draft.resource(rhythm.resource()).pass(rhythm.depth());
        if (last == null) {
            return true;
        }
        var extra = last.pages() - 1;
        var nextBeat = extra > 0 ? draft.now : draft.now.plus(interval(draft, pulse, 1));
        return !Times.min(last.at(), draft.now)
                .plus(interval(draft, rhythm, extra))
                .isAfter(nextBeat);
    }

    private static List<Rhythm> rhythms(Draft draft, Resource resource) {
        return draft.settings.rhythms().stream()
                .filter(rhythm -> rhythm.resource() == resource)
                .toList();
    }

    private static Duration interval(Draft draft, Rhythm rhythm, int cost) {
        var base = draft.attention.active() ? rhythm.active() : rhythm.quiet();
        return Times.max(base, pace(draft.ledger, purpose(rhythm.resource()), cost, rhythm.share()));
    }

    /** How long the cost of one pass should last. */
    static Duration pace(Ledger ledger, Purpose purpose, int cost, double share) {
        if (cost <= 0) {
            return Duration.ZERO;
        }
        var left = ledger.left(purpose);
        var quota = ledger.quotas().of(purpose);
        var perDay = share * Math.max(Math.min(quota, left / 0.15), left * 4.0);
        return perDay <= 0
                ? Times.DAY
                : Times.min(Times.DAY, Duration.ofSeconds(Math.round(Times.DAY.toSeconds() * cost / perDay)));
    }

    private static Run run(Draft draft, Rhythm rhythm) {
        var resource = rhythm.resource();
        var size = draft.settings.pageSize(resource);
        return switch (resource) {
            case CALLS, JOURNAL, VOICEMAILS ->
                Run.over(rhythm.depth(), draft.now, from(draft, rhythm), draft.now, size);
            case CONTACTS -> Run.over(rhythm.depth(), draft.now, changedSince(draft, rhythm), null, size);
            case PHONE_NUMBERS, TEAM, PROFILES, AGENT_STATUS -> Run.over(rhythm.depth(), draft.now, null, null, size);
        };
    }

    /** From the depth of the pass, from what is still awaited, or from where the last success ended: the earliest. */
    private static Instant from(Draft draft, Rhythm rhythm) {
        var now = draft.now;
        var from = now.minus(rhythm.back());
        var through = draft.resource(rhythm.resource()).report().completeThrough();
        from = Times.min(from, through == null ? now.minus(FIRST_WINDOW) : through.minus(OVERLAP));
        if (rhythm.resource() == Resource.CALLS) {
            from = Times.min(from, unsettled(draft, rhythm.back()));
        }
        return Times.max(from, now.minus(Times.max(LONGEST_GAP, rhythm.back())));
    }

    /** As far back as the oldest awaited call, unless that would cost a second page: then the deeper passes bring it. */
    private static Instant unsettled(Draft draft, Duration back) {
        var oldest = draft.attention.oldestUnsettled();
        if (oldest == null) {
            return draft.now;
        }
        var perHour = draft.resource(Resource.CALLS).rowsPerHour(FURTHEST_UNSETTLED) * 4;
        var hours = perHour <= 0 ? 26 : Math.clamp(draft.settings.pageSize() * 0.9 / perHour, 0, 26);
        var reach = Times.max(back, Duration.ofMinutes((long) (hours * 60)));
        return Times.max(Times.sane(oldest).minusSeconds(60), draft.now.minus(reach));
    }

    private static @Nullable Instant changedSince(Draft draft, Rhythm rhythm) {
        var through = draft.resource(Resource.CONTACTS).report().completeThrough();
        return rhythm.depth() == Depth.FULL || through == null
                ? null
                : Times.min(through, draft.now).minus(rhythm.back());
    }

    /** What a job reads of a resource when it reads it as it is now. */
    static Run now(Draft draft, Resource resource) {
        var size = draft.settings.pageSize(resource);
        return switch (resource) {
            case CALLS, JOURNAL, VOICEMAILS ->
                Run.over(Depth.DEEP, draft.now, draft.now.minus(FIRST_WINDOW), draft.now, size);
            case CONTACTS -> {
                var through = draft.resource(Resource.CONTACTS).report().completeThrough();
                var since =
                        through == null ? null : Times.min(through, draft.now).minus(OVERLAP);
                yield Run.over(since == null ? Depth.FULL : Depth.RECENT, draft.now, since, null, size);
            }
            case PHONE_NUMBERS, TEAM, PROFILES, AGENT_STATUS -> Run.over(Depth.FULL, draft.now, null, null, size);
        };
    }
}
