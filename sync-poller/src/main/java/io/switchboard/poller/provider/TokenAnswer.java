package io.switchboard.poller.provider;

import io.switchboard.poller.plan.Failure;
import java.time.Instant;

/** What came of asking for a token. The token itself stays in the client. */
public sealed interface TokenAnswer {
    record Granted(Instant expiresAt) implements TokenAnswer {}

    record Refused(Failure failure) implements TokenAnswer {}
}
