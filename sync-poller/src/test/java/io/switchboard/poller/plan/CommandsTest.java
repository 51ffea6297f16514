package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.poller.plan.ProviderRequest.Journal;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PersonCommand;
import io.switchboard.sync.PersonCommand.SendMessage;
import io.switchboard.sync.PollerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandsTest {
    private static final String CLIENT = "3125550117";
    private static final String TEXT = "Hello";

    @Test
    void aCommandIsCountedAndSavedAsSentBeforeItIsPerformed() {
        var script = PlanScript.settled();
        var spent = script.state.budget().spent();

        script.orders(order -> order.message("m"));

        assertThat(script.performs()).isInstanceOf(SendMessage.class);
        assertThat(script.state.budget().spent()).isEqualTo(spent + 1);
        assertThat(script.state.ledger().spent().commands()).isOne();
        assertThat(script.job("m").status()).isEqualTo(Job.Status.RUNNING);
        assertThat(script.job("m").kind()).isEqualTo(Order.Kind.COMMAND);
        assertThat(script.job("m").command()).isEqualTo("send-message");
        assertThat(script.kept()).contains("\"sent\":true");
    }

    @Test
    void aCommandGoesBeforeEverythingButTheToken() {
        var script = new PlanScript(2500);
        script.state = script.plan.accept(script.state, new PlanScript.OrderScript(script.now).sync("s"), script.now);
        script.state =
                script.plan.accept(script.state, new PlanScript.OrderScript(script.now).message("m"), script.now);

        script.start();
        assertThat(script.command).isEqualTo(new Command.LogIn());
        script.comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));

        assertThat(script.performs()).isInstanceOf(SendMessage.class);
        script.comes(new Outcome.Performed());
        assertThat(script.purpose()).isEqualTo(Purpose.COMMANDS);
        assertThat(script.untilItPauses().job("s").status()).isEqualTo(Job.Status.DONE);
    }

    @Test
    void whenItIsDoneItsContentIsGoneAndWhatItChangedIsReadSoon() {
        var script = PlanScript.settled().orders(order -> order.message("m"));
        assertThat(script.kept()).contains(CLIENT, TEXT);

        script.comes(new Outcome.Performed());

        assertThat(script.job("m").status()).isEqualTo(Job.Status.DONE);
        assertThat(script.job("m").stepsDone()).isEqualTo(script.job("m").stepsTotal());
        assertThat(script.kept()).doesNotContain(CLIENT, TEXT);
        script.asks(Journal.class);
    }

    @Test
    void theSameOrderAgainIsNotPerformedAgain() {
        var script = PlanScript.settled().orders(order -> order.message("m"));
        script.comes(new Outcome.Performed()).untilItPauses();

        script.orders(order -> order.message("m"));
        assertThat(script.command).isInstanceOf(Command.Pause.class);
        script.restart().comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));

        assertThat(performedUntilItPauses(script)).isZero();
    }

    @Test
    void theSameOrderAgainIsKnownHoweverManyJobsEndedSince() {
        var script = PlanScript.settled();
        var given = new PlanScript.OrderScript(script.now).message("m");
        script.orders(order -> given).comes(new Outcome.Performed());
        for (int i = 0; i < 60; i++) {
            var id = "s" + i;
            script.orders(order -> order.sync(id)).orders(order -> order.cancel(id));
        }

        script.after(Duration.ofMinutes(14)).orders(order -> given);

        assertThat(performedUntilItPauses(script)).isZero();
        assertThat(script.job("m").status()).isEqualTo(Job.Status.DONE);
    }

    @Test
    void afterARestartInFlightNobodyKnowsAndNothingIsRepeated() {
        var script = PlanScript.settled().orders(order -> order.message("m"));

        script.restart();

        assertThat(script.job("m").status()).isEqualTo(Job.Status.FAILED);
        assertThat(script.job("m").error()).isEqualTo(Job.OUTCOME_UNKNOWN);
        assertThat(script.job("m").detail()).contains("may have been carried out");
        assertThat(script.kept()).doesNotContain(CLIENT, TEXT);
        script.comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));
        script.orders(order -> order.message("m"));
        assertThat(performedUntilItPauses(script)).isZero();
    }

    @Test
    void oneThatWaitedWhenThePollerStoppedIsPerformedAfterTheStart() {
        var script = PlanScript.settled();
        script.state =
                script.plan.accept(script.state, new PlanScript.OrderScript(script.now).message("m"), script.now);

        script.restart().comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));

        var message = new SendMessage("+12025550143", List.of("+13125550117"), TEXT);
        assertThat(script.performs()).isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SERVER_ERROR", "TIMED_OUT", "MALFORMED"})
    void aLostAnswerIsNotRepeated(Kind kind) {
        var script = PlanScript.settled().orders(order -> order.message("m")).fails(kind);

        assertThat(script.job("m").error()).isEqualTo(Job.OUTCOME_UNKNOWN);
        assertThat(performedUntilItPauses(script)).isZero();
    }

    @Test
    void withoutAConnectionNothingWasSentAndItIsTriedUntilNobodyWaits() {
        var script = PlanScript.settled().orders(order -> order.message("m"));
        var ordered = script.now;

        script.fails(Kind.UNREACHABLE);
        assertThat(script.job("m").status().isFinal()).isFalse();
        for (int i = 0; i < 100 && !script.job("m").status().isFinal(); i++) {
            script = script.command instanceof Command.Pause ? script.wakes() : script.fails(Kind.UNREACHABLE);
        }

        assertThat(script.job("m").error()).isEqualTo(Job.EXPIRED);
        assertThat(script.job("m").spentRequests()).isBetween(2, 20);
        assertThat(script.now).isBefore(ordered.plus(Duration.ofMinutes(21)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FORBIDDEN", "NOT_FOUND", "BAD_REQUEST"})
    void aRefusalEndsTheJobAndStopsNothingElse(Kind kind) {
        var script = PlanScript.settled().orders(order -> order.message("m")).fails(kind);

        assertThat(script.job("m").status()).isEqualTo(Job.Status.FAILED);
        assertThat(script.job("m").error()).isEqualTo(Job.PROVIDER_REFUSED);
        assertThat(script.state.poller().state()).isEqualTo(PollerReport.State.POLLING);
        assertThat(performedUntilItPauses(script)).isZero();
    }

    @Test
    void aRejectedTokenIsRenewedAndTheCommandPerformedOnceMore() {
        var script = PlanScript.settled().orders(order -> order.message("m")).fails(Kind.TOKEN_REJECTED);
        assertThat(script.command).isEqualTo(new Command.LogIn());
        script.comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));
        assertThat(script.performs()).isInstanceOf(SendMessage.class);

        script.fails(Kind.TOKEN_REJECTED);

        assertThat(script.job("m").error()).isEqualTo(Job.PROVIDER_REFUSED);
        assertThat(performedUntilItPauses(script)).isZero();
    }

    @Test
    void aCrashBetweenTheRejectedTokenAndTheNextTryLeavesItWaiting() {
        var script = PlanScript.settled().orders(order -> order.message("m")).fails(Kind.TOKEN_REJECTED);

        script.restart().comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));

        assertThat(script.performs()).isInstanceOf(SendMessage.class);
    }

    @Test
    void aMessageThatMustWaitWaitsAndNothingElseDoes() {
        var script = PlanScript.settled().orders(order -> order.message("m"));
        var free = script.now.plus(Duration.ofMinutes(4));

        throttled(script, free).orders(order -> order.sync("s"));

        assertThat(script.purpose()).isEqualTo(Purpose.COMMANDS);
        assertThat(script.untilItPauses().job("s").status()).isEqualTo(Job.Status.DONE);
        while (!(script.command instanceof Command.Perform)) {
            assertThat(script.now).isBefore(free.plusSeconds(2));
            script.wakesOrAnswers(request -> null);
        }
        assertThat(script.now).isAfterOrEqualTo(free);
        assertThat(script.comes(new Outcome.Performed()).job("m").status()).isEqualTo(Job.Status.DONE);
    }

    @Test
    void oneThatWouldHaveToWaitTooLongFails() {
        var script = PlanScript.settled().orders(order -> order.message("m"));

        throttled(script, script.now.plus(Duration.ofMinutes(16)));

        assertThat(script.job("m").error()).isEqualTo(PollerReport.LIMIT_EXCEEDED);
        assertThat(performedUntilItPauses(script)).isZero();
    }

    @Test
    void atTheLimitItFailsAndSoDoesTheNextOne() {
        var script = PlanScript.settled().orders(order -> order.message("m")).fails(Kind.LIMIT_EXCEEDED);

        script.orders(order -> order.message("n"));

        assertThat(script.job("m").error()).isEqualTo(PollerReport.LIMIT_EXCEEDED);
        assertThat(script.job("n").error()).isEqualTo(PollerReport.LIMIT_EXCEEDED);
        assertThat(script.kept()).doesNotContain(CLIENT, TEXT);
    }

    @Test
    void whileTheKeysAreRejectedItFailsAtOnce() {
        var script = new PlanScript(2500).start().fails(Kind.CREDENTIALS_REJECTED);

        script.orders(order -> order.message("m"));

        assertThat(script.job("m").error()).isEqualTo(PollerReport.AUTH_FAILED);
    }

    @Test
    void anOrderThatIsOldWhenItArrivesIsNotPerformed() {
        var script = PlanScript.settled();
        var given = new PlanScript.OrderScript(script.now.minus(Duration.ofMinutes(16))).message("m");

        script.orders(order -> given);

        assertThat(script.job("m").error()).isEqualTo(Job.EXPIRED);
        assertThat(performedUntilItPauses(script)).isZero();
    }

    @Test
    void withoutBudgetItWaitsAndThenExpires() {
        var script = new PlanScript(0).start();

        script.orders(order -> order.message("m"));
        for (int i = 0; i < 5 && !script.job("m").status().isFinal(); i++) {
            script.wakes();
        }

        assertThat(script.job("m").error()).isEqualTo(Job.EXPIRED);
        assertThat(script.kept()).doesNotContain(CLIENT, TEXT);
    }

    @Test
    void itCanBeCancelledUntilItIsSent() {
        var script = PlanScript.settled();
        script.state =
                script.plan.accept(script.state, new PlanScript.OrderScript(script.now).message("m"), script.now);
        script.orders(order -> order.cancel("m"));
        assertThat(script.job("m").status()).isEqualTo(Job.Status.CANCELLED);
        assertThat(script.kept()).doesNotContain(CLIENT, TEXT);

        script.untilItPauses().orders(order -> order.message("n"));
        script.state = script.plan.accept(script.state, new PlanScript.OrderScript(script.now).cancel("n"), script.now);
        assertThat(script.comes(new Outcome.Performed()).job("n").status()).isEqualTo(Job.Status.DONE);
    }

    @Test
    void whatIsKnownAtTheEndIsSettledWithoutAnotherRequest() {
        var script = PlanScript.settled().orders(order -> order.message("m"));
        script.state =
                script.plan.accept(script.state, new PlanScript.OrderScript(script.now).message("n"), script.now);

        script.state = script.plan.settle(script.state, new Outcome.Performed(), script.now);

        assertThat(script.job("m").status()).isEqualTo(Job.Status.DONE);
        assertThat(script.job("n").status()).isEqualTo(Job.Status.QUEUED);
        assertThat(script.state.flight()).isNull();
    }

    @Test
    void statusIsReadAfterItWasSet() {
        var script = PlanScript.settled();
        script.orders(order -> Order.of("p", "default", new PersonCommand.SetStatus("dnd"), "ops", order.at()));

        script.comes(new Outcome.Performed());

        assertThat(script.asks(ProviderRequest.OwnStatus.class).resource()).isEqualTo(Resource.AGENT_STATUS);
    }

    @Test
    void anOrderWithoutItsCommandFails() {
        var script = PlanScript.settled();
        script.orders(order -> new Order("x", "default", Order.Kind.COMMAND, List.of(), null, null, "ops", order.at()));

        assertThat(script.job("x").error()).isEqualTo("unknown-command");
    }

    @CanIgnoreReturnValue
    private static PlanScript throttled(PlanScript script, @Nullable Instant until) {
        return script.comes(new Outcome.Failed(new Failure(Kind.THROTTLED, "429", until)));
    }

    /** How many commands are performed before nothing is left to do, and for a while after. */
    private static int performedUntilItPauses(PlanScript script) {
        var performed = 0;
        for (int i = 0; i < 40; i++) {
            if (script.command instanceof Command.Perform) {
                performed++;
                script.comes(new Outcome.Performed());
            } else {
                script.wakesOrAnswers(request -> null);
            }
        }
        return performed;
    }
}
