package io.switchboard.poller.provider;

import io.switchboard.poller.plan.Failure;

/** What came of a person's command. */
public sealed interface CommandAnswer {
    /** The provider says that it did it. */
    record Done() implements CommandAnswer {}

    /** It did not, or nobody knows: the failure's class tells which. */
    record Refused(Failure failure) implements CommandAnswer {}
}
