package io.switchboard.poller.plan;

import io.switchboard.sync.Order;
import java.time.Instant;

/**
 * Decides what an account asks the provider, and when.
 *
 * <p>Theory of operation. One request is under way at a time. A step takes what came of the last command, changes the state
 * by it ({@link Receipts}, {@link Refusals}) and chooses the next command ({@link Agenda}): of all that is due and that the
 * {@link Ledger} allows, the most urgent. A request is in the ledger of the state that comes with it, and that state is
 * saved before the request is made: a crash, a restart or a poller that lost its place can waste a request, never make one
 * that is not counted.
 *
 * <p>What a person has done is never repeated ({@link Commands}): a crash between saving and performing leaves it undone
 * rather than done twice, and the job says that nobody knows.
 *
 * <p>Whatever is read is read again: windows overlap, a pass that was interrupted goes on at its page, one that failed
 * begins where the last complete one ended. So a page lost is a delay, not a gap.
 *
 * <pre>
 *   resource       while calls are on  otherwise  reaches back            every …, instead   purpose
 *   calls          75 s                5 min      30 min, or to the last  5 min: 4 h         live
 *                                                 end, or to the oldest   1 h: 26 h
 *                                                 call awaited
 *   journal        5 min               15 min     1 h                     1 h: 26 h          resources
 *   voicemails     15 min              15 min     26 h                    6 h: 8 days        resources
 *   contacts       30 min              30 min     what changed since      24 h: all          resources
 *   agent status   15 min              15 min                                                resources
 *   phone numbers  1 h                 1 h        all                                        resources
 *   team           1 h                 1 h        all                                        resources
 *   profiles       24 h                24 h       own, and each extension known              resources
 * </pre>
 *
 * Every interval stretches as the budget of its purpose wanes ({@link Cadence}). The first pass of all reads a day.
 *
 * <p>Pure, and safe for use by several threads. It throws for no input.
 */
public final class SyncPlan {
    private final PlanSettings settings;

    public SyncPlan(PlanSettings settings) {
        this.settings = settings;
    }

    /** An account of which nothing is known. */
    public AccountState initial(String account, Instant now) {
        return AccountState.fresh(account, settings.dailyRequests(), Times.sane(now));
    }

    /** What follows from the outcome of the last command. The state must be saved before the command is performed. */
    public Step step(AccountState state, Outcome outcome, Attention attention, Instant now) {
        var draft = new Draft(state, settings, attention, Times.sane(now));
        settle(draft, outcome);
        Commands.expire(draft);
        var command = Agenda.next(draft);
        return new Step(draft.freeze(), command, draft.completedListing);
    }

    /** What follows from the outcome, when nothing more is to be asked. */
    public AccountState settle(AccountState state, Outcome outcome, Instant now) {
        var draft = new Draft(state, settings, Attention.NONE, Times.sane(now));
        settle(draft, outcome);
        return draft.freeze();
    }

    /** The state with the order in it. The same order twice is one; the next step begins with it. */
    public AccountState accept(AccountState state, Order order, Instant now) {
        if (!order.account().equals(state.account())) {
            return state;
        }
        var draft = new Draft(state, settings, Attention.NONE, Times.sane(now));
        Jobs.accept(draft, order);
        return draft.freeze();
    }

    private static void settle(Draft draft, Outcome outcome) {
        var flight = draft.flight;
        draft.flight = null;
        switch (outcome) {
            case Outcome.Started started -> {
                draft.token = null;
                draft.trouble = draft.trouble.restarted();
                draft.interrupted();
            }
            case Outcome.Woken woken -> {}
            case Outcome.LoggedIn answer -> {
                if (flight instanceof Flight.LoggingIn || flight instanceof Flight.Renewing) {
                    Receipts.loggedIn(draft, answer);
                }
            }
            case Outcome.Fetched page -> {
                if (flight != null && flight.asksFor() != null) {
                    Receipts.fetched(draft, flight, page);
                }
            }
            case Outcome.Performed performed -> {
                if (flight instanceof Flight.Performing performing) {
                    Receipts.performed(draft, performing);
                }
            }
            case Outcome.Failed failed -> {
                if (flight != null) {
                    Refusals.failed(draft, flight, failed.failure());
                }
            }
        }
        Commands.lost(draft);
    }
}
