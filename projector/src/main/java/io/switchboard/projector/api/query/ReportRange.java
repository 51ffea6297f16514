package io.switchboard.projector.api.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The days of a report, both ends included. */
public record ReportRange(LocalDate first, LocalDate last) {
    private static final String START = "start_date";
    private static final String END = "end_date";
    private static final int MOST_DAYS = 366;

    /** One day where it begins and ends in a zone: 23 to 25 hours. */
    public record Day(LocalDate date, Instant begin, Instant end) {}

    /** Reads both dates; empty when something is wrong, which the parameters then say. */
    public static Optional<ReportRange> of(QueryParameters parameters) {
        var first = date(parameters, START);
        var last = date(parameters, END);
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (last.get().isBefore(first.get())) {
            parameters.reject(END, "is before " + START);
        } else if (ChronoUnit.DAYS.between(first.get(), last.get()) >= MOST_DAYS) {
            parameters.reject(END, "is too far from " + START + ": a report has at most " + MOST_DAYS + " days");
        }
        return Optional.of(new ReportRange(first.get(), last.get()));
    }

    public List<Day> days(ZoneId zone) {
        return first.datesUntil(last.plusDays(1))
                .map(date -> new Day(
                        date,
                        date.atStartOfDay(zone).toInstant(),
                        date.plusDays(1).atStartOfDay(zone).toInstant()))
                .toList();
    }

    private static Optional<LocalDate> date(QueryParameters parameters, String name) {
        if (!parameters.has(name)) {
            var absent = parameters.single(name);
            assert absent.isEmpty();
            parameters.reject(name, "is missing: takes a date such as 2026-11-01");
            return Optional.empty();
        }
        return parameters.single(name, "a date such as 2026-11-01", ReportRange::parse);
    }

    private static Optional<LocalDate> parse(String text) {
        try {
            return text.matches("[12]\\d{3}-\\d{2}-\\d{2}") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) { // the thirtieth of February
            return Optional.empty();
        }
    }
}
