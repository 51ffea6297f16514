package io.switchboard.poller.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.poller.plan.ProviderRequest.Calls;
import io.switchboard.poller.plan.ProviderRequest.Contacts;
import io.switchboard.poller.plan.ProviderRequest.Journal;
import io.switchboard.poller.plan.ProviderRequest.OneCall;
import io.switchboard.poller.plan.ProviderRequest.Profile;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyncPlanTest {
    private static final Attention ACTIVE = new Attention(true, null, List.of(), new TreeSet<>());

    @Test
    void logsInFirstAndThenReadsADayOfCalls() {
        var script = new PlanScript(2500).start();
        assertThat(script.command).isEqualTo(new Command.LogIn());

        script.comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));

        assertThat(script.asks(Calls.class))
                .isEqualTo(new Calls(script.now.minus(Duration.ofHours(26)), script.now, 0, 1000));
        assertThat(script.state.budget().spent()).isEqualTo(2);
    }

    @Test
    void aRequestIsInTheStateThatComesWithIt() {
        var script = PlanScript.loggedIn();

        var kept = AccountState.of("default", script.state.entries(), script.now);

        assertThat(kept.budget().spent()).isEqualTo(2);
        assertThat(kept.ledger().spent()).isEqualTo(new Spending(1, 1, 0, 0));
    }

    @Test
    void callsAreReadEvery75SecondsWhileCallsAreUnderWayAndEvery5MinutesOtherwise() {
        var script = PlanScript.settled();
        var last = report(script, Resource.CALLS).lastAttemptAt();

        script.attention = ACTIVE;
        script.after(Duration.ZERO).untilAsks(Calls.class);
        assertThat(Duration.between(last, script.now)).isBetween(Duration.ofSeconds(74), Duration.ofSeconds(77));

        script.attention = Attention.NONE;
        var before = script.now;
        script.page(1, 1);
        script.untilAsks(Calls.class);
        assertThat(Duration.between(before, script.now)).isBetween(Duration.ofSeconds(299), Duration.ofSeconds(302));
    }

    @Test
    void theWindowReachesBackToTheOldestAwaitedCallAndToTheEndOfTheLastPass() {
        var script = PlanScript.settled();
        var awaited = script.now.minus(Duration.ofHours(9));
        script.attention = new Attention(true, awaited, List.of(), new TreeSet<>());
        assertThat(script.untilAsks(Calls.class).from()).isEqualTo(awaited.minusSeconds(60));

        script.attention = ACTIVE;
        script.page(1, 1);
        var through = requireNonNull(report(script, Resource.CALLS).completeThrough());
        script.after(Duration.ofHours(40));
        assertThat(script.untilAsks(Calls.class).from()).isEqualTo(through.minus(Duration.ofMinutes(30)));
    }

    @Test
    void aPassReachesFourHoursBackEveryFiveMinutesAndADayEveryHour() {
        var script = PlanScript.settled();
        script.attention = ACTIVE;
        int reaches = 0;
        int days = 0;
        var end = script.now.plus(Duration.ofHours(2));
        while (script.now.isBefore(end)) {
            var asked = script.untilAsks(Calls.class);
            var back = Duration.between(asked.from(), asked.to());
            reaches += back.equals(Duration.ofHours(4)) ? 1 : 0;
            days += back.equals(Duration.ofHours(26)) ? 1 : 0;
            script.page(1, 1);
        }

        assertThat(reaches).isBetween(22, 34);
        assertThat(days).isBetween(1, 3);
    }

    @Test
    void renewsTheTokenAheadOfItsEnd() {
        var script = PlanScript.settled();

        script.after(Duration.ofHours(22));

        assertThat(script.command).isEqualTo(new Command.Renew());
    }

    @Test
    void aTokenRejectedOnceIsReplacedAndTheRequestRepeated() {
        var script = PlanScript.loggedIn();
        var first = script.asks(Calls.class);

        script.fails(Kind.TOKEN_REJECTED);
        assertThat(script.command).isEqualTo(new Command.LogIn());

        script.comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));
        assertThat(script.asks(Calls.class)).isEqualTo(first);
    }

    @Test
    void aTokenRejectedTwiceIsTrouble() {
        var script = PlanScript.loggedIn().fails(Kind.TOKEN_REJECTED);
        script.comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));

        script.fails(Kind.TOKEN_REJECTED);

        assertThat(script.pauseEnd()).isAfter(script.now.plusSeconds(3));
    }

    @Test
    void rejectedKeysHaltUntilTheNextStart() {
        var script = new PlanScript(2500).start().fails(Kind.CREDENTIALS_REJECTED);

        assertThat(script.state.poller().state()).isEqualTo(PollerReport.State.HALTED);
        assertThat(script.state.poller().reason()).isEqualTo(PollerReport.AUTH_FAILED);
        for (int i = 0; i < 50; i++) {
            script.wakes();
            assertThat(script.command).isInstanceOf(Command.Pause.class);
        }
        assertThat(script.restart().command).isEqualTo(new Command.LogIn());
        assertThat(script.state.poller().state()).isEqualTo(PollerReport.State.POLLING);
    }

    @Test
    void aRefusedRenewalLogsInAgain() {
        var script = PlanScript.settled().after(Duration.ofHours(23));
        assertThat(script.command).isEqualTo(new Command.Renew());

        assertThat(script.fails(Kind.CREDENTIALS_REJECTED).command).isEqualTo(new Command.LogIn());
    }

    @Test
    void theLimitHaltsEverythingAndIsProbedOnceAnHour() {
        var script = PlanScript.settled();
        script.untilAsks(Calls.class);

        script.fails(Kind.LIMIT_EXCEEDED);

        var spent = script.state.budget().spent();
        assertThat(script.state.poller().reason()).isEqualTo(PollerReport.LIMIT_EXCEEDED);
        assertThat(script.state.poller().until()).isEqualTo(script.now.plus(Duration.ofHours(24)));
        var since = script.now;
        for (int i = 0; i < 5; i++) {
            script.untilAsks(Calls.class);
            script.fails(Kind.LIMIT_EXCEEDED);
        }
        assertThat(script.state.budget().spent()).isEqualTo(spent + 5);
        assertThat(Duration.between(since, script.now)).isGreaterThanOrEqualTo(Duration.ofHours(5));

        script.untilAsks(Calls.class);
        script.page(1, 1);
        assertThat(script.state.poller().state()).isEqualTo(PollerReport.State.POLLING);
        assertThat(script.state.budget().blockedUntil()).isNull();
    }

    @Test
    void theNextTimeTheTurnOfTheDayIsKnown() {
        var script = PlanScript.settled();
        script.untilAsks(Calls.class);
        script.fails(Kind.LIMIT_EXCEEDED).untilAsks(Calls.class);
        script.page(1, 1);
        var turn = script.now;
        script.after(Duration.ofHours(5)).untilAsks(Calls.class);

        script.fails(Kind.LIMIT_EXCEEDED);

        assertThat(script.state.poller().until()).isEqualTo(turn.plus(Duration.ofHours(24)));
        assertThat(requireNonNull(script.state.block()).probeAt()).isEqualTo(turn.plus(Duration.ofHours(24)));
    }

    @Test
    void aProbeWhoseTokenIsRefusedGoesOnWithANewOne() {
        var script = PlanScript.settled();
        script.untilAsks(Calls.class);
        script.fails(Kind.LIMIT_EXCEEDED).untilAsks(Calls.class);

        script.fails(Kind.TOKEN_REJECTED);

        assertThat(script.command).isEqualTo(new Command.LogIn());
        script.comes(new Outcome.LoggedIn(script.now.plus(Duration.ofHours(24))));
        script.asks(Calls.class);
    }

    @Test
    void aPersonsSyncIsTriedAtOnceEvenWhileTheProviderFails() {
        var script = PlanScript.loggedIn();
        for (int i = 0; i < 20; i++) {
            script.wakesOrAnswers(request -> Kind.UNREACHABLE);
        }
        while (!(script.command instanceof Command.Pause)) {
            script.wakesOrAnswers(request -> Kind.UNREACHABLE);
        }

        script.orders(order -> order.sync("s"));

        assertThat(script.purpose()).isEqualTo(Purpose.COMMANDS);
    }

    @Test
    void aPromisedTimeIsBelievedUpToADay() {
        var script = PlanScript.loggedIn();
        var promised = script.now.plus(Duration.ofDays(3));

        script.comes(new Outcome.Failed(new Failure(Kind.LIMIT_EXCEEDED, "status", promised)));

        assertThat(script.state.poller().until()).isEqualTo(script.now.plus(Duration.ofHours(24)));
    }

    @Test
    void forbiddenWhereItWorkedBeforeIsTheLimitInDisguise() {
        var script = PlanScript.settled();
        script.untilAsks(Journal.class);

        script.fails(Kind.FORBIDDEN);

        assertThat(script.state.poller().reason()).isEqualTo(PollerReport.LIMIT_EXCEEDED);
    }

    @Test
    void forbiddenFromTheStartRestsThatResourceAlone() {
        var script = PlanScript.loggedIn();
        script.untilAsks(Contacts.class);
        var from = script.now;

        script.fails(Kind.FORBIDDEN);

        assertThat(script.state.poller().state()).isEqualTo(PollerReport.State.POLLING);
        assertThat(report(script, Resource.CONTACTS).lastError()).isEqualTo("forbidden");
        script.untilAsks(Journal.class);
        script.rows(0).untilAsks(Contacts.class);
        assertThat(Duration.between(from, script.now)).isGreaterThanOrEqualTo(Duration.ofHours(6));
    }

    @Test
    void fiveThrottledAnswersInARowAreALimit() {
        var script = PlanScript.loggedIn();
        var pause = Duration.ZERO;
        for (int i = 0; i < 4; i++) {
            script.fails(Kind.THROTTLED);
            assertThat(script.state.poller().state()).isEqualTo(PollerReport.State.RETRYING);
            var retryAt = requireNonNull(script.state.trouble().retryAt());
            assertThat(Duration.between(script.now, retryAt)).isGreaterThan(pause);
            pause = Duration.between(script.now, retryAt);
            script.untilAsks(Calls.class);
        }

        script.fails(Kind.THROTTLED);

        assertThat(script.state.poller().reason()).isEqualTo(PollerReport.LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERROR", "TIMED_OUT", "UNREACHABLE"})
    void troubleIsTriedAgainWithPausesFromFiveSecondsToFiveMinutes(Kind kind) {
        var script = PlanScript.loggedIn().fails(kind);
        assertThat(Duration.between(script.now, script.pauseEnd()))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));

        int requests = 0;
        var end = script.now.plus(Duration.ofHours(3));
        while (script.now.isBefore(end)) {
            if (script.command instanceof Command.Pause) {
                script.wakes();
            } else {
                requests++;
                script.fails(kind);
            }
        }

        assertThat(requests).isBetween(30, 60);
        assertThat(script.state.poller().state()).isEqualTo(PollerReport.State.RETRYING);
        assertThat(script.state.poller().reason()).isEqualTo(PollerReport.UNREACHABLE);
    }

    @Test
    void aWrongRequestKeepsNobodyElseWaiting() {
        var script = PlanScript.loggedIn();
        script.untilAsks(Journal.class);

        script.fails(Kind.BAD_REQUEST);

        assertThat(script.command).isInstanceOf(Command.Fetch.class);
        assertThat(report(script, Resource.JOURNAL).lastError()).isEqualTo("bad_request");
    }

    @Test
    void callsThatNoWindowBringsAreAskedForFiveTimesAtMost() {
        var script = PlanScript.settled();
        script.attention = new Attention(false, null, List.of("a", "b"), new TreeSet<>());
        int asked = 0;
        var end = script.now.plus(Duration.ofHours(24));
        while (script.now.isBefore(end)) {
            script.wakesOrAnswers(request -> request instanceof OneCall ? Kind.NOT_FOUND : null);
            asked += script.command instanceof Command.Fetch fetch && fetch.request() instanceof OneCall ? 1 : 0;
        }

        assertThat(asked).isEqualTo(10);
        assertThat(script.state.poller().state()).isEqualTo(PollerReport.State.POLLING);
    }

    @Test
    void everyExtensionsProfileIsReadOnceADay() {
        var script = PlanScript.settled();
        script.attention = new Attention(false, null, List.of(), new TreeSet<>(Set.of("101", "102", "no/path")));
        var asked = new ArrayList<String>();
        var end = script.now.plus(Duration.ofHours(23));
        while (script.now.isBefore(end)) {
            script.wakesOrAnswers(request -> request instanceof Profile ? Kind.NOT_FOUND : null);
            if (script.command instanceof Command.Fetch fetch
                    && fetch.request() instanceof Profile profile
                    && profile.extension() != null) {
                asked.add(profile.extension());
            }
        }

        assertThat(asked).containsExactly("101", "102");
    }

    @Test
    void outcomesThatFitNothingChangeNothing() {
        var script = PlanScript.settled();
        var before = script.state;

        script.comes(new Outcome.LoggedIn(Instant.MAX));
        script.comes(new Outcome.Fetched(-5, -7L, -1));
        script.fails(Kind.CREDENTIALS_REJECTED);

        assertThat(script.state).isEqualTo(before);
    }

    private static ResourceReport report(PlanScript script, Resource resource) {
        return requireNonNull(script.state.resources().get(resource)).report();
    }
}
