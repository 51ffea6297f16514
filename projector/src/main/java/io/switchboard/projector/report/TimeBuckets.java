package io.switchboard.projector.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a period where the clock on the wall of its zone passes an hour, a midnight, a week or a month. Buckets touch each
 * other, and the first and the last one end with the period. Whatever a zone does to its clock, no instant is lost and none
 * is in two of them:
 *
 * <ul>
 *   <li>hours and quarters are also cut where the clock jumps: an hour that comes twice is two buckets, one that is left out
 *       is none, and where a zone moves its clock by half an hour one of them has 30 minutes;
 *   <li>a day begins with its first instant, be that 01:00; a date that a zone leaves out has no bucket.
 * </ul>
 *
 * @param weekStart the first day of a week
 */
public record TimeBuckets(Interval interval, DayOfWeek weekStart) {

    public List<Bucket> of(ReportPeriod period) {
        var buckets = new ArrayList<Bucket>();
        for (var start = period.from(); start.isBefore(period.to()); ) {
            var end = min(next(start, period.zone()), period.to());
            buckets.add(new Bucket(start, end));
            start = end;
        }
        return List.copyOf(buckets);
    }

    /** The first cut behind an instant. */
    private Instant next(Instant instant, ZoneId zone) {
        return switch (interval) {
            case QUARTER -> onTheClock(instant, zone, Duration.ofMinutes(15));
            case HOUR -> onTheClock(instant, zone, Duration.ofHours(1));
            case DAY, WEEK, MONTH -> midnight(instant, zone);
        };
    }

    private static Instant onTheClock(Instant instant, ZoneId zone, Duration step) {
        var rules = zone.getRules();
        var local = instant.getEpochSecond() + rules.getOffset(instant).getTotalSeconds();
        var left = step.toSeconds() - Math.floorMod(local, step.toSeconds());
        var onTime = Instant.ofEpochSecond(instant.getEpochSecond() + left);
        var jump = rules.nextTransition(instant);
        return jump == null ? onTime : min(onTime, jump.getInstant());
    }

    private Instant midnight(Instant instant, ZoneId zone) {
        var date = following(instant.atZone(zone).toLocalDate());
        var start = date.atStartOfDay(zone).toInstant();
        while (!start.isAfter(instant)) { // the zone left that date out, or had it before
            date = following(date);
            start = date.atStartOfDay(zone).toInstant();
        }
        return start;
    }

    /** The next date on which a bucket begins. */
    private LocalDate following(LocalDate date) {
        return switch (interval) {
            case QUARTER, HOUR, DAY -> date.plusDays(1);
            case WEEK -> date.with(TemporalAdjusters.next(weekStart));
            case MONTH -> date.with(TemporalAdjusters.firstDayOfNextMonth());
        };
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
