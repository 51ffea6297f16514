package io.switchboard.projector.projection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the loop waits for something, and how long between two questions. Logged at its two ends, however many attempts
 * lie between them.
 *
 * <pre>
 *   flowing ──failed──▶ suspected ──failed──▶ waiting ──answered──▶ trying ──over──▶ flowing
 *      ▲──────over──────────┘                    ▲──────failed─────────┘
 * </pre>
 *
 * Confined to the loop's thread.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int IDLE_POLLS_THAT_END_IT = 10;

    /** Where it stands. */
    private enum Stage {
        FLOWING,
        SUSPECTED,
        WAITING,
        TRYING
    }

    private final Progress progress;
    private Stage stage = Stage.FLOWING;
    private Duration pause = SHORTEST;
    private int idlePolls;

    Outage(Progress progress) {
        this.progress = progress;
    }

    boolean waiting() {
        return stage == Stage.WAITING;
    }

    Duration pause() {
        return pause;
    }

    /** Notes a failed attempt; says whether the loop has to wait. */
    boolean failed(String waitingFor) {
        idlePolls = 0;
        if (stage == Stage.FLOWING) {
            stage = Stage.SUSPECTED;
            return false;
        }
        if (stage == Stage.SUSPECTED) {
            LOG.warn("The projection waits for {}; it goes on by itself", waitingFor);
        }
        stage = Stage.WAITING;
        stillAway(waitingFor);
        return true;
    }

    /** Notes that the question was not answered. */
    void stillAway(@Nullable String waitingFor) {
        progress.waitingFor(waitingFor);
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }

    /** What was away answers: try again. */
    void answered() {
        stage = Stage.TRYING;
        idlePolls = 0;
    }

    /** There was nothing to do: no proof, but when it lasts there is nobody left to wait for. */
    void idle() {
        if (stage != Stage.FLOWING && ++idlePolls >= IDLE_POLLS_THAT_END_IT) {
            over();
        }
    }

    /** Something was applied. */
    void over() {
        if (stage == Stage.TRYING) {
            LOG.info("The projection goes on");
        }
        if (stage != Stage.FLOWING) {
            progress.waitingFor(null);
        }
        stage = Stage.FLOWING;
        pause = SHORTEST;
    }
}
