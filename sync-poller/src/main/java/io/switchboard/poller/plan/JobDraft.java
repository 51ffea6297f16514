package io.switchboard.poller.plan;

import io.switchboard.sync.Job;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job while it is being changed: all that changes about one, over what does not. */
final class JobDraft {
    Job.Status status;
    List<String> resources;

    @Nullable
    Instant from;

    @Nullable
    Instant to;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    int priceRequests;
    int spentRequests;
    int stepsDone;
    int stepsTotal;
    Map<String, Long> read;
    long published;

    @Nullable
    String error;

    @Nullable
    String detail;

    JobDraft(Job job) {
        status = job.status();
        resources = job.resources();
        from = job.from();
        to = job.to();
        startedAt = job.startedAt();
        finishedAt = job.finishedAt();
        priceRequests = job.priceRequests();
        spentRequests = job.spentRequests();
        stepsDone = job.stepsDone();
        stepsTotal = job.stepsTotal();
        read = job.read();
        published = job.published();
        error = job.error();
        detail = job.detail();
    }

    /** The next revision of that job, with what is drafted here. */
    Job of(Job job) {
        return new Job(
                job.id(),
                job.account(),
                job.kind(),
                job.command(),
                status,
                resources,
                from,
                to,
                job.requestedBy(),
                job.requestedAt(),
                startedAt,
                finishedAt,
                priceRequests,
                spentRequests,
                stepsDone,
                stepsTotal,
                read,
                published,
                error,
                detail,
                job.revision() + 1);
    }
}
