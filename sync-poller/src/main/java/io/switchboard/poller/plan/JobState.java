package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order being carried out.
 *
 * @param job what others see
 * @param run the part in hand; null between two parts
 * @param failures of that part, in a row
 * @param succeeded parts that brought something
 * @param joined the job whose work this one shares; null when it has its own
 * @param command what is to be done at the provider; null for orders to read, and when it is over
 */
record JobState(
        Job job,
        @Nullable Run run,
        int failures,
        int succeeded,
        @Nullable String joined,
        @Nullable CommandState command) {

    Purpose purpose() {
        return job.kind() == Order.Kind.BACKFILL ? Purpose.BACKFILL : Purpose.COMMANDS;
    }

    boolean isCommand() {
        return job.kind() == Order.Kind.COMMAND;
    }

    boolean isOpen() {
        return !job.status().isFinal();
    }

    boolean works() {
        return isOpen() && joined == null;
    }

    List<Resource> resources() {
        return job.resources().stream()
                .flatMap(word -> Resource.ofWord(word).stream())
                .toList();
    }

    /** The resource of the part in hand. */
    Resource resource() {
        var resources = resources();
        return resources.get(Math.floorMod(job.stepsDone(), resources.size()));
    }

    /** The day of the part in hand, the newest being the first. */
    int slice() {
        return job.stepsDone() / job.resources().size();
    }

    JobState withRun(@Nullable Run other) {
        return new JobState(job, other, failures, succeeded, joined, command);
    }

    JobState withCommand(CommandState other) {
        return new JobState(job, run, failures, succeeded, joined, other);
    }

    /** The command was carried out. */
    JobState performed() {
        return stepDone(succeeded + 1);
    }

    JobState joining(String other) {
        return new JobState(job, null, 0, 0, other, command);
    }

    JobState onItsOwn() {
        return new JobState(job, run, failures, succeeded, null, command);
    }

    JobState requesting(Instant now) {
        var draft = new JobDraft(job);
        draft.status = Job.Status.RUNNING;
        draft.startedAt = draft.startedAt == null ? now : draft.startedAt;
        draft.spentRequests++;
        return new JobState(draft.of(job), run, failures, succeeded, joined, command);
    }

    /** A page of the part in hand was read; the run is what remains of the part. */
    JobState read(Outcome.Fetched page, Run next) {
        var draft = new JobDraft(job);
        var read = new HashMap<>(job.read());
        read.merge(resource().word(), (long) Math.max(0, page.rows()), Long::sum);
        var people = Math.max(read.getOrDefault("team", 0L), read.getOrDefault("profiles", 0L));
        if (people > 0) {
            read.put("extensions", people);
        }
        draft.read = read;
        draft.published += Math.max(0, page.published());
        var counted = new JobState(draft.of(job), next, 0, succeeded, joined, command);
        return next.over() ? counted.stepDone(succeeded + 1) : counted;
    }

    /** The part in hand is given up. */
    JobState stepSkipped() {
        return stepDone(succeeded);
    }

    private JobState stepDone(int successes) {
        var draft = new JobDraft(job);
        draft.stepsDone++;
        return new JobState(draft.of(job), null, 0, successes, joined, command);
    }

    JobState failedOnce(@Nullable Run next) {
        return new JobState(job, next, failures + 1, succeeded, joined, command);
    }

    JobState finished(Job.Status status, Instant now) {
        var draft = new JobDraft(job);
        draft.status = status;
        draft.finishedAt = now;
        return new JobState(draft.of(job), null, 0, succeeded, null, null);
    }

    /** The same work under the name of a job that shared it. */
    JobState takenOverBy(JobState other) {
        return new JobState(new JobDraft(job).of(other.job), run, failures, succeeded, null, command);
    }

    JobState troubled(@Nullable String error, @Nullable String detail) {
        if (Objects.equals(error, job.error()) && Objects.equals(detail, job.detail())) {
            return this;
        }
        var draft = new JobDraft(job);
        draft.error = error;
        draft.detail = detail;
        return new JobState(draft.of(job), run, failures, succeeded, joined, command);
    }
}
