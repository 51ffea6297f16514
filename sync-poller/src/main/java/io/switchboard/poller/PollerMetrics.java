package io.switchboard.poller;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Purpose;
import io.switchboard.poller.reconcile.Finding;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.PollerReport;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The poller's own meters, all declared from the start; accounts are those configured. */
final class PollerMetrics {
    private static final String ACCOUNT = "account";
    private static final String RESOURCE = "resource";
    private static final double MILLIS = 1e3;

    /** What became of a record that was read. */
    enum Result {
        PUBLISHED,
        UNCHANGED,
        UNREADABLE,
        TOO_LARGE,
        DELETED
    }

    private final MeterRegistry registry;
    private final Map<String, Counter> records = new HashMap<>();
    private final Map<Finding, Counter> findings = new EnumMap<>(Finding.class);
    private final Map<String, AtomicReference<Double>> gauges = new HashMap<>();

    PollerMetrics(MeterRegistry registry, Collection<String> accounts) {
        this.registry = registry;
        for (var resource : Resource.values()) {
            for (var result : Result.values()) {
                records.put(
                        resource + "/" + result,
                        Counter.builder("switchboard.poll.records")
                                .description("Records read from the provider, by what became of them.")
                                .tag(RESOURCE, resource.word())
                                .tag("result", result.name().toLowerCase(Locale.ROOT))
                                .register(registry));
            }
        }
        for (var finding : Finding.values()) {
            findings.put(
                    finding,
                    Counter.builder("switchboard.reconcile.findings")
                            .description(
                                    "Differences between what webhooks told and what the provider lists, once each.")
                            .tag("finding", finding.word())
                            .register(registry));
        }
        accounts.forEach(this::declare);
    }

    void record(Resource resource, Result result, int count) {
        Objects.requireNonNull(records.get(resource + "/" + result)).increment(count);
    }

    void found(Finding finding, int count) {
        Objects.requireNonNull(findings.get(finding)).increment(count);
    }

    void leads(String account, boolean leads) {
        set("leader/" + account, leads ? 1 : 0);
    }

    void budget(BudgetReport report) {
        set("left/" + report.account(), report.left());
        set("forecast/" + report.account(), report.forecast());
        for (var purpose : Purpose.values()) {
            var share = report.byPurpose().get(purpose.word());
            set("spent/" + report.account() + "/" + purpose.word(), share == null ? 0 : share.spent());
        }
    }

    void poller(PollerReport report) {
        for (var state : PollerReport.State.values()) {
            set("state/" + report.account() + "/" + state, report.state() == state ? 1 : 0);
        }
    }

    void lastSuccess(String account, String resource, Instant at) {
        set("success/" + account + "/" + resource, at.toEpochMilli() / MILLIS);
    }

    private void declare(String account) {
        Gauge.builder("switchboard.poller.leader", gauge("leader/" + account), AtomicReference::get)
                .description("1 on the instance that polls the account.")
                .tag(ACCOUNT, account)
                .register(registry);
        Gauge.builder("switchboard.provider.budget.remaining.requests", gauge("left/" + account), AtomicReference::get)
                .description("Requests that may be spent now, of those of the last 24 hours.")
                .tag(ACCOUNT, account)
                .register(registry);
        Gauge.builder(
                        "switchboard.provider.budget.forecast.requests",
                        gauge("forecast/" + account),
                        AtomicReference::get)
                .description("Requests that 24 hours of going on like this cost.")
                .tag(ACCOUNT, account)
                .register(registry);
        for (var purpose : Purpose.values()) {
            Gauge.builder(
                            "switchboard.provider.budget.spent.requests",
                            gauge("spent/" + account + "/" + purpose.word()),
                            AtomicReference::get)
                    .description("Requests spent in the last 24 hours, by what for.")
                    .tag(ACCOUNT, account)
                    .tag("purpose", purpose.word())
                    .register(registry);
        }
        for (var state : PollerReport.State.values()) {
            Gauge.builder("switchboard.poller.state", gauge("state/" + account + "/" + state), AtomicReference::get)
                    .description("1 for what the poller of the account does at present, on the instance that polls it.")
                    .tag(ACCOUNT, account)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (var resource : Resource.values()) {
            Gauge.builder(
                            "switchboard.poll.last.success.timestamp.seconds",
                            gauge("success/" + account + "/" + resource.word()),
                            AtomicReference::get)
                    .description("When a resource was last read to its end; 0 before the first time.")
                    .tag(ACCOUNT, account)
                    .tag(RESOURCE, resource.word())
                    .register(registry);
        }
    }

    private AtomicReference<Double> gauge(String key) {
        return gauges.computeIfAbsent(key, any -> new AtomicReference<>(0.0));
    }

    private void set(String key, double value) {
        Objects.requireNonNull(gauges.get(key)).set(value);
    }
}
