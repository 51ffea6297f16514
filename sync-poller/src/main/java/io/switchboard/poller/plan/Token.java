package io.switchboard.poller.plan;

import java.time.Duration;
import java.time.Instant;

/** That there is a token, not what it is. */
record Token(Instant renewAt, Instant expiresAt) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** Renewed after nine tenths of its life, and at least five minutes ahead where it lives long enough. */
    static Token obtained(Instant now, Instant expires) {
        var life = Times.max(SHORTEST, Duration.between(now, Times.sane(expires)));
        var early = Times.min(life.multipliedBy(9).dividedBy(10), life.minus(AHEAD));
        return new Token(now.plus(Times.max(early, life.dividedBy(2))), now.plus(life));
    }
}
