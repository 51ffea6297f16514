package io.switchboard.poller.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a command. */
public sealed interface Outcome {
    /** The state was just loaded: whatever was under way is not known to have happened, and there is no token. */
    record Started() implements Outcome {}

    /** A pause is over, or was cut short. */
    record Woken() implements Outcome {}

    record LoggedIn(Instant expiresAt) implements Outcome {}

    /**
     * A page was read and its records are in the log.
     *
     * @param rows on the page, unreadable ones too
     * @param total the provider's count of all rows of the request's window; null where it gives none
     * @param published records that were new or had changed
     */
    record Fetched(int rows, @Nullable Long total, int published) implements Outcome {}

    /** A person's command was carried out. */
    record Performed() implements Outcome {}

    record Failed(Failure failure) implements Outcome {}
}
