package io.switchboard.poller.plan;

import io.switchboard.sync.PersonCommand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command that has still to be carried out. Gone when its job ends, and with it what it says of people.
 *
 * <pre>
 *   waits ──▶ sent ──▶ (job over)      sent is saved before the request is made: who finds it after a start
 *     ▲        │                       does not know whether it happened, and does not ask again
 *     └────────┘ the provider said that it did not do it
 * </pre>
 *
 * @param sent whether the request was, or may have been, made
 * @param notBefore when the provider takes it; null for now
 */
record CommandState(
        PersonCommand command, boolean sent, @Nullable Instant notBefore) {
    CommandState {
        notBefore = Times.saneOrNull(notBefore);
    }

    static CommandState waiting(PersonCommand command) {
        return new CommandState(command, false, null);
    }

    CommandState sending() {
        return new CommandState(command, true, null);
    }

    CommandState again(@Nullable Instant earliest) {
        return new CommandState(command, false, earliest);
    }
}
