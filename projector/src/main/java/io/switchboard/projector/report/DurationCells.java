package io.switchboard.projector.report;

import java.util.Arrays;

/**
 * The cells into which durations are sorted: {@code (lower, upper]}, in microseconds. Fine where answers are given and
 * coarser further out, so that the middle of a cell is never further than 1 % from what lies in it beyond 5 seconds, nor than 50 ms before.
 *
 * <pre>
 *   up to    10 s  20 s  1 min  2 min  5 min  15 min  30 min  1 h   2 h    4 h    24 h
 *   width    0.1   0.2   0.5    1      2      5       10      20    60     120    300 s
 * </pre>
 *
 * <p>Every whole second up to two minutes is a boundary: how many calls were answered within such a threshold is exact.
 */
final class DurationCells {
    private static final long SECOND = 1_000_000;
    private static final long[][] RANGES = { // up to, width
        {10 * SECOND, SECOND / 10},
        {20 * SECOND, SECOND / 5},
        {60 * SECOND, SECOND / 2},
        {120 * SECOND, SECOND},
        {300 * SECOND, 2 * SECOND},
        {900 * SECOND, 5 * SECOND},
        {1_800 * SECOND, 10 * SECOND},
        {3_600 * SECOND, 20 * SECOND},
        {7_200 * SECOND, 60 * SECOND},
        {14_400 * SECOND, 120 * SECOND},
        {86_400 * SECOND, 300 * SECOND}
    };
    private static final long[] UPPER = uppers();

    /** How many there are; the last one takes whatever is longer than a day. */
    static final int COUNT = UPPER.length + 1;

    private DurationCells() {}

    /** The cell of a duration; what is not positive lies in the first. */
    static int of(long micros) {
        var found = Arrays.binarySearch(UPPER, micros);
        return found >= 0 ? found : -found - 1;
    }

    /** The middle of a cell, in microseconds. */
    static long middle(int cell) {
        if (cell >= UPPER.length) {
            return UPPER[UPPER.length - 1];
        }
        return (lower(cell) + UPPER[cell]) / 2;
    }

    /** Whether no cell has durations on both sides of this one, so that counting up to it is exact. */
    static boolean isBoundary(long micros) {
        return Arrays.binarySearch(UPPER, micros) >= 0;
    }

    private static long lower(int cell) {
        return cell == 0 ? 0 : UPPER[cell - 1];
    }

    private static long[] uppers() {
        var uppers = new long[Math.toIntExact(cells())];
        var next = 0;
        var from = 0L;
        for (var range : RANGES) {
            for (var upper = from + range[1]; upper <= range[0]; upper += range[1]) {
                uppers[next++] = upper;
            }
            from = range[0];
        }
        return uppers;
    }

    private static long cells() {
        var cells = 0L;
        var from = 0L;
        for (var range : RANGES) {
            cells += (range[0] - from) / range[1];
            from = range[0];
        }
        return cells;
    }
}
