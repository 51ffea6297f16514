package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Run.Depth;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PollerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders and the jobs they become. One sync and one backfill are worked at, others queue behind them; a second sync that
 * asks for nothing more than the first shares its work.
 */
final class Jobs {
    static final int MOST_ENDED = 50;
    static final int MOST_OPEN = 100;

    private static final Duration SLICE_OVERLAP = Duration.ofMinutes(1);
    private static final Duration DEFAULT_BACKFILL = Duration.ofDays(7);
    private static final int MOST_SLICES = 3700;
    private static final int SYNC_GIVES_UP = 5;

    /** In the order in which a person wants to see them. */
    private static final List<Resource> SYNCED = List.of(
            Resource.CALLS,
            Resource.PHONE_NUMBERS,
            Resource.TEAM,
            Resource.JOURNAL,
            Resource.VOICEMAILS,
            Resource.CONTACTS,
            Resource.PROFILES,
            Resource.AGENT_STATUS);

    private static final List<Resource> BACKFILLED = List.of(Resource.CALLS, Resource.JOURNAL, Resource.VOICEMAILS);

    private Jobs() {}

    /** Whether a job read back can be worked at. */
    static boolean makesSense(Job job) {
        return job.status().isFinal()
                || job.kind() == Order.Kind.COMMAND
                || job.stepsDone() >= 0
                        && !job.resources().isEmpty()
                        && job.resources().stream()
                                .allMatch(word -> Resource.ofWord(word).isPresent())
                        && (job.kind() != Order.Kind.BACKFILL || job.from() != null && job.to() != null);
    }

    static void accept(Draft draft, Order order) {
        if (order.kind() == Order.Kind.CANCEL) {
            cancel(draft, order.id());
            return;
        }
        if (find(draft, order.id()).isPresent()) {
            return;
        }
        var job = order.kind() == Order.Kind.COMMAND ? Commands.job(draft, order) : job(draft, order);
        var entered = shared(draft, refusal(draft, job));
        draft.work.add(entered);
        if (entered.works() && entered.purpose() == Purpose.COMMANDS) {
            // A person waits: worth one try, whatever the last ones brought.
            draft.trouble = draft.trouble.retryingNow();
        }
        forget(draft);
    }

    private static JobState job(Draft draft, Order order) {
        var backfill = order.kind() == Order.Kind.BACKFILL;
        var to = backfill ? Times.min(order.to() == null ? draft.now : Times.sane(order.to()), draft.now) : null;
        var from = to == null ? null : order.from() == null ? to.minus(DEFAULT_BACKFILL) : Times.sane(order.from());
        var resources = resources(order, backfill ? BACKFILLED : SYNCED);
        var slices = from == null || to == null ? 1 : slices(from, to);
        var price = Math.multiplyExact(slices, resources.size());
        if (backfill) {
            price = resources.stream()
                    .mapToInt(one -> slices * pagesPerDay(draft, one))
                    .sum();
        }
        var job = new Job(
                order.id(),
                draft.account,
                order.kind(),
                null,
                Job.Status.QUEUED,
                resources.stream().map(Resource::word).toList(),
                from,
                to,
                order.requestedBy(),
                order.requestedAt(),
                null,
                null,
                price,
                0,
                0,
                slices * resources.size(),
                Map.of(),
                0,
                null,
                null,
                1);
        return new JobState(job, null, 0, 0, null, null);
    }

    private static List<Resource> resources(Order order, List<Resource> known) {
        return order.resources().isEmpty()
                ? known
                : known.stream()
                        .filter(one -> order.resources().contains(one.word()))
                        .toList();
    }

    /** Days, counted in UTC, that the range touches; 0 when it is empty. */
    private static int slices(Instant from, Instant to) {
        return from.isBefore(to) ? (int) Math.min(100_000, day(to.minusNanos(1)) - day(from) + 1) : 0;
    }

    private static int pagesPerDay(Draft draft, Resource resource) {
        var perHour = draft.resource(resource).rowsPerHour(Duration.ofHours(26));
        return Math.max(1, (int) Math.ceil(perHour * 24 / draft.settings.pageSize(resource)));
    }

    /** The job, or the same one failed where it cannot or need not be worked at. */
    private static JobState refusal(Draft draft, JobState job) {
        var open = draft.work.stream().filter(JobState::isOpen).count();
        if (job.isCommand() && job.command() == null) {
            return refused(draft, job, "unknown-command", "The command asked for is not known.");
        }
        if (!job.isCommand() && job.job().resources().isEmpty()) {
            return refused(draft, job, "unknown-resource", "None of the resources asked for is known.");
        }
        if (job.job().stepsTotal() == 0 || job.job().stepsTotal() > MOST_SLICES * BACKFILLED.size()) {
            return refused(draft, job, "invalid-range", "The range must end after it begins, and within ten years.");
        }
        if (open >= MOST_OPEN) {
            return refused(draft, job, "too-many-jobs", "A hundred jobs wait already.");
        }
        if (draft.trouble.keysRejected()) {
            return refused(draft, job, PollerReport.AUTH_FAILED, Refusals.KEYS_DETAIL);
        }
        if (draft.block != null && job.purpose() == Purpose.COMMANDS) {
            return refused(draft, job, PollerReport.LIMIT_EXCEEDED, Refusals.limitDetail(draft.block));
        }
        return draft.block == null ? job : job.troubled(PollerReport.LIMIT_EXCEEDED, Refusals.limitDetail(draft.block));
    }

    private static JobState refused(Draft draft, JobState job, String error, String detail) {
        return job.troubled(error, detail).finished(Job.Status.FAILED, draft.now);
    }

    private static JobState shared(Draft draft, JobState job) {
        if (!job.isOpen() || job.job().kind() != Order.Kind.SYNC) {
            return job;
        }
        return draft.work.stream()
                .filter(other -> other.works() && other.job().kind() == Order.Kind.SYNC)
                .filter(other -> other.job().resources().containsAll(job.job().resources()))
                .findFirst()
                .map(other -> job.joining(other.job().id()))
                .orElse(job);
    }

    private static void cancel(Draft draft, String id) {
        var found = find(draft, id)
                .filter(JobState::isOpen)
                .filter(job -> job.command() == null || !job.command().sent());
        if (found.isEmpty()) {
            return;
        }
        var cancelled = found.get();
        var heir = joined(draft, id).stream().findFirst();
        replace(draft, cancelled.finished(Job.Status.CANCELLED, draft.now));
        if (heir.isPresent() && cancelled.joined() == null) {
            replace(draft, cancelled.takenOverBy(heir.get()));
            var other = heir.get().job().id();
            joined(draft, id).forEach(one -> replace(draft, one.joining(other)));
            if (draft.flight instanceof Flight.JobPage page && page.id().equals(id)) {
                draft.flight = new Flight.JobPage(other, page.resource());
            }
        }
        forget(draft);
    }

    private static List<JobState> joined(Draft draft, String id) {
        return draft.work.stream()
                .filter(one -> one.isOpen() && id.equals(one.joined()))
                .toList();
    }

    static Optional<JobState> find(Draft draft, String id) {
        return draft.work.stream().filter(one -> one.job().id().equals(id)).findFirst();
    }

    /** The job of that purpose whose resources are being read. */
    static Optional<JobState> current(Draft draft, Purpose purpose) {
        return draft.work.stream()
                .filter(one -> one.works() && !one.isCommand() && one.purpose() == purpose)
                .findFirst();
    }

    /** The part in hand, begun where none is. */
    static Run run(Draft draft, JobState job) {
        return job.run() != null ? job.run() : begin(draft, job);
    }

    private static Run begin(Draft draft, JobState job) {
        var from = Times.saneOrNull(job.job().from());
        var to = Times.saneOrNull(job.job().to());
        if (job.purpose() == Purpose.COMMANDS || from == null || to == null) {
            return Cadence.now(draft, job.resource());
        }
        var day = Instant.EPOCH.plus(Times.DAY.multipliedBy(day(to.minusNanos(1)) - job.slice()));
        var end = Times.min(Times.min(day.plus(Times.DAY), to).plus(SLICE_OVERLAP), draft.now);
        return Run.over(Depth.DEEP, draft.now, Times.max(day, from), end, draft.settings.pageSize(job.resource()));
    }

    private static long day(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), Times.DAY.toSeconds());
    }

    /** A page of a job was read. */
    static void read(Draft draft, JobState job, Outcome.Fetched page) {
        var resource = job.resource();
        var run = run(draft, job).read(resource, page, draft.settings.pageSize(resource));
        var passing = PollerReport.LIMIT_EXCEEDED.equals(job.job().error());
        settle(draft, (passing ? job.troubled(null, null) : job).read(page, run));
    }

    /** A part cannot be read: the others can. */
    static void skip(Draft draft, JobState job, String error, String detail) {
        settle(draft, job.troubled(error, detail).stepSkipped());
    }

    /** A page of a job failed, perhaps only for now. */
    static void failed(Draft draft, JobState job, @Nullable Run next, String detail) {
        var tried = job.failedOnce(next);
        if (tried.failures() >= SYNC_GIVES_UP && job.purpose() == Purpose.COMMANDS) {
            end(draft, tried.troubled(PollerReport.UNREACHABLE, detail), Job.Status.FAILED);
        } else {
            replace(draft, tried);
        }
    }

    private static void settle(Draft draft, JobState job) {
        if (job.job().stepsDone() < job.job().stepsTotal()) {
            replace(draft, job);
            return;
        }
        end(draft, job, job.succeeded() > 0 ? Job.Status.DONE : Job.Status.FAILED);
    }

    static void end(Draft draft, JobState job, Job.Status status) {
        replace(draft, job.finished(status, draft.now));
        for (var other : joined(draft, job.job().id())) {
            replace(draft, job.takenOverBy(other).finished(status, draft.now));
        }
        forget(draft);
    }

    /** The provider refuses: syncs fail, backfills wait unless nothing will ever come of it. */
    static void halt(Draft draft, String error, String detail) {
        for (var job : List.copyOf(draft.work)) {
            if (job.works() && (job.purpose() == Purpose.COMMANDS || error.equals(PollerReport.AUTH_FAILED))) {
                end(draft, job.troubled(error, detail), Job.Status.FAILED);
            } else if (job.works()) {
                replace(draft, job.troubled(error, detail));
            }
        }
    }

    static void replace(Draft draft, JobState job) {
        draft.work.replaceAll(one -> Objects.equals(one.job().id(), job.job().id()) ? job : one);
    }

    private static void forget(Draft draft) {
        var ended = new ArrayList<JobState>();
        draft.work.stream().filter(job -> !job.isOpen()).forEach(ended::add);
        ended.sort((a, b) -> finishedAt(a).compareTo(finishedAt(b)));
        if (ended.size() > MOST_ENDED) {
            var oldest = new ArrayList<>(ended.subList(0, ended.size() - MOST_ENDED));
            oldest.removeIf(job -> Commands.isRemembered(draft, job));
            draft.work.removeAll(oldest);
        }
    }

    private static Instant finishedAt(JobState job) {
        var finished = job.job().finishedAt();
        return finished == null ? job.job().requestedAt() : finished;
    }
}
