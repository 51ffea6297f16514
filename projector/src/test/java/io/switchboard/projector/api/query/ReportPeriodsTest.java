package io.switchboard.projector.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.report.ReportPeriod;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At half past twelve on the tenth of March in New York. */
class ReportPeriodsTest {
    private static final Instant NOW = Instant.parse("2026-03-10T16:30:45.678Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', 2026-03-04T05:00:00Z, 2026-03-10T16:30:00Z",
        "from=2026-03-08, 2026-03-08T05:00:00Z, 2026-03-10T16:30:00Z",
        "to=2026-03-08, 2026-03-01T05:00:00Z, 2026-03-08T05:00:00Z",
        "to=2026-03-08T12:00:00Z, 2026-03-02T05:00:00Z, 2026-03-08T12:00:00Z",
        "from=2026-03-08&to=2026-03-09, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
        "from=2026-11-01&to=2026-11-02&tz=Asia/Kolkata, 2026-10-31T18:30:00Z, 2026-11-01T18:30:00Z",
        "from=2026-11-01T10:00:00-05:00&to=2026-11-02, 2026-11-01T15:00:00Z, 2026-11-02T05:00:00Z",
        "from=2026-11-01T10:00:00.0000001Z&to=2026-11-02, 2026-11-01T10:00:00.000001Z, 2026-11-02T05:00:00Z",
    })
    void aDateIsItsFirstInstantInTheZone(String query, Instant from, Instant to) {
        var parameters = QueryParameters.parse(query);

        var period = period(parameters);

        assertThat(parameters.problem()).isEmpty();
        assertThat(period.from()).isEqualTo(from);
        assertThat(period.to()).isEqualTo(to);
    }

    @Test
    void fourHundredLocalDaysAreTheMost() {
        var longest = QueryParameters.parse("from=2025-10-01&to=2026-11-05");
        var longer = QueryParameters.parse("from=2025-10-01&to=2026-11-06");

        assertThat(period(longest).isWithin(400)).isTrue();
        assertThat(longest.problem()).isEmpty();
        assertThat(period(longer).isWithin(400)).isFalse();
        assertThat(longer.problem()).isPresent();
    }

    private static ReportPeriod period(QueryParameters parameters) {
        return ReportPeriods.of(parameters, ZoneId.of("America/New_York"), NOW);
    }
}
