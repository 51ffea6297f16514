package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.poller.plan.ProviderRequest.Calls;
import io.switchboard.poller.plan.ProviderRequest.Journal;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PollerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobsTest {
    @Test
    void aSyncIsServedAtOnceAndReadsEveryResource() {
        var script = PlanScript.settled();

        script.orders(order -> order.sync("s"));

        assertThat(script.asks(Calls.class).from()).isEqualTo(script.now.minus(Duration.ofHours(24)));
        assertThat(script.purpose()).isEqualTo(Purpose.COMMANDS);
        script.untilItPauses();
        var job = script.job("s");
        assertThat(job.status()).isEqualTo(Job.Status.DONE);
        assertThat(job.stepsDone()).isEqualTo(8).isEqualTo(job.stepsTotal());
        assertThat(job.spentRequests()).isEqualTo(8).isEqualTo(job.priceRequests());
        assertThat(job.read()).containsEntry("phone-numbers", 1L).containsEntry("extensions", 1L);
    }

    @Test
    void theSameOrderTwiceIsOneAndItsRevisionRises() {
        var script = PlanScript.settled().orders(order -> order.sync("s"));
        var first = script.job("s").revision();
        script.orders(order -> order.sync("s"));
        script.page(1, 1);

        assertThat(script.state.jobs()).hasSize(1);
        assertThat(script.job("s").revision()).isGreaterThan(first);
    }

    @Test
    void aSecondSyncSharesTheWorkOfTheFirst() {
        var script = PlanScript.settled().orders(order -> order.sync("a"));
        script.orders(order -> order.sync("b")).untilItPauses();

        assertThat(script.job("b").status()).isEqualTo(Job.Status.DONE);
        assertThat(script.job("b").read()).isEqualTo(script.job("a").read());
        assertThat(script.state.budget().spent()).isLessThan(25);
    }

    @Test
    void whoSharedTheWorkOfACancelledSyncGoesOnWithIt() {
        var script = PlanScript.settled().orders(order -> order.sync("a"));
        script.orders(order -> order.sync("b")).page(1, 1);

        script.orders(order -> order.cancel("a")).untilItPauses();

        assertThat(script.job("a").status()).isEqualTo(Job.Status.CANCELLED);
        assertThat(script.job("b").status()).isEqualTo(Job.Status.DONE);
        assertThat(script.job("b").stepsDone()).isEqualTo(8);
    }

    @Test
    void aBackfillReadsDayByDayTheNewestFirstAndSaysWhatItWillCost() {
        var script = PlanScript.settled();
        var windows = new ArrayList<Calls>();

        script.orders(order -> order.backfill("b", Duration.ofHours(60)));
        assertThat(script.job("b").priceRequests()).isEqualTo(9);
        windows.add(script.asks(Calls.class));
        while (script.job("b").status() != Job.Status.DONE) {
            script.wakesOrAnswers(request -> null);
            if (script.command instanceof Command.Fetch fetch
                    && fetch.purpose() == Purpose.BACKFILL
                    && fetch.request() instanceof Calls calls) {
                windows.add(calls);
            }
        }

        assertThat(script.job("b").stepsDone()).isEqualTo(9);
        assertThat(windows)
                .extracting(Calls::from)
                .containsExactly(
                        Instant.parse("2026-03-10T00:00:00Z"),
                        Instant.parse("2026-03-09T00:00:00Z"),
                        windows.getLast().from());
        for (int i = 1; i < windows.size(); i++) {
            assertThat(windows.get(i).to()).isAfter(windows.get(i - 1).from());
        }
        assertThat(windows.getLast().from()).isBeforeOrEqualTo(PlanScript.NOON.minus(Duration.ofHours(59)));
    }

    @Test
    void aBackfillGoesOnAtItsPageAfterARestart() {
        var script = PlanScript.settled().orders(order -> order.backfill("b", Duration.ofHours(100)));
        script.untilAsksFor(Purpose.BACKFILL);
        script.page(1000, 2500).untilAsksFor(Purpose.BACKFILL);
        var next = script.asks(Calls.class);
        assertThat(next.skip()).isEqualTo(950);

        script.restart().untilAsksFor(Purpose.BACKFILL);

        assertThat(script.asks(Calls.class)).isEqualTo(next);
        assertThat(script.job("b").spentRequests()).isEqualTo(3);
    }

    @Test
    void aSyncOvertakesABackfill() {
        var script = PlanScript.settled().orders(order -> order.backfill("b", Duration.ofDays(30)));
        script.untilAsksFor(Purpose.BACKFILL);

        script.orders(order -> order.sync("s"));

        assertThat(script.purpose()).isEqualTo(Purpose.COMMANDS);
    }

    @Test
    void aBackfillNeverUsesWhatIsSetAsideForPeople() {
        var script = PlanScript.settled().orders(order -> order.backfill("b", Duration.ofDays(900)));
        var end = script.now.plus(Duration.ofHours(20));
        while (script.now.isBefore(end)) {
            script.wakesOrAnswers(request -> null);
        }

        assertThat(script.state.ledger().spent().backfill()).isEqualTo(375);
        assertThat(script.state.ledger().left(Purpose.COMMANDS)).isGreaterThanOrEqualTo(300);
        assertThat(script.orders(order -> order.sync("s")).purpose()).isEqualTo(Purpose.COMMANDS);
    }

    @Test
    void backfillsQueueBehindEachOtherAndCanBeCancelled() {
        var script = PlanScript.settled().orders(order -> order.backfill("a", Duration.ofDays(20)));
        script.orders(order -> order.backfill("b", Duration.ofDays(1))).untilAsksFor(Purpose.BACKFILL);
        assertThat(script.job("a").status()).isEqualTo(Job.Status.RUNNING);
        assertThat(script.job("b").status()).isEqualTo(Job.Status.QUEUED);

        script.orders(order -> order.cancel("a")).untilAsksFor(Purpose.BACKFILL);

        assertThat(script.job("a").status()).isEqualTo(Job.Status.CANCELLED);
        assertThat(script.job("b").status()).isEqualTo(Job.Status.RUNNING);
    }

    @Test
    void ordersFailAtOnceWhileTheKeysAreRejected() {
        var script = new PlanScript(2500).start().fails(Kind.CREDENTIALS_REJECTED);

        script.orders(order -> order.sync("s"));

        assertThat(script.job("s").status()).isEqualTo(Job.Status.FAILED);
        assertThat(script.job("s").error()).isEqualTo(PollerReport.AUTH_FAILED);
    }

    @Test
    void atTheLimitASyncFailsAndABackfillWaits() {
        var script = PlanScript.settled().orders(order -> order.backfill("b", Duration.ofDays(3)));
        script.orders(order -> order.sync("s")).fails(Kind.LIMIT_EXCEEDED);

        assertThat(script.job("s").status()).isEqualTo(Job.Status.FAILED);
        assertThat(script.job("s").error()).isEqualTo(PollerReport.LIMIT_EXCEEDED);
        assertThat(script.job("b").status().isFinal()).isFalse();
        assertThat(script.job("b").error()).isEqualTo(PollerReport.LIMIT_EXCEEDED);

        script.orders(order -> order.sync("t"));
        assertThat(script.job("t").status()).isEqualTo(Job.Status.FAILED);
    }

    @Test
    void aSyncThatTheProviderDoesNotAnswerFails() {
        var script = PlanScript.settled().orders(order -> order.sync("s"));
        for (int i = 0; i < 100 && !script.job("s").status().isFinal(); i++) {
            script.wakesOrAnswers(request -> Kind.UNREACHABLE);
        }

        assertThat(script.job("s").error()).isEqualTo(PollerReport.UNREACHABLE);
    }

    @Test
    void aResourceWithoutAccessDoesNotSpoilASync() {
        var script = PlanScript.loggedIn().orders(order -> order.sync("s"));
        script.untilAsks(Journal.class);
        script.fails(Kind.FORBIDDEN).untilItPauses();

        assertThat(script.job("s").status()).isEqualTo(Job.Status.DONE);
        assertThat(script.job("s").error()).isEqualTo("forbidden");
        assertThat(script.job("s").detail()).startsWith("journal");
    }

    @Test
    void ofJobsThatEndedTheLastFiftyAreKept() {
        var script = PlanScript.settled();
        for (int i = 0; i < 60; i++) {
            var id = "s" + i;
            script.after(Duration.ofSeconds(1)).orders(order -> order.sync(id));
            script.orders(order -> order.cancel(id));
        }

        assertThat(script.state.jobs()).hasSize(50);
        assertThat(script.state.entries()).doesNotContainKey("job/s9").containsKey("job/s10");
    }

    @Test
    void whatCannotBeDoneFailsWithAReason() {
        var script = PlanScript.settled();
        var at = script.now;

        script.orders(order -> new Order("a", "default", Order.Kind.SYNC, List.of("weather"), null, null, "ops", at));
        script.orders(
                order -> new Order("b", "default", Order.Kind.BACKFILL, List.of(), at, at.minusSeconds(1), "ops", at));
        script.orders(order -> new Order("c", "other", Order.Kind.SYNC, List.of(), null, null, "ops", at));

        assertThat(script.job("a").error()).isEqualTo("unknown-resource");
        assertThat(script.job("b").error()).isEqualTo("invalid-range");
        assertThat(script.state.jobs()).hasSize(2);
    }
}
