package io.switchboard.projector.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportRangeTest {
    @ParameterizedTest(name = "{0} in {1} has {2} h")
    @CsvSource({
        "2026-03-08, America/New_York, 23",
        "2026-11-01, America/New_York, 25",
        "2026-11-02, America/New_York, 24",
        "2026-11-01, UTC, 24"
    })
    void aDayIsAsLongAsItsZoneMakesIt(LocalDate date, ZoneId zone, int hours) {
        var day = new ReportRange(date, date).days(zone).getFirst();

        assertThat(Duration.between(day.begin(), day.end())).isEqualTo(Duration.ofHours(hours));
    }

    @Test
    void bothEndsAreIncludedAndNoInstantIsLost() {
        var days = new ReportRange(LocalDate.parse("2026-10-30"), LocalDate.parse("2026-11-03"))
                .days(ZoneId.of("America/New_York"));

        assertThat(days).hasSize(5);
        for (int i = 1; i < days.size(); i++) {
            assertThat(days.get(i).begin()).isEqualTo(days.get(i - 1).end());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "start_date=2026-11-01",
                "end_date=2026-11-01",
                "start_date=2026-11-02&end_date=2026-11-01",
                "start_date=2026-02-30&end_date=2026-03-01",
                "start_date=2026-1-1&end_date=2026-03-01",
                "start_date=2026-01-01T00:00:00Z&end_date=2026-03-01",
                "start_date=0001-01-01&end_date=9999-12-31",
                "start_date=2025-01-01&end_date=2026-01-02",
                "start_date=2026-01-01&start_date=2026-01-01&end_date=2026-01-02"
            })
    void whatIsNoRangeOfAYearIsRefused(String query) {
        var parameters = QueryParameters.parse(query);

        var range = ReportRange.of(parameters);

        assertThat(parameters.problem()).as("%s", range).isPresent();
    }

    @Test
    void aLeapYearIsARange() {
        var parameters = QueryParameters.parse("start_date=2028-01-01&end_date=2028-12-31");

        assertThat(ReportRange.of(parameters)).isPresent();
        assertThat(parameters.problem()).isEmpty();
    }
}
