package io.switchboard.projector.report;

import org.jspecify.annotations.Nullable;

/**
 * Durations added up: how many, their sum and how they are spread.
 *
 * @param micros the sum, in microseconds: whole numbers, so that adding and taking away leaves no rest
 */
public record Durations(long count, long micros, DurationSketch sketch) {
    /** One duration, or none where it is not known. */
    static Durations of(boolean counts, @Nullable Long micros) {
        var sketch = new DurationSketch();
        if (!counts || micros == null) {
            return new Durations(0, 0, sketch);
        }
        sketch.add(micros, 1);
        return new Durations(1, micros, sketch);
    }

    /** A column of seconds in whole microseconds, halves to the even one: wherever it is counted, it counts the same. */
    public static @Nullable Long micros(@Nullable Double seconds) {
        return seconds == null ? null : (long) Math.rint(seconds * 1e6);
    }

    Durations plus(Durations other) {
        var sum = new DurationSketch();
        sum.add(sketch);
        sum.add(other.sketch);
        return new Durations(count + other.count, micros + other.micros, sum);
    }

    Durations minus(Durations other) {
        var rest = new DurationSketch();
        rest.add(sketch);
        rest.subtract(other.sketch);
        return new Durations(count - other.count, micros - other.micros, rest);
    }
}
