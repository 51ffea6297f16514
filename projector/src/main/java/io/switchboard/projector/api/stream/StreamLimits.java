package io.switchboard.projector.api.stream;

import java.time.Duration;

/**
 * What bounds the stream.
 *
 * @param clients the most of an instance
 * @param perPrincipal the most under one token: fewer, so that one alone cannot shut out the others
 * @param heartbeat how often a client is told that the stream lives; well below what proxies take for dead
 * @param patience how long a client may leave what was written unread
 * @param pollEvery how often the feed is looked at while somebody listens
 */
public record StreamLimits(int clients, int perPrincipal, Duration heartbeat, Duration patience, Duration pollEvery) {
    public static final StreamLimits DEFAULT =
            new StreamLimits(2_000, 1_500, Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofMillis(100));
}
