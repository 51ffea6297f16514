package io.switchboard.projector.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long the buckets of a report are, by the clock on the wall of its zone. */
public enum Interval {
    QUARTER("15m", 14),
    HOUR(93),
    DAY(ReportPeriod.MOST_DAYS),
    WEEK(ReportPeriod.MOST_DAYS),
    MONTH(ReportPeriod.MOST_DAYS);

    private final String word;
    private final int mostDays;

    Interval(int mostDays) {
        this.word = name().toLowerCase(Locale.ROOT);
        this.mostDays = mostDays;
    }

    Interval(String word, int mostDays) {
        this.word = word;
        this.mostDays = mostDays;
    }

    public String word() {
        return word;
    }

    /** The most local days that can be cut by it in one report. */
    public int mostDays() {
        return mostDays;
    }

    public static Optional<Interval> ofWord(String word) {
        return Arrays.stream(values())
                .filter(interval -> interval.word.equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Interval::word).toList();
    }
}
