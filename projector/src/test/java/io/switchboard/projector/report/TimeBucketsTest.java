package io.switchboard.projector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeBucketsTest {
    private static final long SEED = 20_261_101;

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource({
        "America/New_York,    2026-03-08, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z, 82800",
        "America/New_York,    2026-11-01, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z, 90000",
        "America/New_York,    2026-11-02, 2026-11-02T05:00:00Z, 2026-11-03T05:00:00Z, 86400",
        "Europe/London,       2026-03-29, 2026-03-29T00:00:00Z, 2026-03-29T23:00:00Z, 82800",
        "Europe/London,       2026-10-25, 2026-10-24T23:00:00Z, 2026-10-26T00:00:00Z, 90000",
        "Australia/Lord_Howe, 2026-04-05, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z, 88200",
        "Australia/Lord_Howe, 2026-10-04, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z, 84600",
        "Asia/Kolkata,        2026-11-01, 2026-10-31T18:30:00Z, 2026-11-01T18:30:00Z, 86400",
        // no midnight: the clock goes from 23:59:59 to 01:00
        "Africa/Cairo,        2026-04-24, 2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z, 82800",
        "America/Santiago,    2026-09-06, 2026-09-06T04:00:00Z, 2026-09-07T03:00:00Z, 82800",
        // midnight twice: the clock goes from 00:59:59 back to 00:00
        "America/Havana,      2026-11-01, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z, 90000",
    })
    void aDayLastsFromItsFirstInstantToThatOfTheNext(
            ZoneId zone, LocalDate date, Instant start, Instant end, long seconds) {
        var days = cut(Interval.DAY, zone, date, date.plusDays(1));

        assertThat(days).containsExactly(new Bucket(start, end));
        assertThat(days.getFirst().length()).hasSeconds(seconds);
    }

    @Test
    void anHourThatComesTwiceIsTwoBuckets() {
        var hours = cut(Interval.HOUR, "America/New_York", "2026-11-01", "2026-11-02");

        assertThat(hours).hasSize(25);
        assertThat(starts(hours).subList(0, 4))
                .containsExactly(
                        "2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z");
        assertThat(cut(Interval.HOUR, "Europe/London", "2026-10-25", "2026-10-26"))
                .hasSize(25);
    }

    @Test
    void anHourThatIsLeftOutIsNone() {
        assertThat(cut(Interval.HOUR, "America/New_York", "2026-03-08", "2026-03-09"))
                .hasSize(23);
        assertThat(cut(Interval.HOUR, "Europe/London", "2026-03-29", "2026-03-30"))
                .hasSize(23);
        assertThat(cut(Interval.QUARTER, "Europe/London", "2026-03-29", "2026-03-30"))
                .hasSize(92);
    }

    /** At 02:00 the clock goes back to 01:30 in April and on to 02:30 in October. */
    @Test
    void whereTheClockMovesByHalfAnHourOneBucketHasThirtyMinutes() {
        var back = cut(Interval.HOUR, "Australia/Lord_Howe", "2026-04-05", "2026-04-06");
        var on = cut(Interval.HOUR, "Australia/Lord_Howe", "2026-10-04", "2026-10-05");

        assertThat(back).hasSize(25);
        assertThat(starts(back).subList(1, 4))
                .containsExactly("2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z");
        assertThat(back.get(2).length()).hasMinutes(30);
        assertThat(on).hasSize(24);
        assertThat(starts(on).subList(1, 4))
                .containsExactly("2026-10-03T14:30:00Z", "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z");
        assertThat(on.get(2).length()).hasMinutes(30);
    }

    @Test
    void hoursBeginOnTheClockOfTheZone() {
        assertThat(starts(cut(Interval.HOUR, "Asia/Kolkata", "2026-11-01", "2026-11-02"))
                        .subList(0, 2))
                .containsExactly("2026-10-31T18:30:00Z", "2026-10-31T19:30:00Z");
        assertThat(starts(cut(Interval.HOUR, "Asia/Kathmandu", "2026-11-01", "2026-11-02"))
                        .getFirst())
                .isEqualTo("2026-10-31T18:15:00Z");
    }

    @Test
    void theFirstAndTheLastBucketEndWithThePeriod() {
        var zone = ZoneId.of("Asia/Kolkata");
        var period =
                new ReportPeriod(Instant.parse("2026-11-01T10:10:10.5Z"), Instant.parse("2026-11-01T11:40:00Z"), zone);

        assertThat(new TimeBuckets(Interval.HOUR, DayOfWeek.MONDAY).of(period))
                .containsExactly(
                        bucket("2026-11-01T10:10:10.5Z", "2026-11-01T10:30:00Z"),
                        bucket("2026-11-01T10:30:00Z", "2026-11-01T11:30:00Z"),
                        bucket("2026-11-01T11:30:00Z", "2026-11-01T11:40:00Z"));
    }

    @Test
    void weeksBeginOnTheDayThatIsAskedFor() {
        var period = period("America/New_York", "2026-10-28", "2026-11-10");

        assertThat(starts(new TimeBuckets(Interval.WEEK, DayOfWeek.MONDAY).of(period)))
                .containsExactly("2026-10-28T04:00:00Z", "2026-11-02T05:00:00Z", "2026-11-09T05:00:00Z");
        assertThat(starts(new TimeBuckets(Interval.WEEK, DayOfWeek.SUNDAY).of(period)))
                .containsExactly("2026-10-28T04:00:00Z", "2026-11-01T04:00:00Z", "2026-11-08T05:00:00Z");
    }

    @Test
    void monthsBeginOnTheFirst() {
        assertThat(starts(cut(Interval.MONTH, "Europe/London", "2026-02-15", "2026-05-01")))
                .containsExactly("2026-02-15T00:00:00Z", "2026-03-01T00:00:00Z", "2026-03-31T23:00:00Z");
    }

    @Test
    void aDateThatAZoneLeftOutHasNoBucket() {
        assertThat(starts(cut(Interval.DAY, "Pacific/Apia", "2011-12-29", "2012-01-01")))
                .containsExactly("2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z");
    }

    /** At 00:01 of the seventh the clock went back to 23:01 of the sixth. */
    @Test
    void aDayThatBeganTwiceIsOneBucket() {
        assertThat(starts(cut(Interval.DAY, "America/St_Johns", "2010-11-06", "2010-11-09")))
                .containsExactly("2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z");
    }

    @Test
    void whateverTheZoneDoesNoInstantIsLostOrInTwoBuckets() {
        var random = new SplittableRandom(SEED);
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (var round = 0; round < 600; round++) {
            var zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            var from = Instant.ofEpochMilli(random.nextLong(631_152_000_000L, 1_900_000_000_000L));
            var period = new ReportPeriod(from, from.plusMillis(random.nextLong(1, 20L * 86_400_000)), zone);
            for (var interval : Interval.values()) {
                var buckets = new TimeBuckets(interval, DayOfWeek.SUNDAY).of(period);

                var about = "seed %s: %s %s".formatted(SEED, interval, period);
                assertThat(buckets.getFirst().start()).as(about).isEqualTo(period.from());
                assertThat(buckets.getLast().end()).as(about).isEqualTo(period.to());
                for (int i = 1; i < buckets.size(); i++) {
                    assertThat(buckets.get(i).start())
                            .as(about)
                            .isEqualTo(buckets.get(i - 1).end());
                }
            }
        }
    }

    private static List<Bucket> cut(Interval interval, String zone, String from, String to) {
        return new TimeBuckets(interval, DayOfWeek.MONDAY).of(period(zone, from, to));
    }

    private static List<Bucket> cut(Interval interval, ZoneId zone, LocalDate from, LocalDate to) {
        return cut(interval, zone.getId(), from.toString(), to.toString());
    }

    private static ReportPeriod period(String zone, String from, String to) {
        var id = ZoneId.of(zone);
        return new ReportPeriod(
                LocalDate.parse(from).atStartOfDay(id).toInstant(),
                LocalDate.parse(to).atStartOfDay(id).toInstant(),
                id);
    }

    private static Bucket bucket(String start, String end) {
        return new Bucket(Instant.parse(start), Instant.parse(end));
    }

    private static List<String> starts(List<Bucket> buckets) {
        return buckets.stream().map(Bucket::start).map(Instant::toString).toList();
    }
}
