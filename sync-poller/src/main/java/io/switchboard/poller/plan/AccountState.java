package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where one account stands: everything the plan needs to go on. The token itself is no part of it.
 *
 * <p>It divides into {@link #entries}, one for each key of {@code sync-state}, and {@link #of} puts it together again;
 * without token and request under way, as after a {@link Outcome.Started}.
 *
 * @param poller what others see of it
 * @param trouble between the account and the provider
 * @param ledger what was spent
 * @param block while the provider refuses for the day
 * @param token null while there is none
 * @param flight the request under way; null when none is
 * @param resources each of them
 * @param work orders, open and ended, in the order in which they came
 */
public record AccountState(
        String account,
        PollerReport poller,
        Trouble trouble,
        Ledger ledger,
        @Nullable Block block,
        @Nullable Token token,
        @Nullable Flight flight,
        Map<Resource, ResourceState> resources,
        List<JobState> work) {

    public AccountState {
        resources = Collections.unmodifiableMap(new EnumMap<>(resources));
        work = List.copyOf(work);
    }

    static AccountState fresh(String account, int limit, Instant now) {
        var resources = new EnumMap<Resource, ResourceState>(Resource.class);
        for (var resource : Resource.values()) {
            resources.put(resource, ResourceState.fresh(account, resource));
        }
        var poller = new PollerReport(account, PollerReport.State.POLLING, null, null, null, now, now);
        return new AccountState(
                account, poller, Trouble.NONE, Ledger.empty(limit, now), null, null, null, resources, List.of());
    }

    /**
     * Puts a state together from its entries. What is missing begins afresh; a budget that is there but cannot be read
     * counts as spent, so that nothing is asked for a day: rather silent than over the limit.
     *
     * @param entries by their key without the account: {@code poller}, {@code budget}, a resource's word, {@code job/{id}}
     */
    public static AccountState of(String account, Map<String, byte[]> entries, Instant now) {
        return StateCodec.decode(account, entries, Times.sane(now));
    }

    /** What is to be kept in the log: JSON by the key without the account. Entries of jobs long ended are gone. */
    public SortedMap<String, byte[]> entries() {
        return StateCodec.encode(this);
    }

    public BudgetReport budget() {
        var quotas = ledger.quotas();
        var shares = new HashMap<String, BudgetReport.Share>();
        for (var purpose : Purpose.values()) {
            shares.put(purpose.word(), new BudgetReport.Share(ledger.spent().of(purpose), quotas.of(purpose)));
        }
        return new BudgetReport(
                account,
                ledger.ceiling(),
                ledger.spent().total(),
                ledger.left(),
                ledger.forecast(),
                block == null ? null : block.until(),
                shares,
                ledger.clock());
    }

    /** Where each resource stands. */
    public List<ResourceReport> reports() {
        return resources.values().stream().map(ResourceState::report).toList();
    }

    /** Every job that is open or ended lately. */
    public List<Job> jobs() {
        return work.stream().map(JobState::job).toList();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
