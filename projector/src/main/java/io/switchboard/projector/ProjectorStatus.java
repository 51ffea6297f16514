package io.switchboard.projector;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the projector knows of itself at one moment.
 *
 * @param waitingFor what has to come back before it goes on; null while it flows
 * @param postgresAnswers whether Postgres answered the last question, asked every two seconds
 * @param brokersAnswer whether Kafka did
 * @param lastAppliedAt last commit of this instance
 * @param lastTrouble what was waited for last, over or not
 * @param appliedPerSecond records applied by this instance between the last two measurements
 * @param oldestUnapplied when the log took the oldest record that is not applied; null when there is none. The lag's first
 *     sight stands in where the record was not seen by this instance
 * @param stalled whether records wait and none was applied for ten seconds
 * @param positions of all partitions of the projected topics, whoever owns them; as last known
 * @param measuredAt when positions and lag were last known
 */
public record ProjectorStatus(
        @Nullable String waitingFor,
        @Nullable Instant waitingSince,
        boolean postgresAnswers,
        boolean brokersAnswer,
        @Nullable Instant lastAppliedAt,
        @Nullable String lastTrouble,
        double appliedPerSecond,
        @Nullable Instant oldestUnapplied,
        boolean stalled,
        List<Position> positions,
        @Nullable Instant measuredAt) {

    /**
     * Where the tables stand in one partition.
     *
     * @param endOffset where the log ends
     * @param lastRecordAt the log's time of the last record applied
     * @param lastReceivedAt when the newest event applied reached the system
     */
    public record Position(
            String topic,
            int partition,
            long nextOffset,
            long endOffset,
            @Nullable Instant lastRecordAt,
            @Nullable Instant lastReceivedAt) {
        public long lag() {
            return Math.max(0, endOffset - nextOffset);
        }
    }

    /** The same, waiting for something else: what its start waits for. */
    ProjectorStatus waitingFor(String missing) {
        return new ProjectorStatus(
                missing,
                waitingSince,
                postgresAnswers,
                brokersAnswer,
                lastAppliedAt,
                lastTrouble,
                appliedPerSecond,
                oldestUnapplied,
                stalled,
                positions,
                measuredAt);
    }

    public long lagRecords() {
        return positions.stream().mapToLong(Position::lag).sum();
    }

    /** How far the tables are behind the log; zero when they are not. */
    public Duration lag(Instant now) {
        return oldestUnapplied == null || oldestUnapplied.isAfter(now)
                ? Duration.ZERO
                : Duration.between(oldestUnapplied, now);
    }
}
