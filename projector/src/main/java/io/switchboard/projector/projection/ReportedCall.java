package io.switchboard.projector.projection;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.report.Durations;
import io.switchboard.projector.report.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What one call adds to its hour of {@code report_hour}, of its number and of all: a pure function of its row. */
record ReportedCall(Place place, Tally tally) {

    /**
     * Where it is added.
     *
     * @param number empty where the call names none
     */
    record Place(String account, String number, Instant hour, String direction) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::account)
                .thenComparing(Place::number)
                .thenComparing(Place::hour)
                .thenComparing(Place::direction);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The columns that count.
     *
     * @param waitSeconds as the column has it: what is rounded is what a reader of the row would round
     */
    record Columns(
            @Nullable Outcome outcome,
            @Nullable Double waitSeconds,
            @Nullable Double talkSeconds,
            boolean hasRecording) {
        Tally tally() {
            return Tally.of(outcome, Durations.micros(waitSeconds), Durations.micros(talkSeconds), hasRecording);
        }
    }

    static ReportedCall of(Call call) {
        return new ReportedCall(
                place(call.account(), call.businessNumber(), call.startedAt(), Call.word(call.direction())),
                new Columns(
                                call.outcome(),
                                seconds(call.waitTime()),
                                seconds(call.talkTime()),
                                call.recording().status() != Call.Recording.Status.NONE)
                        .tally());
    }

    static Place place(String account, @Nullable String number, Instant startedAt, String direction) {
        return new Place(account, number == null ? "" : number, startedAt.truncatedTo(ChronoUnit.HOURS), direction);
    }

    /** A duration as the tables hold it. */
    static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.getSeconds() + duration.getNano() / 1e9;
    }
}
