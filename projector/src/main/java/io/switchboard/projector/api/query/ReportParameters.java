package io.switchboard.projector.api.query;

import io.switchboard.projector.api.query.ReportQuestion.Grouping;
import io.switchboard.projector.report.Interval;
import io.switchboard.projector.report.ReportPeriod;
import io.switchboard.projector.report.ServiceLevel.Formula;
import io.switchboard.projector.report.ServiceLevel.Terms;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What every report takes: {@code from}, {@code to}, {@code tz} and the call filters; and what some take besides. Only
 * what a resource reads is known there. Faults are noted with the parameters; what is answered then means nothing.
 *
 * @param calls which calls; its own times are not used
 * @param link to the calls that a figure is made of
 */
public record ReportParameters(ReportPeriod period, CallFilter calls, CallsLink link) {
    private static final long MICROS = 1_000_000;

    /**
     * @param usual the zone of those who name none
     * @param now where a report without an end ends
     */
    public static ReportParameters of(QueryParameters parameters, ZoneId usual, Instant now) {
        var calls = CallFilter.ofReport(parameters);
        return new ReportParameters(ReportPeriods.of(parameters, usual, now), calls, CallsLink.of(parameters, calls));
    }

    /** The same; a fault is noted when the period has more days than a resource can answer for. */
    public ReportParameters within(QueryParameters parameters, int days) {
        if (period.isWithin(ReportPeriod.MOST_DAYS) && !period.isWithin(days)) {
            parameters.reject(
                    parameters.has("to") ? "to" : "from",
                    "makes the report too long: this one has at most " + days + " days");
        }
        return this;
    }

    /** {@code formula}, {@code threshold_seconds} and {@code short_abandon_seconds}. */
    public static Terms terms(QueryParameters parameters) {
        var formula = parameters
                .single("formula", oneOf(Formula.words()), Formula::ofWord)
                .orElse(Formula.OFFERED_MINUS_SHORT);
        return new Terms(
                formula,
                whole(parameters, "threshold_seconds", new Limits(1, 3_600), 20) * MICROS,
                whole(parameters, "short_abandon_seconds", new Limits(0, 600), 5) * MICROS);
    }

    /** How many durations make a percentile: of fewer none is shown. */
    public static int minSamples(QueryParameters parameters) {
        return whole(parameters, "min_samples", new Limits(1, 1_000), 20);
    }

    /** Whether the answer is to be computed from the calls themselves. */
    public static boolean exact(QueryParameters parameters) {
        return parameters.single("exact", "true or false", CallFilter::flag).orElse(false);
    }

    public static Grouping grouping(QueryParameters parameters) {
        return parameters
                .single("group_by", "one of direction, number", text -> switch (text) {
                    case "direction" -> Optional.of(Grouping.DIRECTION);
                    case "number" -> Optional.of(Grouping.NUMBER);
                    default -> Optional.<Grouping>empty();
                })
                .orElse(Grouping.NONE);
    }

    /** Whether {@code compare=previous} is asked for. */
    public static boolean comparesWithPrevious(QueryParameters parameters) {
        return parameters
                .single("compare", "previous", text -> Optional.of(text).filter("previous"::equals))
                .isPresent();
    }

    public static DayOfWeek weekStart(QueryParameters parameters) {
        return parameters
                .single("week_start", "monday or sunday", text -> switch (text) {
                    case "monday" -> Optional.of(DayOfWeek.MONDAY);
                    case "sunday" -> Optional.of(DayOfWeek.SUNDAY);
                    default -> Optional.<DayOfWeek>empty();
                })
                .orElse(DayOfWeek.MONDAY);
    }

    /** The length of buckets; noted as a fault when it makes too many of the period. */
    public Interval interval(QueryParameters parameters) {
        var interval = parameters
                .single("interval", oneOf(Interval.words()), Interval::ofWord)
                .orElse(Interval.DAY);
        limit(parameters, interval, "interval");
        return interval;
    }

    /** Notes a fault of this parameter when the interval makes too many buckets of the period. */
    public void limit(QueryParameters parameters, Interval interval, String name) {
        if (period.isWithin(ReportPeriod.MOST_DAYS) && !period.isWithin(interval.mostDays())) {
            parameters.reject(
                    name,
                    "makes too many buckets: by " + interval.word() + " a report has at most " + interval.mostDays()
                            + " days");
        }
    }

    /** A whole number between its limits. */
    public static int whole(QueryParameters parameters, String name, Limits limits, int usual) {
        return parameters
                .single(name, "a whole number from " + limits.least() + " to " + limits.most(), limits::parse)
                .orElse(usual);
    }

    /** The least and the most of a number. */
    public record Limits(int least, int most) {
        Optional<Integer> parse(String text) {
            return text.matches("\\d{1,9}")
                    ? Optional.of(Integer.valueOf(text)).filter(number -> number >= least && number <= most)
                    : Optional.empty();
        }
    }

    private static String oneOf(List<String> words) {
        return "one of " + String.join(", ", words);
    }
}
