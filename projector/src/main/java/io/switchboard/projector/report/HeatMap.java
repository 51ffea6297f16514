package io.switchboard.projector.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls by the hour of the day and the day of the week. A month has five Mondays and four Tuesdays, a day of change has an
 * hour twice or not at all: so an hour of the week is held against the time it really took.
 */
public final class HeatMap {
    private static final int HOURS = 24;
    private static final double HOUR_SECONDS = 3_600;

    private final ZoneId zone;
    private final List<Cell> cells = new ArrayList<>();

    public HeatMap(ZoneId zone) {
        this.zone = zone;
        for (var day : DayOfWeek.values()) {
            for (int hour = 0; hour < HOURS; hour++) {
                cells.add(new Cell(day, hour, Duration.ZERO, Figures.NONE, Figures.NONE));
            }
        }
    }

    /**
     * One hour of the week.
     *
     * @param time how much of the period lies in it
     * @param all without percentiles, which do not add up
     * @param inbound likewise
     */
    public record Cell(DayOfWeek day, int hour, Duration time, Figures all, Figures inbound) {
        /** How often the hour was there; not a whole number where the period cuts one or a zone moved by half of one. */
        public double occurrences() {
            return time.toMillis() / 1e3 / HOUR_SECONDS;
        }
    }

    /** Adds a bucket that does not go beyond an hour by the clock on the wall. */
    public void add(Bucket bucket, DirectedFigures figures) {
        var start = bucket.start().atZone(zone);
        var place = (start.getDayOfWeek().getValue() - 1) * HOURS + start.getHour();
        var cell = cells.get(place);
        cells.set(
                place,
                new Cell(
                        cell.day(),
                        cell.hour(),
                        cell.time().plus(bucket.length()),
                        cell.all().plus(figures.all()),
                        cell.inbound().plus(figures.inbound())));
    }

    /** All hours of a week. */
    public List<Cell> cells() {
        return List.copyOf(cells);
    }
}
