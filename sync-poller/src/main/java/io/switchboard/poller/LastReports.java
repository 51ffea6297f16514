package io.switchboard.poller;

import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.PollerReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an account's loop said last, for {@code /statusz}. Written by the loop, read by any thread. */
final class LastReports {
    private volatile @Nullable PollerReport poller;
    private volatile @Nullable BudgetReport budget;

    void poller(PollerReport report) {
        poller = report;
    }

    void budget(BudgetReport report) {
        budget = report;
    }

    /** JSON values; empty before the account is led from here. */
    Map<String, Object> shown() {
        var shown = new LinkedHashMap<String, Object>();
        var said = poller;
        if (said != null) {
            shown.put("state", said.state().name().toLowerCase(Locale.ROOT));
            shown.put("reason", String.valueOf(said.reason()));
            shown.put("detail", String.valueOf(said.detail()));
            shown.put("until", String.valueOf(said.until()));
            shown.put("since", said.since().toString());
        }
        var spent = budget;
        if (spent != null) {
            shown.put("requests_spent", spent.spent());
            shown.put("requests_left", spent.left());
        }
        return shown;
    }
}
