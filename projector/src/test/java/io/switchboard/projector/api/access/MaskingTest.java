package io.switchboard.projector.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource({
        "+13125550117, +1312•••••17",
        "13125550117, 1312•••••17",
        "3125550117, 3125••••17",
        "(312) 555-0117, 3125••••17",
        "+442079460018, +4420••••••18",
        "555012345, •••••••45",
        "55501, •••01",
    })
    void keepsTheEndsOfANumber(String number, String masked) {
        assertThat(Masking.MASKED.address(number)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "0117", "*98", "Contact form", "Form 2", "Widget 2025550143", ""})
    void leavesShortOnesAndNamesOfWidgets(String address) {
        assertThat(Masking.MASKED.address(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "+1 312-555-0117, +1312•••••17",
        "Ann 3125550117 (work), Ann 3125••••17 (work)",
        "Ann Example, Ann Example",
        "Suite 1200, Suite 1200",
    })
    void findsNumbersInNames(String name, String masked) {
        assertThat(Masking.MASKED.text(name)).isEqualTo(masked);
    }

    @Test
    void showsEverythingToThoseWhoMaySeeIt() {
        assertThat(Masking.PLAIN.address("+13125550117")).isEqualTo("+13125550117");
        assertThat(Masking.PLAIN.text("+13125550117")).isEqualTo("+13125550117");
        assertThat(Masking.MASKED.address(null)).isNull();
        assertThat(Masking.MASKED.text(null)).isNull();
    }
}
