package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.poller.plan.ProviderRequest.Calls;
import io.switchboard.poller.plan.ProviderRequest.Contacts;
import io.switchboard.poller.plan.ProviderRequest.Journal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final Run CALLS = run(Run.Depth.DEEP, 1000);

    private static Run run(Run.Depth depth, int pageSize) {
        return Run.over(depth, PlanScript.NOON, PlanScript.NOON.minus(Duration.ofHours(26)), PlanScript.NOON, pageSize);
    }

    @Test
    void pagesOfCallsOverlapAndEndAtTheTotal() {
        var second = read(CALLS, 1000, 1900L);
        assertThat(second.request(Resource.CALLS))
                .isEqualTo(new Calls(PlanScript.NOON.minus(Duration.ofHours(26)), PlanScript.NOON, 950, 1000));

        assertThat(read(second, 950, 1900L).over()).isTrue();
    }

    @Test
    void aProviderThatGivesSmallerPagesThanAskedForIsFollowed() {
        var next = read(CALLS, 100, 250L);

        assertThat(next.offset()).isEqualTo(95);
        assertThat(next.over()).isFalse();
    }

    @Test
    void theJournalEndsWithAShortPage() {
        var second = CALLS.read(Resource.JOURNAL, new Outcome.Fetched(1000, null, 0), 1000);
        assertThat(second.request(Resource.JOURNAL))
                .isInstanceOfSatisfying(
                        Journal.class, page -> assertThat(page.page()).isEqualTo(2));

        assertThat(second.read(Resource.JOURNAL, new Outcome.Fetched(999, null, 0), 1000)
                        .over())
                .isTrue();
    }

    @Test
    void rowsThatWentAwayMakeItReadAgainTwiceAtMost() {
        var third = read(read(CALLS, 1000, 3000L), 1000, 3000L);

        var again = read(third, 1000, 2999L);

        assertThat(again.offset()).isZero();
        assertThat(again.over()).isFalse();
        var last = read(read(again, 1000, 2998L), 1000, 2997L);
        assertThat(last.flawed()).isTrue();
        assertThat(last.offset()).isPositive();
    }

    @Test
    void rowsThatComeInWhileThePastIsReadMakeItReadAgain() {
        var past = Run.over(
                Run.Depth.DEEP,
                PlanScript.NOON,
                PlanScript.NOON.minus(Duration.ofDays(9)),
                PlanScript.NOON.minus(Duration.ofDays(8)),
                1000);
        var third = read(read(past, 1000, 3000L), 1000, 3000L);

        assertThat(read(third, 1000, 3001L).offset()).isZero();
        assertThat(read(read(read(CALLS, 1000, 3000L), 1000, 3000L), 1000, 3001L)
                        .offset())
                .isPositive();
    }

    @Test
    void aProviderThatNeverEndsIsLeftAfterAThousandPages() {
        var run = CALLS;
        int pages = 0;
        while (!run.over()) {
            run = run.read(Resource.JOURNAL, new Outcome.Fetched(1000, null, 0), 1000);
            pages++;
        }

        assertThat(pages).isEqualTo(1000);
    }

    @Test
    void theRowThatSpoilsAPageIsFoundAndPassedOver() {
        for (var resource : new Resource[] {Resource.CALLS, Resource.JOURNAL, Resource.CONTACTS}) {
            var full = resource == Resource.CONTACTS ? 100 : 1000;
            var poison = 77;
            var run = run(Run.Depth.DEEP, full);
            int requests = 0;
            long read = 0;
            while (!run.over()) {
                requests++;
                var spoilt = run.offset() <= poison && poison < run.offset() + run.pageSize();
                var rows = Math.clamp(180 - run.offset(), 0, run.pageSize());
                var before = run.offset();
                run = spoilt ? run.unreadable() : run.read(resource, page(resource, rows), full);
                read += spoilt ? 0 : Math.min(rows, Math.max(0, (run.over() ? 180 : run.offset()) - before));
            }

            assertThat(run.passedOver()).as("%s", resource).isEqualTo(1);
            assertThat(read).as("%s", resource).isEqualTo(179);
            assertThat(requests).as("%s", resource).isLessThan(40);
            assertThat(run.flawed()).isTrue();
        }
    }

    @Test
    void onlyACompleteUninterruptedListingProvesDeletions() {
        var script = PlanScript.loggedIn();
        script.untilAsks(Contacts.class);

        script.page(100, 250).page(100, 250).page(50, 250);

        assertThat(script.completed).contains(Resource.CONTACTS);
    }

    @Test
    void aListingInterruptedByARestartOrAFailureBeginsAgain() {
        var script = PlanScript.loggedIn();
        script.untilAsks(Contacts.class);
        script.page(100, 250).restart();
        assertThat(script.untilAsks(Contacts.class).page()).isEqualTo(1);
        script.page(100, 250).fails(Kind.TIMED_OUT);
        assertThat(script.untilAsks(Contacts.class).page()).isEqualTo(1);
        script.page(100, 250).page(100, 250);
        assertThat(script.completed).doesNotContain(Resource.CONTACTS);

        script.page(50, 250);

        assertThat(script.completed).contains(Resource.CONTACTS);
    }

    @Test
    void anEmptyListingProvesNothing() {
        var script = PlanScript.loggedIn();
        script.untilAsks(ProviderRequest.Team.class);

        script.rows(0);

        assertThat(script.completed).doesNotContain(Resource.TEAM);
    }

    @Test
    void aRunGoesOnAtItsPageAfterAFailureAndARestart() {
        var script = PlanScript.loggedIn().page(1000, 5000);
        var second = script.asks(Calls.class);
        assertThat(second.skip()).isEqualTo(950);

        script.fails(Kind.SERVER_ERROR);
        assertThat(script.untilAsks(Calls.class)).isEqualTo(second);
        assertThat(script.restart().untilAsks(Calls.class)).isEqualTo(second);
    }

    private static Outcome.Fetched page(Resource resource, int rows) {
        return new Outcome.Fetched(rows, resource == Resource.JOURNAL ? null : 180L, 0);
    }

    private static Run read(Run run, int rows, @Nullable Long total) {
        return run.read(Resource.CALLS, new Outcome.Fetched(rows, total, 0), 1000);
    }
}
