package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 */
record JobState(
        Job job,
        @Nullable Run run,
        int failures,
        int succeeded,
        @Nullable String joined) {

    Purpose purpose() {
        return job.kind() == Order.Kind.BACKFILL ? Purpose.BACKFILL : Purpose.COMMANDS;
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
        return resources.get(job.stepsDone() % resources.size());
    }

    /** The day of the part in hand, the newest being the first. */
    int slice() {
        return job.stepsDone() / job.resources().size();
    }

    JobState withRun(@Nullable Run other) {
        return new JobState(job, other, failures, succeeded, joined);
    }

    JobState joining(String other) {
        return new JobState(job, null, 0, 0, other);
    }

    JobState requesting(Instant now) {
        var started = job.startedAt() == null ? now : job.startedAt();
        var changed = change(Job.Status.RUNNING, started, null, job.spentRequests() + 1, job.stepsDone());
        return new JobState(changed, run, failures, succeeded, joined);
    }

    JobState read(Outcome.Fetched page, @Nullable Run next) {
        var read = new HashMap<>(job.read());
        read.merge(resource().word(), (long) Math.max(0, page.rows()), Long::sum);
        var people = Math.max(read.getOrDefault("team", 0L), read.getOrDefault("profiles", 0L));
        if (people > 0) {
            read.put("extensions", people);
        }
        var counted = counted(read, job.published() + Math.max(0, page.published()));
        var done = next == null || next.over();
        return done ? counted.stepDone(true) : new JobState(counted.job, next, 0, succeeded, joined);
    }

    /** The part in hand is done, whether it brought something or not. */
    JobState stepDone(boolean success) {
        var changed = change(job.status(), job.startedAt(), job.finishedAt(), job.spentRequests(), job.stepsDone() + 1);
        return new JobState(changed, null, 0, success ? succeeded + 1 : succeeded, joined);
    }

    JobState failedOnce(@Nullable Run next) {
        return new JobState(job, next, failures + 1, succeeded, joined);
    }

    JobState finished(Job.Status status, Instant now) {
        var changed = change(status, job.startedAt(), now, job.spentRequests(), job.stepsDone());
        return new JobState(changed, null, 0, succeeded, null);
    }

    /** The same work under the name of a job that shared it. */
    JobState takenOverBy(JobState other) {
        var mine = other.job;
        var changed = new Job(
                mine.id(),
                mine.account(),
                mine.kind(),
                job.status(),
                job.resources(),
                job.from(),
                job.to(),
                mine.requestedBy(),
                mine.requestedAt(),
                job.startedAt(),
                null,
                job.priceRequests(),
                job.spentRequests(),
                job.stepsDone(),
                job.stepsTotal(),
                job.read(),
                job.published(),
                job.error(),
                job.detail(),
                mine.revision() + 1);
        return new JobState(changed, run, failures, succeeded, null);
    }

    JobState troubled(@Nullable String error, @Nullable String detail) {
        if (Objects.equals(error, job.error()) && Objects.equals(detail, job.detail())) {
            return this;
        }
        var changed = new Job(
                job.id(),
                job.account(),
                job.kind(),
                job.status(),
                job.resources(),
                job.from(),
                job.to(),
                job.requestedBy(),
                job.requestedAt(),
                job.startedAt(),
                job.finishedAt(),
                job.priceRequests(),
                job.spentRequests(),
                job.stepsDone(),
                job.stepsTotal(),
                job.read(),
                job.published(),
                error,
                detail,
                job.revision() + 1);
        return new JobState(changed, run, failures, succeeded, joined);
    }

    private JobState counted(Map<String, Long> read, long published) {
        var changed = new Job(
                job.id(),
                job.account(),
                job.kind(),
                job.status(),
                job.resources(),
                job.from(),
                job.to(),
                job.requestedBy(),
                job.requestedAt(),
                job.startedAt(),
                job.finishedAt(),
                job.priceRequests(),
                job.spentRequests(),
                job.stepsDone(),
                job.stepsTotal(),
                read,
                published,
                job.error(),
                job.detail(),
                job.revision() + 1);
        return new JobState(changed, run, failures, succeeded, joined);
    }

    private Job change(
            Job.Status status, @Nullable Instant started, @Nullable Instant finished, int spent, int stepsDone) {
        return new Job(
                job.id(),
                job.account(),
                job.kind(),
                status,
                job.resources(),
                job.from(),
                job.to(),
                job.requestedBy(),
                job.requestedAt(),
                started,
                finished,
                job.priceRequests(),
                spent,
                stepsDone,
                job.stepsTotal(),
                job.read(),
                job.published(),
                job.error(),
                job.detail(),
                job.revision() + 1);
    }
}
