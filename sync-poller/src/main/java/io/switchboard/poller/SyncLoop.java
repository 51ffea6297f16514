package io.switchboard.poller;

import io.switchboard.poller.kafka.StateLog;
import io.switchboard.poller.kafka.StateLog.LostException;
import io.switchboard.poller.plan.AccountState;
import io.switchboard.poller.plan.Command;
import io.switchboard.poller.plan.Command.Fetch;
import io.switchboard.poller.plan.Command.LogIn;
import io.switchboard.poller.plan.Command.Pause;
import io.switchboard.poller.plan.Command.Perform;
import io.switchboard.poller.plan.Command.Renew;
import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.Outcome;
import io.switchboard.poller.plan.Outcome.Failed;
import io.switchboard.poller.plan.Outcome.LoggedIn;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.plan.SyncPlan;
import io.switchboard.poller.provider.CommandAnswer;
import io.switchboard.poller.provider.Provider;
import io.switchboard.poller.provider.ProviderAnswer;
import io.switchboard.poller.provider.TokenAnswer;
import io.switchboard.sync.PersonCommand;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one account for as long as this process leads it. Owned by one virtual thread.
 *
 * <p><b>Theory of operation.</b> The plan decides, the loop performs, and what was decided is saved before it is performed:
 *
 * <pre>
 *   take over the state ─▶ ┌ accept orders ─▶ plan.step(state, outcome, attention, now) ─▶ save the new state ┐
 *                          └───────── outcome ◀── perform the command: fetch, publish, or pause ◀─────────────┘
 * </pre>
 *
 * <ul>
 *   <li>The state that comes with a command has counted its request already. A crash between saving and performing wastes
 *       one request; it can never spend one that is not counted.
 *   <li>A loop that was frozen and replaced is refused when it saves ({@link io.switchboard.poller.kafka.KafkaStateLog}), and
 *       because it saves before it performs, it asks for nothing more. What it may still publish is a fact that it had asked
 *       for, and a fact told twice is one fact.
 *   <li>What a person has done is performed at most once for the same reason: a command that was saved and whose answer is
 *       not known after a start is never performed again.
 *   <li>A page's records are in the log before the outcome is told to the plan, so a cursor never passes what was not
 *       published. While the brokers are away it waits with the page in hand.
 *   <li>A pause ends early when somebody orders something or the calls ask for attention.
 * </ul>
 */
final class SyncLoop implements PolledAccount.Stoppable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncLoop.class);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final String account;
    private final SyncPlan plan;
    private final SavedState saved;
    private final Provider provider;
    private final RecordPublisher publisher;
    private final AccountKnowledge knowledge;
    private final OrderQueue orders;
    private final InstantSource clock;
    private volatile boolean stopped;

    /** What the loop works with. */
    record Parts(
            StateLog states,
            Provider provider,
            RecordPublisher publisher,
            AccountKnowledge knowledge,
            OrderQueue orders,
            PollerMetrics metrics,
            LastReports reports,
            InstantSource clock) {}

    SyncLoop(String account, SyncPlan plan, Parts parts) {
        this.account = account;
        this.plan = plan;
        this.saved = new SavedState(account, parts.states(), parts.metrics(), parts.reports());
        this.provider = parts.provider();
        this.publisher = parts.publisher();
        this.knowledge = parts.knowledge();
        this.orders = parts.orders();
        this.clock = parts.clock();
    }

    /** Has it end after the command in hand. */
    @Override
    public void stop() {
        stopped = true;
    }

    /**
     * Returns when stopped.
     *
     * @throws LostException when the account is, or may be, somebody else's
     */
    @Override
    public void run() throws LostException, InterruptedException {
        var entries = saved.takeOver();
        orders.skipTo(saved.nextOrder());
        knowledge.watch(clock.instant());
        var state = AccountState.of(account, entries, clock.instant());
        Outcome outcome = new Outcome.Started();
        while (!stopped) {
            var now = clock.instant();
            for (var received = orders.next(); received != null; received = orders.next()) {
                state = plan.accept(state, received.order(), now);
                saved.ordersAcceptedThrough(received.offset());
            }
            var step = plan.step(state, outcome, knowledge.attention(now), now);
            state = step.state();
            saved.save(state.entries());
            if (step.completedListing() != null) {
                publisher.deleteMissing(step.completedListing(), clock.instant());
            }
            outcome = perform(step.command());
            saved.count(knowledge.drainFindings());
            if (stopped && step.command() instanceof Perform) {
                // What came of it is known, and nobody could find it out later.
                saved.save(plan.settle(state, outcome, clock.instant()).entries());
            }
        }
    }

    private Outcome perform(Command next) throws InterruptedException {
        return switch (next) {
            case LogIn ignored -> token(provider.logIn());
            case Renew ignored -> token(provider.renew());
            case Fetch(var request, var purpose) -> fetch(request);
            case Perform(var command) -> performed(command);
            case Pause(var until) -> pause(until);
        };
    }

    private Outcome token(Future<TokenAnswer> asked) throws InterruptedException {
        try {
            return switch (await(asked)) {
                case TokenAnswer.Granted(var expiresAt) -> new LoggedIn(expiresAt);
                case TokenAnswer.Refused(var failure) -> failed("a token", failure);
            };
        } catch (TimeoutException e) {
            return failed("a token", new Failure(Failure.Kind.TIMED_OUT, "no answer", null));
        }
    }

    private Outcome fetch(ProviderRequest request) throws InterruptedException {
        try {
            return switch (await(provider.fetch(request))) {
                case ProviderAnswer.Page page -> published(request, page);
                case ProviderAnswer.Refused(var failure) ->
                    failed(request.resource().word(), failure);
            };
        } catch (TimeoutException e) {
            return failed(request.resource().word(), new Failure(Failure.Kind.TIMED_OUT, "no answer", null));
        } finally {
            if (request instanceof ProviderRequest.OneCall(var id)) {
                knowledge.asked(id);
            }
        }
    }

    private Outcome performed(PersonCommand command) {
        try {
            return switch (await(provider.perform(command))) {
                case CommandAnswer.Done ignored -> new Outcome.Performed();
                case CommandAnswer.Refused(var failure) -> failed(command.type(), failure);
            };
        } catch (TimeoutException e) {
            return failed(command.type(), new Failure(Failure.Kind.TIMED_OUT, "no answer", null));
        }
    }

    private Outcome published(ProviderRequest request, ProviderAnswer.Page page) throws InterruptedException {
        var published = publisher.publish(request, page, clock.instant(), () -> stopped);
        return new Outcome.Fetched(page.rows(), page.total(), published);
    }

    private Outcome failed(String what, Failure failure) {
        LOG.info(
                "account {}: no success with {}: {} ({})",
                account,
                what,
                failure.kind().word(),
                failure.detail());
        return new Failed(failure);
    }

    private Outcome pause(Instant until) throws InterruptedException {
        var before = knowledge.attention(clock.instant());
        while (!stopped) {
            var left = Duration.between(clock.instant(), until);
            if (left.isNegative() || left.isZero()) {
                break;
            }
            if (orders.await(left.compareTo(LOOK_UP) < 0 ? left : LOOK_UP)
                    || !before.equals(knowledge.attention(clock.instant()))) {
                break;
            }
        }
        return new Outcome.Woken();
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }
}
