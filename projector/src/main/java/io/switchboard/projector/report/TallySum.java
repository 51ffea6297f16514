package io.switchboard.projector.report;

/** A tally that grows: many calls are added up without a copy for each. Not safe for several threads. */
public final class TallySum {
    private final Sum answerTime = new Sum();
    private final Sum lostWait = new Sum();
    private final Sum talkTime = new Sum();
    private Outcomes outcomes = Outcomes.NONE;
    private long recorded;

    public void add(Tally tally) {
        move(tally, 1);
    }

    public void subtract(Tally tally) {
        move(tally, -1);
    }

    /** The sum so far; the sketches go on growing with this one. */
    public Tally tally() {
        return new Tally(outcomes, recorded, answerTime.durations(), lostWait.durations(), talkTime.durations());
    }

    private void move(Tally tally, int times) {
        outcomes = outcomes.plus(tally.outcomes(), times);
        recorded += times * tally.recorded();
        answerTime.move(tally.answerTime(), times);
        lostWait.move(tally.lostWait(), times);
        talkTime.move(tally.talkTime(), times);
    }

    private static final class Sum {
        private final DurationSketch sketch = new DurationSketch();
        private long count;
        private long micros;

        void move(Durations durations, int times) {
            count += times * durations.count();
            micros += times * durations.micros();
            sketch.add(durations.sketch(), times);
        }

        Durations durations() {
            return new Durations(count, micros, sketch);
        }
    }
}
