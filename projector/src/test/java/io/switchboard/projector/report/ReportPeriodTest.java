package io.switchboard.projector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPeriodTest {
    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource({
        // a day; the one after the day of 25 hours; the day of 25 hours itself
        "America/New_York, 2026-11-05T05:00:00Z, 2026-11-06T05:00:00Z, 2026-11-04T05:00:00Z, 2026-11-05T05:00:00Z",
        "America/New_York, 2026-11-02T05:00:00Z, 2026-11-03T05:00:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "America/New_York, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z, 2026-10-31T04:00:00Z, 2026-11-01T04:00:00Z",
        // a week and a month with a change in them
        "Europe/London, 2026-03-23T00:00:00Z, 2026-03-29T23:00:00Z, 2026-03-16T00:00:00Z, 2026-03-23T00:00:00Z",
        "Europe/London, 2026-10-31T00:00:00Z, 2026-11-30T00:00:00Z, 2026-09-30T23:00:00Z, 2026-10-31T00:00:00Z",
        // a day that is not over: the same part of the day before
        "America/New_York, 2026-11-02T05:00:00Z, 2026-11-02T17:00:00Z, 2026-11-01T04:00:00Z, 2026-11-01T17:00:00Z",
        // seven days, today not over
        "UTC, 2026-03-04T00:00:00Z, 2026-03-10T12:00:00Z, 2026-02-25T00:00:00Z, 2026-03-03T12:00:00Z",
        // no local days: as long
        "UTC, 2026-03-04T00:00:01Z, 2026-03-04T01:00:00Z, 2026-03-03T23:00:02Z, 2026-03-04T00:00:01Z",
        "America/New_York, 2026-11-01T05:00:00Z, 2026-11-01T07:00:00Z, 2026-11-01T03:00:00Z, 2026-11-01T05:00:00Z",
    })
    void thePreviousPeriodHasAsManyLocalDays(ZoneId zone, Instant from, Instant to, Instant before, Instant until) {
        assertThat(new ReportPeriod(from, to, zone).previous()).isEqualTo(new ReportPeriod(before, until, zone));
    }
}
