package io.switchboard.poller.plan;

import java.util.Locale;

/** What a request is spent for; each purpose has its own part of the budget, so that none starves another. */
public enum Purpose {
    /** Keeping calls complete: the poll that repairs lost webhooks, and asking for single calls. */
    LIVE,
    /** Everything else that is read regularly, and tokens. */
    RESOURCES,
    /** What a person waits for. */
    COMMANDS,
    /** The past, with what is left. */
    BACKFILL;

    /** The word in reports and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
