package io.switchboard.projector.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneMatchTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+13125550117",
                " 13125550117", // what a + in a URL becomes
                "13125550117",
                "0013125550117",
                "01113125550117",
                "+1 (312) 555-0117",
                "1-312-555-0117",
                "1.312.555.0117",
                "1/312/5550117",
                "+1\u00a0312\u2011555\u20110117",
                "tel:+13125550117",
                "3125550117",
                "(312) 555-0117",
                "5550117",
                "0117"
            })
    void findsANumberInAnyWritingAndByItsEnd(String text) {
        assertThat(finds(text, "13125550117")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "+44 (0)20 7946 0018, 442079460018",
        "020 7946 0018, 442079460018",
        "00442079460018, 442079460018",
        "+13125550117, 3125550117",
        "13125550117, 3125550117",
        "01132960123, 441132960123",
    })
    void knowsHowNumbersAreDialled(String text, String stored) {
        assertThat(finds(text, stored)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "+13125550117, 13125550118",
        "+13125550117, 9913125550117",
        "0117, 13125550118",
        "3125550117, 13135550117",
    })
    void findsNothingElse(String text, String stored) {
        assertThat(finds(text, stored)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"117", "1-1-7", "Contact form", "312555011x", "+", "%", "1+3125550117", "123456789012345678901"})
    void refusesWhatIsNoNumber(String text) {
        assertThat(PhoneMatch.parse(text)).isEmpty();
    }

    private static boolean finds(String text, String stored) {
        return PhoneMatch.parse(text).orElseThrow().stream()
                .anyMatch(match -> match.whole() ? stored.equals(match.digits()) : stored.endsWith(match.digits()));
    }
}
