package io.switchboard.projector.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * What a report is about, seen from a zone: from the first instant inside to the first outside again.
 *
 * @param zone where its days begin
 */
public record ReportPeriod(Instant from, Instant to, ZoneId zone) {
    /** The most local days of a report. */
    public static final int MOST_DAYS = 400;

    public ReportPeriod {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a period ends after it begins");
        }
    }

    public Bucket bucket() {
        return new Bucket(from, to);
    }

    /** Whether it has at most so many local days. */
    public boolean isWithin(int days) {
        return !to.isAfter(from.atZone(zone).plusDays(days).toInstant());
    }

    /**
     * What it is compared with. When it begins with a local day, so many local days earlier, at the same time of day: a
     * day of 23 hours is compared with a whole day, and a day that is not over with the same part of another. Otherwise
     * the equally long stretch before it.
     */
    public ReportPeriod previous() {
        var first = from.atZone(zone).toLocalDate();
        if (!start(first).equals(from)) {
            return new ReportPeriod(from.minus(Duration.between(from, to)), from, zone);
        }
        var last = to.atZone(zone).toLocalDate();
        var days = ChronoUnit.DAYS.between(first, last) + (start(last).isBefore(to) ? 1 : 0);
        var end = start(last).equals(to)
                ? start(last.minusDays(days))
                : to.atZone(zone).minusDays(days).toInstant();
        return new ReportPeriod(start(first.minusDays(days)), end, zone);
    }

    private Instant start(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }
}
