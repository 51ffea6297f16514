package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.switchboard.event.Resource;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PersonCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plays the loop around the plan, one outcome at a time. */
final class PlanScript {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    final SyncPlan plan;
    AccountState state;
    Instant now = NOON;
    Attention attention = Attention.NONE;
    Command command = new Command.LogIn();
    final List<Resource> completed = new ArrayList<>();

    PlanScript(int limit) {
        plan = new SyncPlan(PlanSettings.ofDailyRequests(limit));
        state = plan.initial("default", now);
    }

    /** Started, logged in, the first request not yet answered. */
    static PlanScript loggedIn() {
        var script = new PlanScript(2500);
        script.start();
        return script.comes(new Outcome.LoggedIn(NOON.plus(Duration.ofHours(24))));
    }

    /** Everything read once, and nothing due. */
    static PlanScript settled() {
        return loggedIn().untilItPauses();
    }

    @CanIgnoreReturnValue
    PlanScript start() {
        return comes(new Outcome.Started());
    }

    @CanIgnoreReturnValue
    PlanScript restart() {
        state = AccountState.of("default", state.entries(), now);
        return start();
    }

    @CanIgnoreReturnValue
    PlanScript comes(Outcome outcome) {
        var step = plan.step(state, outcome, attention, now);
        state = step.state();
        command = step.command();
        if (step.completedListing() != null) {
            completed.add(step.completedListing());
        }
        return this;
    }

    @CanIgnoreReturnValue
    PlanScript rows(int rows) {
        return comes(new Outcome.Fetched(rows, null, rows));
    }

    @CanIgnoreReturnValue
    PlanScript page(int rows, long total) {
        return comes(new Outcome.Fetched(rows, total, rows));
    }

    @CanIgnoreReturnValue
    PlanScript fails(Failure.Kind kind) {
        return comes(new Outcome.Failed(new Failure(kind, "status", null)));
    }

    /** The pause is over. */
    @CanIgnoreReturnValue
    PlanScript wakes() {
        now = pauseEnd();
        return comes(new Outcome.Woken());
    }

    @CanIgnoreReturnValue
    PlanScript after(Duration duration) {
        now = now.plus(duration);
        return comes(new Outcome.Woken());
    }

    Instant pauseEnd() {
        assertThat(command).isInstanceOf(Command.Pause.class);
        return ((Command.Pause) command).until();
    }

    @CanIgnoreReturnValue
    PlanScript untilItPauses() {
        for (int i = 0; i < 1000 && !(command instanceof Command.Pause); i++) {
            now = now.plusMillis(300);
            var answer = command instanceof Command.Fetch
                    ? new Outcome.Fetched(1, 1L, 0)
                    : new Outcome.LoggedIn(now.plus(Duration.ofHours(24)));
            comes(answer);
        }
        return this;
    }

    /** Answers whatever is asked with one row, through pauses too, until the wanted request comes. */
    @CanIgnoreReturnValue
    <T extends ProviderRequest> T untilAsks(Class<T> wanted) {
        for (int i = 0; i < 5000; i++) {
            if (command instanceof Command.Fetch fetch && wanted.isInstance(fetch.request())) {
                return wanted.cast(fetch.request());
            }
            if (command instanceof Command.Pause) {
                wakes();
            } else {
                now = now.plusMillis(300);
                comes(
                        command instanceof Command.Fetch
                                ? new Outcome.Fetched(1, 1L, 0)
                                : new Outcome.LoggedIn(now.plus(Duration.ofHours(24))));
            }
        }
        throw new AssertionError("never asked for " + wanted.getSimpleName());
    }

    /** Answers whatever is asked with one row until something is asked for that purpose. */
    @CanIgnoreReturnValue
    PlanScript untilAsksFor(Purpose wanted) {
        for (int i = 0; i < 5000; i++) {
            if (command instanceof Command.Fetch fetch && fetch.purpose() == wanted) {
                return this;
            }
            wakesOrAnswers(request -> null);
        }
        throw new AssertionError("never asked for " + wanted.word());
    }

    /** One turn of the loop: a pause passes, a request brings one row or fails as told. */
    @CanIgnoreReturnValue
    PlanScript wakesOrAnswers(Function<ProviderRequest, Failure.@Nullable Kind> failure) {
        if (command instanceof Command.Pause) {
            return wakes();
        }
        now = now.plusMillis(300);
        if (!(command instanceof Command.Fetch fetch)) {
            return comes(new Outcome.LoggedIn(now.plus(Duration.ofHours(24))));
        }
        var kind = failure.apply(fetch.request());
        return kind == null ? page(1, 1) : fails(kind);
    }

    @CanIgnoreReturnValue
    <T extends ProviderRequest> T asks(Class<T> wanted) {
        assertThat(command).isInstanceOf(Command.Fetch.class);
        assertThat(((Command.Fetch) command).request()).isInstanceOf(wanted);
        return wanted.cast(((Command.Fetch) command).request());
    }

    Purpose purpose() {
        return ((Command.Fetch) command).purpose();
    }

    @CanIgnoreReturnValue
    PlanScript orders(Function<OrderScript, Order> order) {
        state = plan.accept(state, order.apply(new OrderScript(now)), now);
        return comes(new Outcome.Woken());
    }

    /** Orders as people give them. */
    record OrderScript(Instant at) {
        Order sync(String id) {
            return new Order(id, "default", Order.Kind.SYNC, List.of(), null, null, "ops", at);
        }

        Order backfill(String id, Duration back) {
            return new Order(id, "default", Order.Kind.BACKFILL, List.of(), at.minus(back), at, "ops", at);
        }

        Order message(String id) {
            var message = new PersonCommand.SendMessage("+12025550143", List.of("+13125550117"), "Hello");
            return Order.of(id, "default", message, "ops", at);
        }

        Order cancel(String id) {
            return new Order(id, "default", Order.Kind.CANCEL, List.of(), null, null, "ops", at);
        }
    }

    /** The command that is to be performed. */
    PersonCommand performs() {
        assertThat(command).isInstanceOf(Command.Perform.class);
        return ((Command.Perform) command).command();
    }

    /** All that is kept, as text. */
    String kept() {
        return state.entries().values().stream()
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }

    Job job(String id) {
        return state.jobs().stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
