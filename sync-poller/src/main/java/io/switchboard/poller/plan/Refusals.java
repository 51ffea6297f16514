package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.sync.PollerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a request that failed changes. */
final class Refusals {
    static final String KEYS_DETAIL =
            "MightyCall rejects the API key or the user key: nothing is read until they are corrected and the poller"
                    + " is started again.";

    private static final Duration RETRY_FIRST = Duration.ofSeconds(5);
    private static final Duration RETRY_LONGEST = Duration.ofMinutes(5);
    private static final Duration THROTTLE_FIRST = Duration.ofMinutes(1);
    private static final Duration THROTTLE_LONGEST = Duration.ofMinutes(15);
    private static final Duration REST_FORBIDDEN = Duration.ofHours(6);
    private static final int THROTTLES_ARE_A_LIMIT = 5;
    private static final int UNREADABLE_GIVES_UP = 3;

    private final Draft draft;
    private final Flight flight;
    private final Failure failure;

    private Refusals(Draft draft, Flight flight, Failure failure) {
        this.draft = draft;
        this.flight = flight;
        this.failure = failure;
    }

    static void failed(Draft draft, Flight flight, Failure failure) {
        new Refusals(draft, flight, failure).settle();
    }

    static String limitDetail(Block block) {
        return "MightyCall says that the day's requests are spent. Nothing is asked before %s; it goes on at %s at the latest."
                .formatted(block.probeAt(), block.until());
    }

    private void settle() {
        if (flight instanceof Flight.Performing performing) {
            command(performing.id());
            return;
        }
        switch (failure.kind()) {
            case TOKEN_REJECTED -> tokenRejected();
            case CREDENTIALS_REJECTED -> credentialsRejected();
            case LIMIT_EXCEEDED -> limit();
            case THROTTLED -> throttled();
            case FORBIDDEN -> forbidden();
            case NOT_FOUND -> notFound();
            case BAD_REQUEST -> badRequest();
            case SERVER_ERROR, TIMED_OUT, UNREACHABLE -> trouble(interruptedRun());
            case MALFORMED -> malformed();
        }
    }

    /** Tried again only where it is certain that nothing was done. */
    private void command(String id) {
        switch (failure.kind()) {
            case TOKEN_REJECTED, CREDENTIALS_REJECTED -> {
                tokenRejected();
                Commands.tokenRejected(draft, id);
            }
            case LIMIT_EXCEEDED -> {
                Commands.waits(draft, id, null);
                limit();
            }
            case THROTTLED -> {
                // With a time it speaks of messages alone: everything else goes on.
                Commands.waits(draft, id, Times.saneOrNull(failure.retryAt()));
                if (failure.retryAt() == null) {
                    throttled();
                }
            }
            case FORBIDDEN, NOT_FOUND, BAD_REQUEST -> Commands.refused(draft, id, failure.detail());
            case UNREACHABLE -> {
                Commands.waits(draft, id, null);
                retryLater();
            }
            case SERVER_ERROR, TIMED_OUT, MALFORMED -> {
                Commands.unknown(draft, id, failure.detail());
                retryLater();
            }
        }
    }

    /** Once may be the token's fault: get another and repeat the request. Twice is not. */
    private void tokenRejected() {
        draft.token = null;
        if (flight instanceof Flight.LoggingIn) {
            retryLater();
            return;
        }
        if (flight instanceof Flight.Renewing) {
            return;
        }
        draft.trouble = draft.trouble.tokenRejected();
        if (draft.trouble.rejections() > 1) {
            retryLater();
        } else if (draft.block != null) {
            draft.block = new Block(draft.block.since(), draft.block.until(), draft.now);
        }
    }

    private void credentialsRejected() {
        if (!(flight instanceof Flight.LoggingIn)) {
            tokenRejected();
            return;
        }
        draft.token = null;
        draft.trouble = draft.trouble.keysWereRejected(failure.detail());
        Jobs.halt(draft, PollerReport.AUTH_FAILED, KEYS_DETAIL);
    }

    private void limit() {
        if (draft.block == null) {
            draft.ledger = draft.ledger.refusedAtLimit();
        }
        draft.trouble = Trouble.NONE;
        draft.interrupted();
        noteError();
        var block = block();
        draft.block = block;
        Jobs.halt(draft, PollerReport.LIMIT_EXCEEDED, limitDetail(block));
    }

    private Block block() {
        var now = draft.now;
        var known = draft.block;
        var since = known != null && Times.within(Times.DAY, known.since(), now) ? known.since() : now;
        var promised = Times.saneOrNull(failure.retryAt());
        if (promised != null && promised.isAfter(now)) {
            var until = Times.min(Times.max(promised, now.plusSeconds(60)), now.plus(Times.DAY));
            return new Block(since, until, until);
        }
        var turn = draft.ledger.turn();
        if (turn != null && known == null) {
            var seconds = Math.floorMod(Duration.between(turn, now).toSeconds(), Times.DAY.toSeconds());
            var next = now.plusSeconds(Times.DAY.toSeconds() - seconds);
            return new Block(since, next, next);
        }
        var probe = now.plus(Agenda.PROBE_EVERY);
        return new Block(since, Times.max(since.plus(Times.DAY), probe), probe);
    }

    private void throttled() {
        var again = Times.saneOrNull(failure.retryAt());
        var far = again != null && again.isAfter(draft.now.plus(Duration.ofHours(1)));
        if (far || draft.trouble.throttles() + 1 >= THROTTLES_ARE_A_LIMIT) {
            limit();
            return;
        }
        noteError();
        var pause = Times.backOff(THROTTLE_FIRST, THROTTLE_LONGEST, draft.trouble.throttles() + 1);
        draft.trouble = draft.trouble.throttled(later(pause), failure.detail());
        draft.interrupted();
    }

    /** The limit in disguise, where it could be read a day ago; a matter of rights where it never could. */
    private void forbidden() {
        switch (flight) {
            case Flight.LoggingIn in -> forbiddenToken();
            case Flight.Renewing re -> forbiddenToken();
            case Flight.One one -> noteError();
            case Flight.Performing performing -> {}
            case Flight.Page page -> {
                if (Receipts.succeededLately(draft, page.resource())) {
                    limit();
                } else {
                    rest(page.resource(), REST_FORBIDDEN);
                }
            }
            case Flight.JobPage page -> {
                if (Receipts.succeededLately(draft, page.resource())) {
                    limit();
                } else {
                    skipPart(page);
                }
            }
        }
    }

    private void forbiddenToken() {
        if (Arrays.stream(Resource.values()).anyMatch(one -> Receipts.succeededLately(draft, one))) {
            limit();
        } else {
            draft.token = null;
            retryLater();
        }
    }

    /** The provider answers a list without rows like this at times. It is the end of the list, but proves nothing. */
    private void notFound() {
        switch (flight) {
            case Flight.LoggingIn in -> retryLater();
            case Flight.Renewing re -> tokenRejected();
            case Flight.One one -> noteError();
            case Flight.Performing performing -> {}
            case Flight.Page page -> {
                var state = draft.resource(page.resource());
                draft.put(
                        page.resource(),
                        state.withRun(state.run() == null ? null : state.run().spoilt()));
                Receipts.fetched(draft, flight, new Outcome.Fetched(0, null, 0));
            }
            case Flight.JobPage page -> Receipts.fetched(draft, flight, new Outcome.Fetched(0, null, 0));
        }
    }

    private void badRequest() {
        switch (flight) {
            case Flight.LoggingIn in -> retryLater();
            case Flight.Renewing re -> tokenRejected();
            case Flight.One one -> noteError();
            case Flight.Performing performing -> {}
            case Flight.Page page -> {
                var failures = draft.resource(page.resource()).failures() + 1;
                rest(page.resource(), Times.backOff(Duration.ofMinutes(5), REST_FORBIDDEN, failures));
            }
            case Flight.JobPage page -> skipPart(page);
        }
    }

    /** The pass is given up; what it should have brought is in the window of a later one. */
    private void rest(Resource resource, Duration pause) {
        var until = draft.now.plus(pause);
        var state = draft.resource(resource).failed(draft.now, failure.kind().word(), until);
        draft.put(resource, state.withRun(null).dueAt(until));
    }

    private void skipPart(Flight.JobPage page) {
        noteError();
        Jobs.find(draft, page.id())
                .filter(JobState::works)
                .ifPresent(job -> Jobs.skip(
                        draft,
                        job,
                        failure.kind().word(),
                        "%s: %s".formatted(page.resource().word(), failure.detail())));
    }

    private void malformed() {
        var asked = flight.asksFor();
        if (asked == null || Run.isSinglePage(asked) || runInHand() == null) {
            unreadableWhole();
            return;
        }
        var next = runInHand().unreadable();
        trouble(next);
        if (flight instanceof Flight.Page && next.over()) {
            Receipts.completed(draft, asked, next);
        }
    }

    /** There is no smaller piece to ask for. */
    private void unreadableWhole() {
        if (flight instanceof Flight.Page page
                && draft.resource(page.resource()).failures() + 1 >= UNREADABLE_GIVES_UP) {
            rest(page.resource(), Duration.ofHours(1));
        } else if (flight instanceof Flight.JobPage page
                && Jobs.find(draft, page.id())
                        .filter(job -> job.failures() + 1 >= UNREADABLE_GIVES_UP)
                        .isPresent()) {
            skipPart(page);
        } else {
            trouble(interruptedRun());
        }
    }

    private @Nullable Run runInHand() {
        return switch (flight) {
            case Flight.LoggingIn in -> null;
            case Flight.Renewing re -> null;
            case Flight.One one -> null;
            case Flight.Performing performing -> null;
            case Flight.Page page -> draft.resource(page.resource()).run();
            case Flight.JobPage page ->
                Jobs.find(draft, page.id()).map(job -> Jobs.run(draft, job)).orElse(null);
        };
    }

    private @Nullable Run interruptedRun() {
        var run = runInHand();
        return run == null ? null : run.interrupted();
    }

    /** Perhaps only for now: the same again after a pause, others meanwhile. */
    private void trouble(@Nullable Run next) {
        switch (flight) {
            case Flight.LoggingIn in -> draft.token = null;
            case Flight.Renewing re -> {}
            case Flight.One one -> noteError();
            case Flight.Performing performing -> {}
            case Flight.Page page -> {
                var state = draft.resource(page.resource());
                var pause = Times.backOff(RETRY_FIRST, RETRY_LONGEST, state.failures() + 1);
                var failed = state.failed(draft.now, failure.kind().word(), draft.now.plus(pause));
                draft.put(page.resource(), failed.withRun(next));
            }
            case Flight.JobPage page -> {
                noteError();
                Jobs.find(draft, page.id())
                        .filter(JobState::works)
                        .ifPresent(job -> Jobs.failed(draft, job, next, failure.detail()));
            }
        }
        retryLater();
    }

    private void noteError() {
        var asked = flight.asksFor();
        if (asked != null) {
            draft.put(asked, draft.resource(asked).noting(failure.kind().word()));
        }
    }

    private void retryLater() {
        var pause = Times.backOff(RETRY_FIRST, RETRY_LONGEST, draft.trouble.failures() + 1);
        draft.trouble = draft.trouble.failed(later(pause), failure.detail());
    }

    /** Within a fifth of the pause, by a number that differs from one account and failure to the next. */
    private Instant later(Duration pause) {
        var seed = Math.floorMod(
                draft.account.hashCode() * 31 + draft.ledger.spent().total() * 7919, 400);
        var jittered = pause.multipliedBy(800 + seed).dividedBy(1000);
        var asked = Times.saneOrNull(failure.retryAt());
        var soonest = draft.now.plus(jittered);
        return asked == null ? soonest : Times.min(Times.max(asked, soonest), draft.now.plus(Duration.ofHours(1)));
    }
}
