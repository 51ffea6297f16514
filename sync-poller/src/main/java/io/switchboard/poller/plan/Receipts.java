package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Run.Depth;
import java.time.Duration;

/** What a request that succeeded changes. */
final class Receipts {
    private Receipts() {}

    static void loggedIn(Draft draft, Outcome.LoggedIn answer) {
        draft.token = Token.obtained(draft.now, answer.expiresAt());
        draft.trouble = draft.trouble.loggedIn();
        if (draft.block != null) {
            // Tokens may be given all day: only the request that needed one tells whether the day has turned.
            draft.block = new Block(draft.block.since(), draft.block.until(), draft.now);
        }
    }

    static void performed(Draft draft, Flight.Performing flight) {
        answered(draft);
        Commands.performed(draft, flight.id());
    }

    private static void answered(Draft draft) {
        draft.trouble = Trouble.NONE;
        if (draft.block != null) {
            draft.ledger = draft.ledger.knowing(draft.ledger.learned(), draft.now);
            draft.block = null;
        }
    }

    static void fetched(Draft draft, Flight flight, Outcome.Fetched page) {
        answered(draft);
        switch (flight) {
            case Flight.LoggingIn in -> {}
            case Flight.Renewing re -> {}
            case Flight.Page read -> page(draft, read.resource(), page);
            case Flight.JobPage read -> jobPage(draft, read, page);
            case Flight.Performing performing -> {}
            case Flight.One one -> put(draft, one.resource(), page);
        }
    }

    private static void put(Draft draft, Resource resource, Outcome.Fetched page) {
        draft.put(resource, draft.resource(resource).succeeded(draft.now, page));
    }

    static void page(Draft draft, Resource resource, Outcome.Fetched page) {
        put(draft, resource, page);
        var state = draft.resource(resource);
        if (state.run() == null) {
            return;
        }
        var run = state.run().read(resource, page, draft.settings.pageSize(resource));
        draft.put(resource, state.withRun(run));
        if (run.over()) {
            completed(draft, resource, run);
        }
    }

    /** A pass has ended, all of it read but for rows that cannot be. */
    static void completed(Draft draft, Resource resource, Run run) {
        var state = draft.resource(resource).completed(run);
        if (run.passedOver() > 0) {
            state = state.noting(AccountState.word(Failure.Kind.MALFORMED));
        }
        draft.put(resource, state);
        draft.put(resource, state.dueAt(Cadence.dueAt(draft, resource)));
        if (provesDeletions(resource, run)) {
            draft.completedListing = resource;
        }
    }

    /** An empty listing proves nothing: it is how some failures look. */
    private static boolean provesDeletions(Resource resource, Run run) {
        return run.depth() == Depth.FULL
                && !run.flawed()
                && run.rows() > 0
                && (resource == Resource.CONTACTS || resource == Resource.PHONE_NUMBERS || resource == Resource.TEAM);
    }

    private static void jobPage(Draft draft, Flight.JobPage read, Outcome.Fetched page) {
        put(draft, read.resource(), page);
        Jobs.find(draft, read.id())
                .filter(JobState::works)
                .filter(job -> job.resource() == read.resource())
                .ifPresent(job -> Jobs.read(draft, job, page));
        if (Run.isSinglePage(read.resource()) && page.rows() > 0) {
            var run = Run.over(Depth.FULL, draft.now, null, null, 1).read(read.resource(), page, 1);
            completed(draft, read.resource(), run);
        }
    }

    /** Whether the resource was read within the last day. */
    static boolean succeededLately(Draft draft, Resource resource) {
        var success = draft.resource(resource).report().lastSuccessAt();
        return success != null && Times.within(Duration.ofDays(1), success, draft.now);
    }
}
