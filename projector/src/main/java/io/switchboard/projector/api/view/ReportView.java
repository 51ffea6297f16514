package io.switchboard.projector.api.view;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.api.query.CallsLink;
import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.DirectedFigures;
import io.switchboard.projector.report.HeatMap;
import io.switchboard.projector.report.ReportPeriod;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reports in answers: figures with the time they are about and the way to the calls behind them.
 *
 * @param zone in which times are written
 * @param link to the calls of the report
 * @param outcomes those that were asked for alone; empty for all
 */
public record ReportView(ZoneId zone, CallsLink link, Set<Outcome> outcomes, FiguresView figures) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    private static final Set<Outcome> ANSWERED = EnumSet.of(Outcome.ANSWERED);
    private static final Set<Outcome> LOST = EnumSet.of(Outcome.MISSED, Outcome.VOICEMAIL, Outcome.DROPPED);
    private static final int DAYS = 7;

    /** What calls are divided by, and the member that names a group. */
    public enum GroupName {
        DIRECTION,
        NUMBER;

        public String member() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a report is about. */
    public static Map<String, Object> range(ReportPeriod period) {
        var json = new LinkedHashMap<String, Object>();
        json.put("from", time(period.from(), period.zone()));
        json.put("to", time(period.to(), period.zone()));
        json.put("tz", period.zone().getId());
        json.put("seconds", seconds(Duration.between(period.from(), period.to())));
        return json;
    }

    /** A period with its figures. */
    public Map<String, @Nullable Object> period(ReportPeriod period, DirectedFigures of) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("range", range(period));
        json.putAll(figures.json(of));
        json.put("links", links(Optional.of(link), period.bucket()));
        return json;
    }

    /** A group of a period. */
    public Map<String, @Nullable Object> group(
            GroupName by, @Nullable String group, ReportPeriod period, DirectedFigures of) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put(by.member(), group);
        json.putAll(figures.json(of));
        json.put("links", links(link(by, group), period.bucket()));
        return json;
    }

    /** A bucket of a time series, of one group or of all. */
    public Map<String, @Nullable Object> bucket(Bucket bucket, DirectedFigures of, Optional<CallsLink> link) {
        var json = bucket(bucket, zone);
        json.putAll(figures.json(of));
        json.put("links", links(link, bucket));
        return json;
    }

    /** A bucket without what is counted in it. */
    static Map<String, @Nullable Object> bucket(Bucket bucket, ZoneId zone) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("start", time(bucket.start(), zone));
        json.put("end", time(bucket.end(), zone));
        json.put("seconds", seconds(bucket.length()));
        return json;
    }

    /** The hours of the week. */
    public List<Map<String, @Nullable Object>> cells(HeatMap map, DayOfWeek weekStart) {
        return map.cells().stream()
                .sorted((one, other) -> Integer.compare(place(one, weekStart), place(other, weekStart)))
                .map(this::cell)
                .toList();
    }

    /** To the calls of a group; empty where the list of calls cannot look for them. */
    public Optional<CallsLink> link(GroupName by, @Nullable String group) {
        if (group == null) {
            return Optional.empty();
        }
        return switch (by) {
            case DIRECTION -> Optional.of(link.withDirection(Direction.valueOf(group.toUpperCase(Locale.ROOT))));
            case NUMBER -> link.withNumber(group);
        };
    }

    private Map<String, @Nullable Object> cell(HeatMap.Cell cell) {
        var calls = cell.all().outcomes().calls();
        var occurrences = cell.occurrences();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("weekday", cell.day().name().toLowerCase(Locale.ROOT));
        json.put("hour", cell.hour());
        json.put("occurrences", FiguresView.rounded(occurrences));
        json.put("calls", calls);
        json.put("calls_per_occurrence", occurrences == 0 ? null : FiguresView.rounded(calls / occurrences));
        json.put("outcomes", FiguresView.outcomes(cell.all().outcomes()));
        json.put("answer_rate", FiguresView.answerRate(cell.inbound()));
        json.put("service_level", figures.serviceLevel(cell.inbound()));
        return json;
    }

    private Map<String, @Nullable Object> links(Optional<CallsLink> to, Bucket bucket) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("calls", to.map(link -> link.in(bucket)).orElse(null));
        json.put("answered", ended(to, ANSWERED).map(link -> link.in(bucket)).orElse(null));
        json.put("lost", ended(to, LOST).map(link -> link.in(bucket)).orElse(null));
        return json;
    }

    /** Of a report about some outcomes alone, those among them. */
    private Optional<CallsLink> ended(Optional<CallsLink> calls, Set<Outcome> wanted) {
        var among = EnumSet.copyOf(wanted);
        if (!outcomes.isEmpty()) {
            among.retainAll(outcomes);
        }
        return among.isEmpty() ? Optional.empty() : calls.map(to -> to.withOutcomes(among));
    }

    private static int place(HeatMap.Cell cell, DayOfWeek weekStart) {
        return Math.floorMod(cell.day().getValue() - weekStart.getValue(), DAYS) * 24 + cell.hour();
    }

    static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone).toOffsetDateTime());
    }

    /** A whole number, but where the client cut a period within a second. */
    private static Number seconds(Duration duration) {
        if (duration.getNano() == 0) {
            return duration.toSeconds();
        }
        return duration.toNanos() / 1e9;
    }
}
