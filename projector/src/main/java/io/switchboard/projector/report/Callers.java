package io.switchboard.projector.report;

/**
 * Who called.
 *
 * @param calls calls in of clients whose number is known
 * @param withoutNumber calls in of clients whose number is not
 * @param firstTime clients of whom no call of any direction is known before their first in the range
 * @param byCalls clients by how often they called
 */
public record Callers(long calls, long withoutNumber, long firstTime, ByCalls byCalls) {

    /** Clients who called so often. */
    public record ByCalls(long once, long twice, long three, long fourOrFive, long sixToTen, long more) {}

    public long distinct() {
        return byCalls.once + repeat();
    }

    /** Clients who called more than once. */
    public long repeat() {
        return byCalls.twice + byCalls.three + byCalls.fourOrFive + byCalls.sixToTen + byCalls.more;
    }
}
