package io.switchboard.poller;

import io.switchboard.poller.kafka.StateLog;
import io.switchboard.poller.kafka.StateLog.LostException;
import io.switchboard.poller.reconcile.Finding;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import io.switchboard.sync.StateKey;
import io.switchboard.sync.SyncJson;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log holds of an account's state, so that only what differs is written. Owned by the account's loop. */
final class SavedState {
    private static final Logger LOG = LoggerFactory.getLogger(SavedState.class);

    private final String account;
    private final StateLog states;
    private final PollerMetrics metrics;
    private final LastReports reports;
    private SortedMap<String, byte[]> entries = new TreeMap<>();
    private long nextOrder;
    private @Nullable PollerReport told;

    /** Up to where orders were accepted: an offset of the account's partition of {@code sync-requests}. */
    record Orders(long nextOffset) {}

    SavedState(String account, StateLog states, PollerMetrics metrics, LastReports reports) {
        this.account = account;
        this.reports = reports;
        this.states = states;
        this.metrics = metrics;
    }

    /** The entries without the bookkeeping of orders. */
    SortedMap<String, byte[]> takeOver() throws LostException, InterruptedException {
        entries = new TreeMap<>(states.takeOver());
        var orders = entries.get(StateKey.ORDERS);
        nextOrder = orders == null
                ? 0
                : SyncJson.read(orders, Orders.class).map(Orders::nextOffset).orElse(0L);
        var plans = new TreeMap<>(entries);
        plans.remove(StateKey.ORDERS);
        return plans;
    }

    long nextOrder() {
        return nextOrder;
    }

    /** Is saved with the state that the order made. */
    void ordersAcceptedThrough(long offset) {
        nextOrder = Math.max(nextOrder, offset + 1);
    }

    void save(Map<String, byte[]> state) throws LostException, InterruptedException {
        var wanted = new TreeMap<>(state);
        wanted.put(StateKey.ORDERS, SyncJson.write(new Orders(nextOrder)));
        var changes = new HashMap<String, byte @Nullable []>();
        wanted.forEach((entry, value) -> {
            if (!Arrays.equals(value, entries.get(entry))) {
                changes.put(entry, value);
            }
        });
        entries.keySet().stream()
                .filter(entry -> !wanted.containsKey(entry))
                .forEach(entry -> changes.put(entry, null));
        if (!changes.isEmpty()) {
            states.save(changes);
            entries = wanted;
            tell(changes);
        }
    }

    void count(Map<Finding, Integer> findings) {
        findings.forEach(metrics::found);
    }

    private void tell(Map<String, byte @Nullable []> changes) {
        changes.forEach((entry, value) -> {
            if (value == null) {
                return;
            }
            switch (new StateKey(account, entry).kind()) {
                case POLLER -> SyncJson.read(value, PollerReport.class).ifPresent(this::tell);
                case BUDGET -> SyncJson.read(value, BudgetReport.class).ifPresent(this::tell);
                case RESOURCE -> SyncJson.read(value, ResourceReport.class).ifPresent(this::tell);
                case JOB, ORDERS -> {}
            }
        });
    }

    private void tell(ResourceReport report) {
        var at = report.lastSuccessAt();
        if (at != null) {
            metrics.lastSuccess(account, report.resource(), at);
        }
    }

    private void tell(BudgetReport report) {
        metrics.budget(report);
        reports.budget(report);
    }

    /** One clear line for the operator, whenever the state changes. */
    private void tell(PollerReport report) {
        metrics.poller(report);
        reports.poller(report);
        var before = told;
        told = report;
        if (before != null
                && before.state() == report.state()
                && String.valueOf(before.reason()).equals(String.valueOf(report.reason()))) {
            return;
        }
        switch (report.state()) {
            case POLLING -> LOG.info("account {}: polling", account);
            case IDLE, RETRYING, HALTED ->
                LOG.warn(
                        "account {}: {} ({}): {}{}",
                        account,
                        report.state().name().toLowerCase(java.util.Locale.ROOT),
                        report.reason(),
                        report.detail(),
                        report.until() == null ? "" : "; goes on at " + report.until() + " at the latest");
        }
    }
}
