package io.switchboard.projector.api.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity provider's public keys as they were last fetched. They are fetched again when they are ten minutes old, and
 * when a token names one that is not among them; however many such tokens come, not more often than every 30 seconds. While
 * the provider is away the known ones go on. Thread-safe.
 */
final class SigningKeys {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final Duration BETWEEN_WHEN_NONE = Duration.ofSeconds(3);
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final KeySource source;
    private final LongSupplier nanoTime;
    private @Nullable JWKSet known;
    private long fetchedAt;
    private long askedAt;
    private @Nullable CompletableFuture<Void> asking;
    private boolean asked;

    SigningKeys(KeySource source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /**
     * The keys among which the one of a token should be; after a look at the provider, if it is not and may be looked for.
     * Fails with {@link KeysUnavailable} when there are none at all.
     */
    CompletionStage<JWKSet> lookFor(JWSHeader header) {
        var now = known();
        if (now != null && holds(now, header)) {
            if (isOld()) {
                var unused = refresh();
            }
            return CompletableFuture.completedFuture(now);
        }
        return refresh().thenCompose(done -> {
            var fresh = known();
            return fresh == null
                    ? CompletableFuture.failedFuture(new KeysUnavailable())
                    : CompletableFuture.completedFuture(fresh);
        });
    }

    /** Fetches the keys unless that was done just now; never fails. */
    synchronized CompletionStage<Void> refresh() {
        if (asking != null) {
            return asking;
        }
        var pause = known == null ? BETWEEN_WHEN_NONE : BETWEEN;
        if (asked && nanoTime.getAsLong() - askedAt < pause.toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        asked = true;
        askedAt = nanoTime.getAsLong();
        var done = new CompletableFuture<Void>();
        asking = done;
        source.fetch().whenComplete((text, failure) -> {
            fetched(failure == null ? text : null);
            done.complete(null);
        });
        return done;
    }

    private synchronized void fetched(@Nullable String text) {
        asking = null;
        var keys = text == null ? null : read(text);
        if (keys == null) {
            LOG.warn(
                    "The keys of the identity provider cannot be read; {}",
                    known == null ? "signed tokens cannot be checked" : "the known ones go on");
        } else {
            known = keys;
            fetchedAt = nanoTime.getAsLong();
        }
    }

    private synchronized @Nullable JWKSet known() {
        return known;
    }

    private synchronized boolean isOld() {
        return nanoTime.getAsLong() - fetchedAt >= FRESH.toNanos();
    }

    private static boolean holds(JWKSet keys, JWSHeader header) {
        var matcher = JWKMatcher.forJWSHeader(header);
        return matcher != null && !new JWKSelector(matcher).select(keys).isEmpty();
    }

    /** Only what is public can verify: secrets that somebody put there by mistake are left out. */
    private static @Nullable JWKSet read(String text) {
        try {
            var keys = JWKSet.parse(text).toPublicJWKSet();
            return keys.isEmpty() ? null : keys;
        } catch (ParseException | IllegalArgumentException e) {
            return null;
        }
    }
}
