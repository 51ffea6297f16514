package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PersonCommand;
import io.switchboard.sync.PollerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people have done at the provider: each command once at most. It is tried again only when the provider said that it
 * did nothing; whatever else befalls the answer ends the job, and a person decides.
 */
final class Commands {
    /** Later than that nobody waits any more: a call would ring where nobody expects it. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    /** So long the job of one that was sent is known, so that its order cannot make another. */
    static final Duration REMEMBERED = PATIENCE.multipliedBy(2);

    private static final String UNKNOWN =
            "It may have been carried out, or not: look at MightyCall before it is given again. ";

    private Commands() {}

    static JobState job(Draft draft, Order order) {
        var command = order.command();
        var job = new Job(
                order.id(),
                draft.account,
                order.kind(),
                command == null ? null : command.type(),
                Job.Status.QUEUED,
                List.of(),
                null,
                null,
                order.requestedBy(),
                order.requestedAt(),
                null,
                null,
                1,
                0,
                0,
                1,
                Map.of(),
                0,
                null,
                null,
                1);
        return new JobState(job, null, 0, 0, null, command == null ? null : CommandState.waiting(command));
    }

    /** Those that wait, in the order in which they came. */
    static Stream<JobState> waiting(Draft draft) {
        return draft.work.stream()
                .filter(JobState::isOpen)
                .filter(job -> job.command() != null && !job.command().sent());
    }

    static Instant earliest(Draft draft, JobState job) {
        var command = job.command();
        return command == null || command.notBefore() == null ? draft.now : command.notBefore();
    }

    /** Marks it as sent: what comes of it can be a surprise from here on. */
    static Command.Perform send(Draft draft, String id) {
        var job = Jobs.find(draft, id).orElseThrow();
        var command = job.command();
        if (command == null) {
            throw new IllegalStateException("a job that waits for its command holds it");
        }
        Jobs.replace(draft, job.requesting(draft.now).withCommand(command.sending()));
        return new Command.Perform(command.command());
    }

    static void performed(Draft draft, String id) {
        Jobs.find(draft, id).filter(JobState::isOpen).ifPresent(job -> {
            var command = job.command();
            Jobs.end(draft, job.troubled(null, null).performed(), Job.Status.DONE);
            if (command != null) {
                readSoon(draft, command.command());
            }
        });
    }

    /** What it changed is read at the next occasion; a call is listed only when it has ended. */
    private static void readSoon(Draft draft, PersonCommand command) {
        switch (command) {
            case PersonCommand.MakeCall call -> {}
            case PersonCommand.SetStatus status -> Cadence.soon(draft, Resource.AGENT_STATUS);
            case PersonCommand.CreateContact contact -> Cadence.soon(draft, Resource.CONTACTS);
            case PersonCommand.UpdateContact contact -> Cadence.soon(draft, Resource.CONTACTS);
            case PersonCommand.DeleteContact contact -> Cadence.soon(draft, Resource.CONTACTS);
            case PersonCommand.SendMessage message -> Cadence.soon(draft, Resource.JOURNAL);
            case PersonCommand.SetComment comment -> Cadence.soon(draft, Resource.JOURNAL);
            case PersonCommand.DeleteComment comment -> Cadence.soon(draft, Resource.JOURNAL);
        }
    }

    /** The provider did nothing, and would not if it were asked again. */
    static void refused(Draft draft, String id, String detail) {
        fail(draft, id, Job.PROVIDER_REFUSED, "MightyCall refused it: " + detail);
    }

    static void unknown(Draft draft, String id, String why) {
        fail(draft, id, Job.OUTCOME_UNKNOWN, UNKNOWN + "MightyCall did not answer as it should: " + why);
    }

    /** Once may be the token's fault, twice is not. */
    static void tokenRejected(Draft draft, String id) {
        Jobs.find(draft, id).filter(JobState::isOpen).ifPresent(job -> {
            if (job.failures() > 0) {
                refused(draft, id, "it rejects a token that it has just given.");
            } else {
                again(draft, job.failedOnce(null), null);
            }
        });
    }

    /** Nothing was done, and may be when it is asked again: at that time, or when nothing else stands in the way. */
    static void waits(Draft draft, String id, @Nullable Instant until) {
        Jobs.find(draft, id).filter(JobState::isOpen).ifPresent(job -> {
            if (until != null && until.isAfter(deadline(job))) {
                fail(
                        draft,
                        id,
                        PollerReport.LIMIT_EXCEEDED,
                        "MightyCall takes no more of these before %s: give it again then.".formatted(until));
            } else {
                again(draft, job, until);
            }
        });
    }

    private static void again(Draft draft, JobState job, @Nullable Instant until) {
        var command = job.command();
        Jobs.replace(draft, command == null ? job : job.withCommand(command.again(until)));
    }

    /** Those whose answer will never come: they were sent, and nothing is under way. */
    static void lost(Draft draft) {
        draft.work.stream()
                .filter(job -> job.isOpen() && job.isCommand())
                .filter(job -> job.command() == null || job.command().sent())
                .map(job -> job.job().id())
                .toList()
                .forEach(id -> fail(
                        draft,
                        id,
                        Job.OUTCOME_UNKNOWN,
                        UNKNOWN + "The poller was interrupted while it was under way."));
    }

    static void expire(Draft draft) {
        waiting(draft)
                .filter(job -> draft.now.isAfter(deadline(job)))
                .map(job -> job.job().id())
                .toList()
                .forEach(id -> fail(
                        draft,
                        id,
                        Job.EXPIRED,
                        "It could not be carried out within %d minutes, and was not: give it again if it is still wanted."
                                .formatted(PATIENCE.toMinutes())));
    }

    /** Whether an order that is told again could make a second of this one. */
    static boolean isRemembered(Draft draft, JobState job) {
        return job.isCommand()
                && job.job().spentRequests() > 0
                && draft.now.isBefore(Times.sane(job.job().requestedAt()).plus(REMEMBERED));
    }

    private static Instant deadline(JobState job) {
        return Times.sane(job.job().requestedAt()).plus(PATIENCE);
    }

    private static void fail(Draft draft, String id, String error, String detail) {
        Jobs.find(draft, id)
                .filter(JobState::isOpen)
                .ifPresent(job -> Jobs.end(draft, job.troubled(error, detail), Job.Status.FAILED));
    }
}
