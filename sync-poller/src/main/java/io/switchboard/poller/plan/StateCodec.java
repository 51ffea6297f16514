package io.switchboard.poller.plan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Run.Depth;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import io.switchboard.sync.SyncJson;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A state as entries of {@code sync-state} and back. Each entry is the report that others read, with one more member,
 * {@code plan}, which only the plan reads:
 *
 * <pre>
 *   poller       PollerReport    plan: failures, throttles, retry_at, …
 *   budget       BudgetReport    plan: clock, buckets {number: [live, resources, commands, backfill]}, learned, turn, block
 *   calls …      ResourceReport  plan: run, passes, failures, rest_until, asked
 *   job/{id}     Job             plan: run, failures, joined, command, place (its place in the order of jobs)
 * </pre>
 */
final class StateCodec {
    static final String POLLER = "poller";
    static final String BUDGET = "budget";
    static final String JOB = "job/";

    private StateCodec() {}

    record PollerEntry(@JsonUnwrapped PollerReport report, Trouble plan) {}

    record BudgetEntry(@JsonUnwrapped BudgetReport report, BudgetPlan plan) {}

    record ResourceEntry(@JsonUnwrapped ResourceReport report, ResourcePlan plan) {}

    record JobEntry(@JsonUnwrapped Job job, JobPlan plan) {}

    record BudgetPlan(
            @Nullable Integer limit,
            @Nullable Instant clock,
            @Nullable SortedMap<Long, List<Integer>> buckets,
            Ledger.@Nullable Learned learned,
            @Nullable Instant turn,
            @Nullable Block block) {}

    record ResourcePlan(
            @Nullable Run run,
            @Nullable Map<Depth, ResourceState.Pass> passes,
            int failures,
            @Nullable Instant restUntil,
            @Nullable SortedMap<String, ResourceState.Asked> asked) {}

    record JobPlan(
            @Nullable Run run,
            int failures,
            int succeeded,
            @Nullable String joined,
            @Nullable CommandState command,
            int place) {}

    /** For reading: the members that only the plan knows. */
    private record PollerPlanOf(@Nullable Trouble plan) {}

    private record BudgetPlanOf(@Nullable BudgetPlan plan) {}

    private record ResourcePlanOf(@Nullable ResourcePlan plan) {}

    private record JobPlanOf(@Nullable JobPlan plan) {}

    static SortedMap<String, byte[]> encode(AccountState state) {
        var entries = new TreeMap<String, byte[]>();
        entries.put(POLLER, SyncJson.write(new PollerEntry(state.poller(), state.trouble())));
        entries.put(BUDGET, SyncJson.write(new BudgetEntry(state.budget(), budgetPlan(state))));
        state.resources().values().forEach(one -> entries.put(one.report().resource(), encode(one)));
        for (int i = 0; i < state.work().size(); i++) {
            var one = state.work().get(i);
            var plan = new JobPlan(one.run(), one.failures(), one.succeeded(), one.joined(), one.command(), i);
            entries.put(JOB + one.job().id(), SyncJson.write(new JobEntry(one.job(), plan)));
        }
        return entries;
    }

    private static byte[] encode(ResourceState one) {
        var plan = new ResourcePlan(one.run(), one.passes(), one.failures(), one.restUntil(), one.asked());
        return SyncJson.write(new ResourceEntry(one.report(), plan));
    }

    private static BudgetPlan budgetPlan(AccountState state) {
        var ledger = state.ledger();
        var buckets = new TreeMap<Long, List<Integer>>();
        ledger.buckets().forEach((number, spent) -> buckets.put(number, spent.places()));
        return new BudgetPlan(ledger.limit(), ledger.clock(), buckets, ledger.learned(), ledger.turn(), state.block());
    }

    static AccountState decode(String account, Map<String, byte[]> entries, Instant now) {
        var fresh = AccountState.fresh(account, 0, now);
        var budget = entries.get(BUDGET);
        var plan = budget == null ? Optional.<BudgetPlan>empty() : budgetPlan(budget);
        return new AccountState(
                account,
                poller(entries.get(POLLER), fresh.poller()),
                trouble(entries.get(POLLER)),
                budget == null ? fresh.ledger() : plan.map(StateCodec::ledger).orElse(Ledger.unreadable(now)),
                plan.map(BudgetPlan::block).orElse(null),
                null,
                null,
                resources(account, entries),
                jobs(entries));
    }

    private static PollerReport poller(byte @Nullable [] json, PollerReport fresh) {
        var read = json == null ? Optional.<PollerReport>empty() : SyncJson.read(json, PollerReport.class);
        return read.filter(report -> whole(report.account(), report.state(), report.since(), report.reportedAt()))
                .map(report -> new PollerReport(
                        fresh.account(),
                        report.state(),
                        report.reason(),
                        report.detail(),
                        Times.saneOrNull(report.until()),
                        Times.sane(report.since()),
                        Times.sane(report.reportedAt())))
                .orElse(fresh);
    }

    private static Trouble trouble(byte @Nullable [] json) {
        var read = json == null ? Optional.<PollerPlanOf>empty() : SyncJson.read(json, PollerPlanOf.class);
        return read.map(PollerPlanOf::plan).orElse(Trouble.NONE);
    }

    private static Optional<BudgetPlan> budgetPlan(byte[] json) {
        return SyncJson.read(json, BudgetPlanOf.class)
                .map(BudgetPlanOf::plan)
                .filter(plan -> whole(plan.limit(), plan.clock(), plan.buckets()))
                .filter(plan -> plan.buckets() != null
                        && plan.buckets().size() < 10_000
                        && plan.buckets().values().stream().allMatch(places -> whole(places) && noneMissing(places)));
    }

    private static Ledger ledger(BudgetPlan plan) {
        var buckets = new TreeMap<Long, Spending>();
        Objects.requireNonNull(plan.buckets()).forEach((number, places) -> buckets.put(number, Spending.of(places)));
        var limit = Objects.requireNonNull(plan.limit());
        var clock = Times.sane(Objects.requireNonNull(plan.clock()));
        return Ledger.of(limit, clock, buckets).knowing(plan.learned(), plan.turn());
    }

    private static Map<Resource, ResourceState> resources(String account, Map<String, byte[]> entries) {
        var resources = new EnumMap<Resource, ResourceState>(Resource.class);
        for (var resource : Resource.values()) {
            var json = entries.get(resource.word());
            var fresh = ResourceState.fresh(account, resource);
            resources.put(resource, json == null ? fresh : resource(json, fresh));
        }
        return resources;
    }

    private static ResourceState resource(byte[] json, ResourceState fresh) {
        var report = SyncJson.read(json, ResourceReport.class)
                .map(read -> new ResourceReport(
                        fresh.report().account(),
                        fresh.report().resource(),
                        Times.saneOrNull(read.completeThrough()),
                        Times.saneOrNull(read.lastSuccessAt()),
                        Times.saneOrNull(read.lastAttemptAt()),
                        read.lastError(),
                        Times.saneOrNull(read.nextAt()),
                        read.read(),
                        read.published()))
                .orElse(fresh.report());
        var plan = SyncJson.read(json, ResourcePlanOf.class).map(ResourcePlanOf::plan);
        return plan.map(read -> new ResourceState(
                        report,
                        read.run(),
                        read.passes() == null || !noneMissing(read.passes().values()) ? Map.of() : read.passes(),
                        read.failures(),
                        read.restUntil(),
                        read.asked() == null || !noneMissing(read.asked().values()) ? new TreeMap<>() : read.asked()))
                .orElse(new ResourceState(report, null, Map.of(), 0, null, new TreeMap<>()));
    }

    private static List<JobState> jobs(Map<String, byte[]> entries) {
        var byPlace = new TreeMap<String, JobState>();
        entries.forEach((key, json) -> {
            if (key.startsWith(JOB)) {
                job(json).ifPresent(read -> byPlace.put("%09d %s".formatted(place(json), key), read));
            }
        });
        var open = byPlace.values().stream()
                .filter(JobState::works)
                .map(job -> job.job().id())
                .collect(Collectors.toSet());
        return byPlace.values().stream()
                .map(job -> job.joined() == null || open.contains(job.joined()) ? job : job.onItsOwn())
                .toList();
    }

    private static int place(byte[] json) {
        return SyncJson.read(json, JobPlanOf.class)
                .map(JobPlanOf::plan)
                .map(JobPlan::place)
                .map(place -> Math.clamp(place, 0, 999_999_999))
                .orElse(0);
    }

    /** A job without the plan's part begins again; one that makes no sense is left out. */
    private static Optional<JobState> job(byte[] json) {
        var plan = SyncJson.read(json, JobPlanOf.class).map(JobPlanOf::plan);
        return SyncJson.read(json, Job.class)
                .filter(job ->
                        whole(job.id(), job.account(), job.kind(), job.status(), job.requestedBy(), job.requestedAt()))
                .filter(Jobs::makesSense)
                .map(job -> plan.map(read -> new JobState(
                                job, read.run(), read.failures(), read.succeeded(), read.joined(), command(read)))
                        .orElse(new JobState(job, null, 0, 0, null, null)));
    }

    /** A command that cannot be read is as good as lost. */
    private static @Nullable CommandState command(JobPlan plan) {
        var state = plan.command();
        return state == null || !whole(state.command()) ? null : state;
    }

    /** JSON may leave out what a record's type promises. */
    private static boolean whole(@Nullable Object... members) {
        for (var member : members) {
            if (member == null) {
                return false;
            }
        }
        return true;
    }

    private static boolean noneMissing(Iterable<?> values) {
        for (var value : values) {
            if (value == null) {
                return false;
            }
        }
        return true;
    }
}
