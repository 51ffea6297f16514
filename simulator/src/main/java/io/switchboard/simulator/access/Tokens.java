package io.switchboard.simulator.access;

import io.switchboard.simulator.access.AccessSettings.Parallel;
import io.switchboard.simulator.access.AccessSettings.Refresh;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/**
 * The tokens given to clients: an access token works until it ends, a refresh token works once. Only the newest are
 * remembered. Owned by the simulator's event loop.
 */
public final class Tokens {
    private static final int MOST_REMEMBERED = 1_000;
    private static final int ACCESS_BYTES = 600;
    private static final int REFRESH_BYTES = 32;

    private final SplittableRandom random;
    private final SequencedMap<String, Instant> accessGivenAt = new LinkedHashMap<>();
    private final SequencedMap<String, String> accessByRefresh = new LinkedHashMap<>();

    public Tokens(SplittableRandom random) {
        this.random = random;
    }

    /** A pair of tokens. */
    public record Pair(String access, String refresh) {}

    /** A new pair for somebody who has shown the secret. */
    public Pair signIn(Instant now, AccessSettings settings) {
        if (settings.parallel() == Parallel.LATEST_ONLY) {
            accessGivenAt.clear();
            accessByRefresh.clear();
        }
        return give(now);
    }

    /** A new pair for a refresh token that has not been used; empty for any other. */
    public Optional<Pair> refresh(String refresh, Instant now, AccessSettings settings) {
        var access = accessByRefresh.remove(refresh);
        if (access == null) {
            return Optional.empty();
        }
        if (settings.refresh() == Refresh.REVOKES) {
            accessGivenAt.remove(access);
        }
        return Optional.of(give(now));
    }

    /** Whether an access token works. */
    public boolean valid(String access, Instant now, AccessSettings settings) {
        var given = accessGivenAt.get(access);
        return given != null && now.isBefore(given.plus(settings.tokenLife()));
    }

    /** Whether an access token was given here and is remembered, ended or not. */
    public boolean known(String access) {
        return accessGivenAt.containsKey(access);
    }

    private Pair give(Instant now) {
        var pair = new Pair(
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(ACCESS_BYTES)),
                Base64.getEncoder().encodeToString(bytes(REFRESH_BYTES)));
        accessGivenAt.putLast(pair.access, now);
        accessByRefresh.putLast(pair.refresh, pair.access);
        if (accessGivenAt.size() > MOST_REMEMBERED) {
            accessGivenAt.pollFirstEntry();
        }
        if (accessByRefresh.size() > MOST_REMEMBERED) {
            accessByRefresh.pollFirstEntry();
        }
        return pair;
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
