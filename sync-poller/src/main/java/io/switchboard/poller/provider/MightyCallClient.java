package io.switchboard.poller.provider;

import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.runtime.Account;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/** stub */
public final class MightyCallClient implements Provider {
    /** How long an answer may take, from the request to its last byte. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    public MightyCallClient(
            Vertx vertx, Account account, ProviderMetrics metrics, InstantSource clock, Duration timeout) {}

    /** Gets a token with the account's keys. */
    public Future<TokenAnswer> logIn() {
        return Future.failedFuture("stub");
    }

    /** Gets a token with the refresh token, or with the keys where there is none. */
    public Future<TokenAnswer> renew() {
        return Future.failedFuture("stub");
    }

    /** Asks with the token it holds; without one nothing is sent, and the answer is that the token is rejected. */
    public Future<ProviderAnswer> fetch(ProviderRequest request) {
        return Future.failedFuture("stub");
    }

    /** Whose status {@link ProviderRequest.OwnStatus} is: learnt from the own profile, or told here after a start. */
    public void ownExtension(String extension) {}

    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
