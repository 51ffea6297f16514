package io.switchboard.poller.provider;

import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.sync.PersonCommand;
import io.vertx.core.Future;

/** Asking the provider. Each call is at most one request; the futures fail only through a defect. */
public interface Provider {
    /** Gets a token with the account's keys. */
    Future<TokenAnswer> logIn();

    /** Gets a token with the refresh token, or with the keys where there is none. */
    Future<TokenAnswer> renew();

    /** Asks with the token it holds; without one nothing is sent, and the answer is that the token is rejected. */
    Future<ProviderAnswer> fetch(ProviderRequest request);

    /** Does what a person wants, with the token it holds; without one nothing is sent, as with {@link #fetch}. */
    Future<CommandAnswer> perform(PersonCommand command);
}
