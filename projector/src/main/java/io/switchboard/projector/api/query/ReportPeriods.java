package io.switchboard.projector.api.query;

import io.switchboard.projector.report.ReportPeriod;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code from}, {@code to} and {@code tz}. A date means the start of that day in the zone, so {@code to} is the first
 * day that is not in the report any more. Without {@code to} it goes up to the minute that runs (an answer that moves with
 * every millisecond would never be the one known already), without {@code from} it has seven local days, the last of them
 * the one in which it ends.
 */
public final class ReportPeriods {
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String TAKES =
            "a local date such as 2026-11-01, which means its first instant in the zone, or " + Timestamps.TAKES
                    + ", in the years 1990 to 2999";
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");
    private static final int USUAL_DAYS = 7;

    private ReportPeriods() {}

    /**
     * Faults are noted with the parameters; what is answered then means nothing.
     *
     * @param usual the zone of those who name none
     */
    public static ReportPeriod of(QueryParameters parameters, ZoneId usual, Instant now) {
        var zone = parameters
                .single("tz", "an IANA zone such as America/New_York", ReportPeriods::zone)
                .orElse(usual);
        var from = time(parameters, FROM, zone);
        var to = time(parameters, TO, zone);
        var running = now.truncatedTo(ChronoUnit.MINUTES);
        if (isBad(parameters, FROM, from) || isBad(parameters, TO, to)) {
            return days(running, zone);
        }
        var end = to.orElse(running);
        var start = from.orElseGet(() -> days(end, zone).from());
        if (!start.isBefore(end)) {
            parameters.reject(
                    to.isPresent() ? TO : FROM,
                    to.isPresent() ? "must be later than from" : "lies in the future: give to as well");
            return days(running, zone);
        }
        var period = new ReportPeriod(start, end, zone);
        if (!period.isWithin(ReportPeriod.MOST_DAYS)) {
            parameters.reject(
                    to.isPresent() ? TO : FROM,
                    "makes the report too long: it has at most " + ReportPeriod.MOST_DAYS + " days");
        }
        return period;
    }

    private static boolean isBad(QueryParameters parameters, String name, Optional<Instant> read) {
        return parameters.has(name) && read.isEmpty();
    }

    /** The local days up to the end, its own the last of them. */
    private static ReportPeriod days(Instant end, ZoneId zone) {
        var last = end.minusNanos(1).atZone(zone).toLocalDate();
        return new ReportPeriod(
                last.minusDays(USUAL_DAYS - 1).atStartOfDay(zone).toInstant(), end, zone);
    }

    private static Optional<Instant> time(QueryParameters parameters, String name, ZoneId zone) {
        Function<String, Optional<Instant>> parse = text -> date(text)
                .map(date -> date.atStartOfDay(zone).toInstant())
                .or(() -> Timestamps.parse(text).map(Timestamps::ceilToMicros))
                .filter(time -> !time.isBefore(EARLIEST) && time.isBefore(LATEST));
        return parameters.single(name, TAKES, parse);
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return text.matches("[12]\\d{3}-\\d{2}-\\d{2}") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) { // the thirtieth of February
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }
}
