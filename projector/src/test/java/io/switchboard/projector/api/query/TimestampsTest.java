package io.switchboard.projector.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-09T17:00:00Z, 2026-03-09T17:00:00Z",
        "2026-03-09t17:00:00z, 2026-03-09T17:00:00Z",
        "2026-03-09T17:00:00.5Z, 2026-03-09T17:00:00.5Z",
        "2026-03-09T17:00:00.1234567Z, 2026-03-09T17:00:00.1234567Z",
        "2026-03-09T17:00:00.123456789123Z, 2026-03-09T17:00:00.123456789Z",
        "2026-03-09T12:00:00-05:00, 2026-03-09T17:00:00Z",
        "2026-03-09T22:30:00+05:30, 2026-03-09T17:00:00Z",
    })
    void readsRfc3339(String text, Instant instant) {
        assertThat(Timestamps.parse(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-09",
                "2026-03-09T17:00Z",
                "2026-03-09T17:00:00",
                "2026-03-09 17:00:00Z",
                "2026-03-09T22:30:00 05:30",
                "2026-02-30T17:00:00Z",
                "2026-03-09T25:00:00Z",
                "2026-03-09T17:00:00+25:00",
                "1773075600",
                "yesterday",
                "-2026-03-09T17:00:00Z"
            })
    void refusesEverythingElse(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-09T17:00:00Z, 2026-03-09T17:00:00Z",
        "2026-03-09T17:00:00.500Z, 2026-03-09T17:00:00.500Z",
        "2026-03-09T17:00:00.514Z, 2026-03-09T17:00:00.514Z",
        "2026-03-09T17:00:00.514120Z, 2026-03-09T17:00:00.51412Z",
        "2026-03-09T17:00:00.5141234Z, 2026-03-09T17:00:00.5141234Z",
    })
    void writesTheDigitsThereAre(Instant instant, String text) {
        assertThat(Timestamps.format(instant)).isEqualTo(text);
    }

    @Test
    void aBoundBetweenTwoMicrosecondsMovesUp() {
        assertThat(Timestamps.ceilToMicros(Instant.parse("2026-03-09T17:00:00.0000001Z")))
                .isEqualTo(Instant.parse("2026-03-09T17:00:00.000001Z"));
        assertThat(Timestamps.ceilToMicros(Instant.parse("2026-03-09T17:00:00.000001Z")))
                .isEqualTo(Instant.parse("2026-03-09T17:00:00.000001Z"));
    }
}
