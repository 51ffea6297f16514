package io.switchboard.poller.plan;

import io.switchboard.sync.PersonCommand;
import java.time.Instant;

/** What the loop does next. All but {@link Pause} cost one request, which the state that came with it has counted. */
public sealed interface Command {
    /** Get a token with the account's keys. */
    record LogIn() implements Command {}

    /** Get a new token with the refresh token, or with the keys where there is none. */
    record Renew() implements Command {}

    record Fetch(ProviderRequest request, Purpose purpose) implements Command {}

    /** Do what a person asked for: at most once, whatever comes of it. */
    record Perform(PersonCommand command) implements Command {}

    /** Nothing to do until then, or until an order or the state of the calls asks for it. */
    record Pause(Instant until) implements Command {}
}
