package io.switchboard.projector.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.query.ReportPlan.Calls;
import io.switchboard.projector.api.query.ReportPlan.Hours;
import io.switchboard.projector.api.query.ReportPlan.Reason;
import io.switchboard.projector.api.query.ReportPlan.Stretch;
import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.ServiceLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPlanTest {
    private static final long SEED = 20_261_122;
    private static final long SECOND = 1_000_000;
    private static final ServiceLevel.Terms TERMS =
            new ServiceLevel.Terms(ServiceLevel.Formula.OFFERED, 20 * SECOND, 5 * SECOND);
    private static final Bucket HOUR = bucket("2026-03-09T16:00:00Z", "2026-03-09T17:00:00Z");

    @Test
    void wholeHoursNeedNoCalls() {
        var plan = ReportPlan.of(question("", TERMS, List.of(HOUR)));

        assertThat(plan)
                .isEqualTo(new Hours(List.of(new Stretch(0, HOUR.start(), HOUR.end())), List.of()))
                .extracting(ReportPlan::word)
                .isEqualTo("hours");
    }

    @Test
    void whatIsLeftOfAnHourAtEitherEndComesFromCalls() {
        var day = bucket("2026-03-08T18:30:00Z", "2026-03-09T18:30:00Z"); // in Kolkata
        var next = bucket("2026-03-09T18:30:00Z", "2026-03-10T18:30:00Z");

        var plan = (Hours) ReportPlan.of(question("", TERMS, List.of(day, next)));

        assertThat(plan.whole())
                .containsExactly(
                        stretch(0, "2026-03-08T19:00:00Z", "2026-03-09T18:00:00Z"),
                        stretch(1, "2026-03-09T19:00:00Z", "2026-03-10T18:00:00Z"));
        assertThat(plan.partial())
                .containsExactly(
                        stretch(0, "2026-03-08T18:30:00Z", "2026-03-08T19:00:00Z"),
                        stretch(0, "2026-03-09T18:00:00Z", "2026-03-09T18:30:00Z"),
                        stretch(1, "2026-03-09T18:30:00Z", "2026-03-09T19:00:00Z"),
                        stretch(1, "2026-03-10T18:00:00Z", "2026-03-10T18:30:00Z"));
    }

    @Test
    void stretchesAreTheBucketsAgain() {
        var random = new SplittableRandom(SEED);
        for (var round = 0; round < 500; round++) {
            var start = Instant.parse("2026-03-01T00:00:00Z").plusSeconds(random.nextInt(100_000));
            var bucket = new Bucket(start, start.plusMillis(1 + random.nextLong(1_000_000_000L)));
            if (ReportPlan.of(question("", TERMS, List.of(bucket))) instanceof Hours plan) {
                var all = new ArrayList<>(Stream.concat(plan.partial().stream(), plan.whole().stream())
                        .sorted(Comparator.comparing(Stretch::start))
                        .toList());
                assertThat(all.getFirst().start()).isEqualTo(bucket.start());
                assertThat(all.getLast().end()).isEqualTo(bucket.end());
                for (var i = 1; i < all.size(); i++) {
                    assertThat(all.get(i).start()).isEqualTo(all.get(i - 1).end());
                }
                assertThat(plan.partial())
                        .allSatisfy(part -> assertThat(part.length()).isLessThan(Duration.ofHours(1)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Asia/Kolkata, hours", "Australia/Lord_Howe, hours", "America/New_York, hours", "Asia/Kathmandu, hours"
    })
    void daysComeFromHoursInEveryZone(String zone, String word) {
        var buckets = Stream.iterate(LocalDate.parse("2026-01-01"), date -> date.plusDays(1))
                .limit(365)
                .map(date -> new Bucket(
                        date.atStartOfDay(ZoneId.of(zone)).toInstant(),
                        date.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant()))
                .toList();

        assertThat(ReportPlan.of(question("", TERMS, buckets)).word()).isEqualTo(word);
    }

    @Test
    void hoursThatAreAllCutAreLeftToTheCalls() {
        var hours = Stream.iterate(Instant.parse("2026-03-09T16:30:00Z"), hour -> hour.plusSeconds(3_600))
                .limit(24)
                .map(hour -> new Bucket(hour, hour.plusSeconds(3_600)))
                .toList();

        assertThat(ReportPlan.of(question("", TERMS, hours))).isEqualTo(new Calls(Reason.CUT_HOURS));
        assertThat(ReportPlan.of(question("", TERMS, List.of(bucket("2026-03-09T16:10:00Z", "2026-03-09T16:20:00Z")))))
                .isEqualTo(new Calls(Reason.CUT_HOURS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=ended",
                "outcome=missed",
                "extension=101",
                "client=5550117",
                "min_talk_seconds=1",
                "has_recording=true",
                "source=poll"
            })
    void whatHoursDoNotTellApartIsLeftToTheCalls(String filter) {
        assertThat(ReportPlan.of(question(filter, TERMS, List.of(HOUR)))).isEqualTo(new Calls(Reason.FILTER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"direction=inbound&direction=internal", "number=%2B12025550143", "number=0143"})
    void directionsAndNumbersAreKnownByTheHour(String filter) {
        assertThat(ReportPlan.of(question(filter, TERMS, List.of(HOUR)))).isInstanceOf(Hours.class);
    }

    @Test
    void termsThatNoCellEndsAtAreLeftToTheCalls() {
        var odd = new ServiceLevel.Terms(TERMS.formula(), 20 * SECOND + 1, TERMS.shortAbandonMicros());
        var late = new ServiceLevel.Terms(TERMS.formula(), TERMS.thresholdMicros(), 121 * SECOND);

        assertThat(ReportPlan.of(question("", odd, List.of(HOUR)))).isEqualTo(new Calls(Reason.THRESHOLD));
        assertThat(ReportPlan.of(question("", late, List.of(HOUR)))).isEqualTo(new Calls(Reason.THRESHOLD));
    }

    @Test
    void exactnessThatIsAskedForIsGiven() {
        var question = question("", TERMS, List.of(HOUR));

        assertThat(ReportPlan.of(
                        new ReportQuestion(null, question.calls(), question.buckets(), Grouping.NONE, TERMS, true)))
                .isEqualTo(new Calls(Reason.EXACT_ASKED));
    }

    private static ReportQuestion question(String filter, ServiceLevel.Terms terms, List<Bucket> buckets) {
        return new ReportQuestion(
                null, CallFilter.of(QueryParameters.parse(filter)), buckets, Grouping.NONE, terms, false);
    }

    private static Bucket bucket(String start, String end) {
        return new Bucket(Instant.parse(start), Instant.parse(end));
    }

    private static Stretch stretch(int bucket, String start, String end) {
        return new Stretch(bucket, Instant.parse(start), Instant.parse(end));
    }
}
