package io.switchboard.projector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatMapTest {
    @ParameterizedTest(name = "{0}: hour {2} of {1} is there {3} times")
    @CsvSource({
        "America/New_York,    2026-11-01, 1, 2.0",
        "America/New_York,    2026-11-01, 2, 1.0",
        "America/New_York,    2026-03-08, 2, 0.0",
        "America/New_York,    2026-03-08, 3, 1.0",
        "Europe/London,       2026-10-25, 1, 2.0",
        "Europe/London,       2026-03-29, 1, 0.0",
        "Australia/Lord_Howe, 2026-04-05, 1, 1.5",
        "Australia/Lord_Howe, 2026-10-04, 2, 0.5",
        "Asia/Kolkata,        2026-11-01, 0, 1.0",
    })
    void anHourIsCountedByTheTimeItTook(ZoneId zone, LocalDate date, int hour, double occurrences) {
        assertThat(cell(days(zone, date, 1), date.getDayOfWeek(), hour).occurrences())
                .isEqualTo(occurrences);
    }

    @Test
    void aMonthHasFiveSundaysAndFourTuesdays() {
        var november = days(ZoneId.of("UTC"), LocalDate.parse("2026-11-01"), 30);

        assertThat(cell(november, DayOfWeek.SUNDAY, 9).occurrences()).isEqualTo(5);
        assertThat(cell(november, DayOfWeek.TUESDAY, 9).occurrences()).isEqualTo(4);
    }

    @Test
    void whatIsAddedIsInTheHourOfItsZone() {
        var map = new HeatMap(ZoneId.of("Asia/Kolkata"));
        var call = Tally.of(io.switchboard.call.Call.Outcome.MISSED, 7_000_000L, null, false);
        var terms = new ServiceLevel.Terms(ServiceLevel.Formula.OFFERED, 20_000_000, 5_000_000);
        var figures = new DirectedFigures(
                call.figures(terms), Map.of(io.switchboard.call.Call.Direction.INBOUND, call.figures(terms)));

        for (var start : new String[] {"2026-11-01T18:30:00Z", "2026-11-08T18:30:00Z"}) {
            var from = Instant.parse(start);
            map.add(new Bucket(from, from.plusSeconds(3_600)), figures);
        }

        var midnight = cell(map, DayOfWeek.MONDAY, 0);
        assertThat(midnight.all().outcomes().missed()).isEqualTo(2);
        assertThat(midnight.inbound().lostWait().mean()).isEqualTo(7.0);
        assertThat(midnight.inbound().lostWait().p50()).isNull();
        assertThat(midnight.occurrences()).isEqualTo(2);
    }

    private static HeatMap days(ZoneId zone, LocalDate first, int days) {
        var map = new HeatMap(zone);
        var period = new ReportPeriod(
                first.atStartOfDay(zone).toInstant(),
                first.plusDays(days).atStartOfDay(zone).toInstant(),
                zone);
        new TimeBuckets(Interval.HOUR, DayOfWeek.MONDAY)
                .of(period)
                .forEach(bucket -> map.add(bucket, DirectedFigures.none()));
        return map;
    }

    private static HeatMap.Cell cell(HeatMap map, DayOfWeek day, int hour) {
        return map.cells().stream()
                .filter(cell -> cell.day() == day && cell.hour() == hour)
                .findFirst()
                .orElseThrow();
    }
}
