package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.sync.PollerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A state while one step works on it. Lives and dies inside that step. */
final class Draft {
    private static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);

    final PlanSettings settings;
    final Attention attention;
    final Instant now;
    final String account;
    final List<JobState> work;

    Trouble trouble;
    Ledger ledger;

    @Nullable
    Block block;

    @Nullable
    Token token;

    @Nullable
    Flight flight;

    @Nullable
    Resource completedListing;

    private final Map<Resource, ResourceState> resources;
    private final PollerReport before;

    Draft(AccountState state, PlanSettings settings, Attention attention, Instant now) {
        this.settings = settings;
        this.attention = attention;
        this.now = now;
        account = state.account();
        work = new ArrayList<>(state.work());
        trouble = state.trouble().notAfter(now.plus(LONGEST_BACK_OFF));
        ledger = state.ledger().withLimit(settings.dailyRequests()).at(now);
        block = state.block() == null ? null : state.block().seenAt(now);
        token = state.token();
        flight = state.flight();
        resources = new EnumMap<>(state.resources());
        before = state.poller();
    }

    ResourceState resource(Resource resource) {
        return Objects.requireNonNull(resources.get(resource));
    }

    void put(Resource resource, ResourceState state) {
        resources.put(resource, state);
    }

    /** Restores the whole listing that an interruption has spoilt, wherever one is in hand. */
    void interrupted() {
        resources.replaceAll((resource, one) ->
                one.run() == null ? one : one.withRun(one.run().interrupted()));
        work.replaceAll(job -> job.run() == null ? job : job.withRun(job.run().interrupted()));
    }

    AccountState freeze() {
        return new AccountState(account, report(), trouble, ledger, block, token, flight, resources, work);
    }

    /** What others are told; said again once a minute, so that a state that only waits is not written for ever. */
    private PollerReport report() {
        var said = standing();
        var same = said.state() == before.state() && Objects.equals(said.reason(), before.reason());
        var since = same ? Times.min(before.since(), now) : now;
        var unchanged = same
                && Objects.equals(said.detail(), before.detail())
                && Objects.equals(said.until(), before.until())
                && Times.within(Duration.ofMinutes(1), before.reportedAt(), now);
        return unchanged
                ? before
                : new PollerReport(account, said.state(), said.reason(), said.detail(), said.until(), since, now);
    }

    private PollerReport standing() {
        if (trouble.keysRejected()) {
            return said(
                    PollerReport.State.HALTED,
                    PollerReport.AUTH_FAILED,
                    "MightyCall rejects the API key or the user key. Correct them and start the poller again.",
                    null);
        }
        if (block != null) {
            return said(
                    PollerReport.State.HALTED, PollerReport.LIMIT_EXCEEDED, Refusals.limitDetail(block), block.until());
        }
        if (trouble.failures() > 1 || trouble.throttles() > 0) {
            var detail = "MightyCall does not answer as it should: " + trouble.detail();
            return said(PollerReport.State.RETRYING, PollerReport.UNREACHABLE, detail, trouble.retryAt());
        }
        var spent = ledger.left() == 0 ? "The day's own request budget is spent; polling goes on as it frees." : null;
        return said(PollerReport.State.POLLING, null, spent, null);
    }

    private PollerReport said(
            PollerReport.State state, @Nullable String reason, @Nullable String detail, @Nullable Instant until) {
        return new PollerReport(account, state, reason, detail, until, now, now);
    }
}
