package io.switchboard.projector.report;

/**
 * The numbers of a group of calls, wherever they were read: from the calls themselves (exact) or from sums by the hour
 * (counts and sums exact, percentiles within 1 %).
 *
 * @param recorded answered calls that have a recording
 * @param serviceLevel what the four formulas are made of, at the terms of the request
 */
public record Figures(
        Outcomes outcomes,
        long recorded,
        Spread answerTime,
        Spread lostWait,
        Spread talkTime,
        ServiceLevel.Counts serviceLevel) {

    /** Of no calls. */
    public static final Figures NONE =
            new Figures(Outcomes.NONE, 0, Spread.NONE, Spread.NONE, Spread.NONE, ServiceLevel.Counts.NONE);

    /** The figures of both; without percentiles, which do not add up. */
    public Figures plus(Figures other) {
        return new Figures(
                outcomes.plus(other.outcomes, 1),
                recorded + other.recorded,
                answerTime.plus(other.answerTime),
                lostWait.plus(other.lostWait),
                talkTime.plus(other.talkTime),
                serviceLevel.plus(other.serviceLevel));
    }
}
