package io.switchboard.projector.api.view;

import io.switchboard.projector.api.view.PipelineView.Stage;
import io.switchboard.projector.api.view.PollerStates.OfAccount;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pollers in an answer: each a stage like the others, and beside the stages what only pollers have. The request budget
 * is the sum over the accounts that the caller sees, with each account's own part in it; so one account reads like many.
 */
public final class PollerView {
    private PollerView() {}

    /** One stage for each account whose poller has reported. */
    public static List<Stage> stages(PollerStates states) {
        return states.accounts().stream()
                .filter(account -> account.poller() != null)
                .map(PollerView::stage)
                .toList();
    }

    public static List<Map<String, @Nullable Object>> pollers(PollerStates states) {
        return states.accounts().stream().map(PollerView::poller).toList();
    }

    /** Null while no poller has said what it spends. */
    public static @Nullable Map<String, @Nullable Object> budget(PollerStates states) {
        var reports = states.accounts().stream()
                .map(OfAccount::budget)
                .filter(Objects::nonNull)
                .toList();
        if (reports.isEmpty()) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("limit", reports.stream().mapToInt(BudgetReport::limit).sum());
        json.put("spent", reports.stream().mapToInt(BudgetReport::spent).sum());
        json.put("left", reports.stream().mapToInt(BudgetReport::left).sum());
        json.put("forecast", reports.stream().mapToInt(BudgetReport::forecast).sum());
        json.put("blocked_until", Values.time(latestBlock(reports)));
        json.put("by_purpose", purposes(reports));
        json.put("accounts", reports.stream().map(PollerView::account).toList());
        return json;
    }

    private static Stage stage(OfAccount account) {
        var report = Objects.requireNonNull(account.poller());
        return new Stage(
                "poller " + account.id(),
                word(report.state()),
                report.detail(),
                null,
                null,
                null,
                account.resources().stream()
                        .map(ResourceReport::lastSuccessAt)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    private static Map<String, @Nullable Object> poller(OfAccount account) {
        var report = account.poller();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("account", account.id());
        json.put("state", report == null ? null : word(report.state()));
        json.put("reason", report == null ? null : report.reason());
        json.put("detail", report == null ? null : report.detail());
        json.put("until", report == null ? null : Values.time(report.until()));
        json.put("since", report == null ? null : Values.time(report.since()));
        json.put("reported_at", Values.time(account.lastHeardAt()));
        json.put(
                "resources",
                account.resources().stream().map(PollerView::resource).toList());
        return json;
    }

    private static Map<String, @Nullable Object> resource(ResourceReport report) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("resource", report.resource());
        json.put("complete_through", Values.time(report.completeThrough()));
        json.put("last_success_at", Values.time(report.lastSuccessAt()));
        json.put("last_attempt_at", Values.time(report.lastAttemptAt()));
        json.put("last_error", report.lastError());
        json.put("next_at", Values.time(report.nextAt()));
        json.put("read", report.read());
        json.put("published", report.published());
        return json;
    }

    private static Map<String, @Nullable Object> account(BudgetReport report) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("account", report.account());
        json.put("limit", report.limit());
        json.put("spent", report.spent());
        json.put("left", report.left());
        json.put("forecast", report.forecast());
        json.put("blocked_until", Values.time(report.blockedUntil()));
        json.put("by_purpose", purposes(List.of(report)));
        json.put("reported_at", Values.time(report.reportedAt()));
        return json;
    }

    private static Map<String, Map<String, Integer>> purposes(List<BudgetReport> reports) {
        var sums = new TreeMap<String, Map<String, Integer>>();
        for (var report : reports) {
            report.byPurpose().forEach((purpose, share) -> {
                var sum = sums.computeIfAbsent(purpose, name -> new LinkedHashMap<>());
                sum.merge("spent", share.spent(), Integer::sum);
                sum.merge("quota", share.quota(), Integer::sum);
            });
        }
        return sums;
    }

    private static @Nullable Instant latestBlock(List<BudgetReport> reports) {
        var blocks = new ArrayList<Instant>();
        for (var report : reports) {
            var until = report.blockedUntil();
            if (until != null) {
                blocks.add(until);
            }
        }
        return blocks.stream().max(Comparator.naturalOrder()).orElse(null);
    }

    private static String word(PollerReport.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
