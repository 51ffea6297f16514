package io.switchboard.projector.api.view;

import io.switchboard.sync.Job;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job in an answer. */
public final class JobView {
    private JobView() {}

    public static Map<String, @Nullable Object> of(Job job) {
        return of(job, null);
    }

    /** @param report what a repair found; null for other jobs, and before it found anything */
    public static Map<String, @Nullable Object> of(Job job, @Nullable Map<String, Object> report) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", job.id());
        json.put("account", job.account());
        json.put("kind", word(job.kind()));
        json.put("command", job.command());
        json.put("status", word(job.status()));
        json.put("resources", job.resources());
        json.put("from", Values.time(job.from()));
        json.put("to", Values.time(job.to()));
        json.put("requested_by", job.requestedBy());
        json.put("requested_at", Values.written(job.requestedAt()));
        json.put("started_at", Values.time(job.startedAt()));
        json.put("finished_at", Values.time(job.finishedAt()));
        json.put("price_requests", job.priceRequests());
        json.put("spent_requests", job.spentRequests());
        json.put("steps_done", job.stepsDone());
        json.put("steps_total", job.stepsTotal());
        json.put("read", job.read());
        json.put("published", job.published());
        json.put("error", job.error());
        json.put("detail", job.detail());
        json.put("revision", job.revision());
        json.put("report", report);
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
