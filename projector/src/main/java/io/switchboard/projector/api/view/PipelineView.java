package io.switchboard.projector.api.view;

import io.switchboard.sync.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stages of the pipeline in an answer. */
public final class PipelineView {
    private static final double MILLIS = 1e3;

    private PipelineView() {}

    /**
     * One stage; what is not known is null.
     *
     * @param name such as {@code projector}
     * @param state one word: {@code running}, {@code waiting}, {@code stalled} …
     * @param detail what it waits for, for people
     * @param recordsPerSecond as last measured
     * @param lagRecords records not yet processed
     * @param oldestUnprocessedAt when the oldest of them arrived; the lag in seconds is counted from it
     * @param lastSuccessAt when it last moved forward
     */
    public record Stage(
            String name,
            String state,
            @Nullable String detail,
            @Nullable Double recordsPerSecond,
            @Nullable Long lagRecords,
            @Nullable Instant oldestUnprocessedAt,
            @Nullable Instant lastSuccessAt) {}

    /**
     * What the tables know beside the stages.
     *
     * @param letters the dead letters that wait, by account; null while they cannot be asked
     * @param repair that is queued or running; null when there is none
     */
    public record Known(
            PollerStates pollers,
            @Nullable Map<String, DeadLetter.Open> letters,
            @Nullable Job repair) {

        /** @param account the only account that may be known of; null for all */
        public Known seenBy(@Nullable String account) {
            if (account == null) {
                return this;
            }
            var own = pollers.accounts().stream()
                    .filter(one -> one.id().equals(account))
                    .toList();
            var waiting = letters == null ? null : letters.get(account);
            return new Known(
                    new PollerStates(own),
                    letters == null ? null : waiting == null ? Map.of() : Map.of(account, waiting),
                    repair != null && account.equals(repair.account()) ? repair : null);
        }
    }

    public static Map<String, @Nullable Object> of(List<Stage> stages, Known known, Instant now) {
        var pollers = known.pollers();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put(
                "stages",
                Stream.concat(stages.stream(), PollerView.stages(pollers).stream())
                        .map(stage -> stage(stage, now))
                        .toList());
        json.put("pollers", PollerView.pollers(pollers));
        json.put("request_budget", PollerView.budget(pollers));
        json.put(
                "dead_letters",
                known.letters() == null
                        ? null
                        : DeadLetter.Open.sum(known.letters().values()).json());
        json.put("repair", known.repair() == null ? null : repair(known.repair()));
        return json;
    }

    private static Map<String, @Nullable Object> repair(Job job) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("job", job.id());
        json.put("kind", job.kind().name().toLowerCase(Locale.ROOT));
        json.put("status", job.status().name().toLowerCase(Locale.ROOT));
        json.put("detail", job.detail());
        json.put("started_at", Values.time(job.startedAt()));
        json.put("steps_done", job.stepsDone());
        json.put("steps_total", job.stepsTotal());
        return json;
    }

    private static Map<String, @Nullable Object> stage(Stage stage, Instant now) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", stage.name());
        json.put("state", stage.state());
        json.put("detail", stage.detail());
        json.put("rate_per_second", stage.recordsPerSecond());
        json.put("lag_records", stage.lagRecords());
        json.put("lag_seconds", lagSeconds(stage, now));
        json.put("oldest_unprocessed_at", Values.time(stage.oldestUnprocessedAt()));
        json.put("last_success_at", Values.time(stage.lastSuccessAt()));
        return json;
    }

    // Nothing to do is no lag; records of unknown age are a lag of unknown length.
    private static @Nullable Double lagSeconds(Stage stage, Instant now) {
        if (stage.oldestUnprocessedAt() == null) {
            var lag = stage.lagRecords();
            return lag != null && lag == 0 ? 0.0 : null;
        }
        var millis = Duration.between(stage.oldestUnprocessedAt(), now).toMillis();
        return Math.max(0, millis) / MILLIS;
    }
}
