package io.switchboard.projector.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.report.AgentFigures.Workload;
import io.switchboard.projector.report.Callers.ByCalls;
import io.switchboard.projector.report.FollowUp.Totals;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeopleFiguresTest {
    private static final Instant NINE = Instant.parse("2026-03-09T09:00:00Z");

    private static Load hour(int hour, long peak, long seconds) {
        var start = NINE.plusSeconds(hour * 3_600L);
        var peakAt = peak == 0 ? null : start.plusSeconds(60);
        return new Load(new Bucket(start, start.plusSeconds(3_600)), peak, peakAt, seconds * 1_000_000);
    }

    @Test
    void theMeanIsSecondsOfCallsToSeconds() {
        assertThat(hour(0, 3, 5_400).mean()).isEqualTo(1.5);
        assertThat(hour(0, 0, 0).mean()).isZero();
    }

    @Test
    void thePeakOfARangeIsTheFirstOfItsHighest() {
        var range = new Bucket(NINE, NINE.plusSeconds(4 * 3_600));

        var all = Load.over(range, List.of(hour(0, 1, 600), hour(1, 4, 3_600), hour(2, 4, 7_200), hour(3, 0, 0)));

        assertThat(all).isEqualTo(new Load(range, 4, NINE.plusSeconds(3_660), 11_400_000_000L));
        assertThat(Load.over(range, List.of(hour(0, 0, 0))).peakAt()).isNull();
    }

    @Test
    void occupancyIsNullWhereNoStatusIsKnownAndWhereThereWasNeither() {
        assertThat(Workload.NONE.occupancy()).isNull();
        assertThat(new Workload(500, null, null, null).occupancy()).isNull();
        assertThat(new Workload(0, 900L, 0L, 0L).occupancy())
                .as("known, on no call, not available")
                .isNull();
    }

    @Test
    void occupancyLeavesOutWhatWasTalkedWhileNoStatusIsKnown() {
        assertThat(new Workload(5_000, 900L, 300L, 600L).occupancy()).isEqualTo(1.0 / 3);
        assertThat(new Workload(300, 900L, 300L, 0L).occupancy()).isEqualTo(1.0);
        assertThat(new Workload(0, 900L, 0L, 900L).occupancy()).isEqualTo(0.0);
    }

    @Test
    void everyLostCallIsSomewhere() {
        var totals = new Totals(11, 1, 4, 3, 1, 2, 1, Spread.NONE);

        assertThat(totals.open()).isEqualTo(5);
        assertThat(totals.open() + totals.calledBack() + totals.rangAgain() + totals.withoutNumber())
                .isEqualTo(totals.lost());
    }

    @Test
    void whatCannotBeRespondedToIsNotOpen() {
        assertThat(new Responses(3, 1, new Spread(1, 5, 5.0, 5.0, 5.0)).open()).isEqualTo(1);
        assertThat(new Responses(2, 2, Spread.NONE).open()).isZero();
    }

    @Test
    void everyClientCountsOnce() {
        var callers = new Callers(40, 2, 5, new ByCalls(7, 3, 1, 2, 1, 1));

        assertThat(callers.distinct()).isEqualTo(15);
        assertThat(callers.repeat()).isEqualTo(8);
    }
}
