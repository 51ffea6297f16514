package io.switchboard.poller.plan;

import java.time.Instant;

/**
 * The provider refuses because the day's requests are spent.
 *
 * @param since when it first refused
 * @param until when its day turns at the latest
 * @param probeAt when it is asked again
 */
record Block(Instant since, Instant until, Instant probeAt) {
    Block {
        since = Times.sane(since);
        until = Times.sane(until);
        probeAt = Times.sane(probeAt);
    }

    /** A clock that was set back must not make it last longer than a day. */
    Block seenAt(Instant now) {
        var latest = now.plus(Times.DAY);
        return until.isAfter(latest.plus(Agenda.PROBE_EVERY)) || probeAt.isAfter(latest)
                ? new Block(now, latest, now.plus(Agenda.PROBE_EVERY))
                : this;
    }
}
