package io.switchboard.projector.api.table;

import io.switchboard.projector.api.view.PollerStates;
import io.switchboard.projector.api.view.PollerStates.OfAccount;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import io.switchboard.sync.StateKey;
import io.switchboard.sync.SyncJson;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what the pollers last said. */
public final class PollerQueries {
    private PollerQueries() {}

    /** @param account the only account to read; null for all */
    public static Future<PollerStates> states(SqlConnection connection, @Nullable String account) {
        var statement = new Statement();
        return statement
                .append("select account, entry, value::text as value, reported_at from poller_state where "
                        + statement.ofAccount(account) + " order by account, entry limit 20000")
                .run(connection)
                .map(rows -> {
                    var byAccount = new TreeMap<String, Gathered>();
                    for (var row : rows) {
                        byAccount
                                .computeIfAbsent(row.getString("account"), id -> new Gathered())
                                .add(row);
                    }
                    var accounts = new ArrayList<OfAccount>();
                    byAccount.forEach((id, gathered) -> accounts.add(gathered.of(id)));
                    return new PollerStates(accounts);
                });
    }

    private static final class Gathered {
        private final List<ResourceReport> resources = new ArrayList<>();
        private @Nullable PollerReport poller;
        private @Nullable BudgetReport budget;
        private @Nullable Instant lastHeardAt;

        void add(Row row) {
            var json = row.getString("value").getBytes(StandardCharsets.UTF_8);
            switch (row.getString("entry")) {
                case StateKey.POLLER ->
                    poller = SyncJson.read(json, PollerReport.class).orElse(null);
                case StateKey.BUDGET ->
                    budget = SyncJson.read(json, BudgetReport.class).orElse(null);
                default -> SyncJson.read(json, ResourceReport.class).ifPresent(resources::add);
            }
            var at = Times.known(row, "reported_at");
            lastHeardAt = lastHeardAt == null || at.isAfter(lastHeardAt) ? at : lastHeardAt;
        }

        OfAccount of(String id) {
            return new OfAccount(id, poller, budget, List.copyOf(resources), lastHeardAt);
        }
    }
}
