package io.switchboard.projector.api.view;

import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the pollers last said, by account. */
public record PollerStates(List<OfAccount> accounts) {

    /**
     * What the poller of one account last said; null what it never did.
     *
     * @param lastHeardAt when its newest report was written
     */
    public record OfAccount(
            String id,
            @Nullable PollerReport poller,
            @Nullable BudgetReport budget,
            List<ResourceReport> resources,
            @Nullable Instant lastHeardAt) {

        static OfAccount silent(String id) {
            return new OfAccount(id, null, null, List.of(), null);
        }
    }

    public PollerStates {
        accounts = List.copyOf(accounts);
    }

    public List<String> ids() {
        return accounts.stream().map(OfAccount::id).toList();
    }

    public OfAccount of(String account) {
        return accounts.stream()
                .filter(one -> one.id().equals(account))
                .findFirst()
                .orElseGet(() -> OfAccount.silent(account));
    }

    /** Requests that may still be spent on an account. */
    public Optional<Integer> budgetLeft(String account) {
        return Optional.ofNullable(of(account).budget()).map(BudgetReport::left);
    }
}
