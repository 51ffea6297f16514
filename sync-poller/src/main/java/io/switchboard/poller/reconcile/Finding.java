package io.switchboard.poller.reconcile;

import java.util.Locale;

/** What one door should have brought and did not. */
public enum Finding {
    /** The poll found a call that no webhook announced. */
    WEBHOOK_MISSED,
    /** A call ended by its webhooks more than ten minutes ago, and the provider lists no record of it. */
    RECORD_MISSING,
    /** A call has been open without a sign of life for hours. */
    NEVER_ENDED;

    /** The word in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
