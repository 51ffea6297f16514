package io.switchboard.projector.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.report.ServiceLevel.Formula;
import io.switchboard.projector.report.ServiceLevel.Terms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten calls in: four answered (after 5, 20, 25 s, one unknown), five lost (after 3, 5, 20, 21 s, one unknown), one unknown. */
class ServiceLevelTest {
    private static final Tally CALLS = call(Outcome.ANSWERED, 5.0)
            .plus(call(Outcome.ANSWERED, 20.0))
            .plus(call(Outcome.ANSWERED, 25.0))
            .plus(call(Outcome.ANSWERED, null))
            .plus(call(Outcome.MISSED, 3.0))
            .plus(call(Outcome.VOICEMAIL, 5.0))
            .plus(call(Outcome.MISSED, 20.0))
            .plus(call(Outcome.DROPPED, 21.0))
            .plus(call(Outcome.MISSED, null))
            .plus(call(Outcome.UNKNOWN, null));

    @ParameterizedTest
    @CsvSource({
        "ANSWERED_ONLY, 2, 3",
        "OFFERED, 2, 7",
        "OFFERED_MINUS_SHORT, 2, 5",
        "ANSWERED_PLUS_LATE_LOST, 2, 4",
    })
    void theFourFormulasDifferOnTheSameCalls(Formula formula, long numerator, long denominator) {
        var level = level(CALLS, formula);

        assertThat(level).isEqualTo(new ServiceLevel(numerator, denominator, 0.7));
        assertThat(level.value()).isEqualTo((double) numerator / denominator);
    }

    @ParameterizedTest
    @CsvSource({"ANSWERED_ONLY", "OFFERED", "OFFERED_MINUS_SHORT", "ANSWERED_PLUS_LATE_LOST"})
    void ofNobodyItIsUnknown(Formula formula) {
        assertThat(level(Tally.none(), formula)).isEqualTo(new ServiceLevel(0, 0, null));
        assertThat(level(Tally.none(), formula).value()).isNull();
    }

    @Test
    void aCallThatIsOpenIsNotOffered() {
        assertThat(level(CALLS.plus(call(null, null)), Formula.OFFERED)).isEqualTo(level(CALLS, Formula.OFFERED));
    }

    @Test
    void whereAllGaveUpAtOnceThereWasNobodyToServe() {
        var shortly = call(Outcome.MISSED, 1.0).plus(call(Outcome.MISSED, 5.0));

        assertThat(level(shortly, Formula.OFFERED_MINUS_SHORT).value()).isNull();
        assertThat(level(shortly, Formula.OFFERED).value()).isEqualTo(0.0);
    }

    private static ServiceLevel level(Tally tally, Formula formula) {
        return ServiceLevel.of(formula, tally.figures(new Terms(formula, 20_000_000, 5_000_000)));
    }

    private static Tally call(@Nullable Outcome outcome, @Nullable Double waitSeconds) {
        return Tally.of(outcome, waitSeconds == null ? null : Math.round(waitSeconds * 1e6), null, false);
    }
}
