package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 50, 99, 200, 2500, 10_000})
    void theQuotasAddUpToTheLimit(int limit) {
        assertThat(Spending.shareOut(limit).total()).isEqualTo(limit);
    }

    @Test
    void theDocumentedSharesOf2500() {
        assertThat(Spending.shareOut(2500)).isEqualTo(new Spending(1200, 625, 300, 375));
    }

    @Test
    void aRequestIsForgottenAfterADayAndNotBefore() {
        var ledger = Ledger.empty(100, NOON).spend(Purpose.LIVE);

        assertThat(ledger.at(NOON.plus(Duration.ofHours(25))).spent().total()).isEqualTo(1);
        assertThat(ledger.at(NOON.plus(Duration.ofMinutes(25 * 60 + 20)))
                        .spent()
                        .total())
                .isZero();
    }

    @Test
    void aClockThatStepsBackALittleDatesNothingTooEarly() {
        var ledger =
                Ledger.empty(100, NOON).at(NOON.minus(Duration.ofMinutes(60))).spend(Purpose.LIVE);

        assertThat(ledger.at(NOON.plus(Duration.ofHours(25))).spent().total()).isEqualTo(1);
    }

    @Test
    void aClockThatWasYearsAheadBlocksForADayAtMost() {
        var ledger = Ledger.empty(10, NOON.plus(Duration.ofDays(4000)));
        for (int i = 0; i < 10; i++) {
            ledger = ledger.spend(Purpose.BACKFILL);
        }

        var back = ledger.at(NOON);

        assertThat(back.spent().total()).isEqualTo(10);
        assertThat(back.left()).isZero();
        assertThat(back.at(NOON.plus(Duration.ofHours(26))).left()).isEqualTo(10);
    }

    @Test
    void whatIsSpentIsFreeAgainWhenItsBucketIsOld() {
        var ledger = Ledger.empty(10, NOON);
        for (int i = 0; i < 5; i++) {
            ledger = ledger.spend(Purpose.LIVE);
        }
        assertThat(ledger.left(Purpose.LIVE)).isZero();
        assertThat(ledger.left(Purpose.RESOURCES)).isPositive();

        var free = ledger.freesAt(Purpose.LIVE);

        assertThat(ledger.at(free).left(Purpose.LIVE)).isEqualTo(5);
        assertThat(ledger.at(free.minus(Duration.ofMinutes(2))).left(Purpose.LIVE))
                .isZero();
    }

    @Test
    void peopleMayUseWhatABackfillLeftButNotTheOtherWayRound() {
        var ledger = Ledger.empty(100, NOON);
        assertThat(ledger.left(Purpose.COMMANDS)).isEqualTo(27);
        assertThat(ledger.left(Purpose.BACKFILL)).isEqualTo(15);
    }

    @Test
    void aRefusalBeforeTheLimitTeachesALowerOneThatGrowsBack() {
        var ledger = Ledger.empty(1000, NOON);
        for (int i = 0; i < 600; i++) {
            ledger = ledger.spend(Purpose.LIVE);
        }

        var taught = ledger.refusedAtLimit();

        assertThat(taught.ceiling()).isEqualTo(570);
        assertThat(taught.at(NOON.plus(Duration.ofDays(5))).ceiling()).isEqualTo(770);
        assertThat(taught.at(NOON.plus(Duration.ofDays(50))).ceiling()).isEqualTo(1000);
        assertThat(Ledger.empty(1000, NOON).refusedAtLimit().ceiling()).isEqualTo(200);
    }
}
