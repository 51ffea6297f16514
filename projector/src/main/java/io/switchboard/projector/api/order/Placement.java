package io.switchboard.projector.api.order;

import io.switchboard.projector.api.access.Principal;
import io.switchboard.sync.Job;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An order on its way into the tables.
 *
 * @param job as it is when nobody has begun it
 * @param key the client's idempotency key; null when it sent none
 * @param route the order's method and path: the same key may be used once for each
 * @param requestHash of the body
 * @param work what a projector is to do; null for a poller's orders, which go to the log
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Placement(
        Job job,
        Principal principal,
        @Nullable String key,
        String route,
        byte[] requestHash,
        String requestId,
        @Nullable JsonObject work) {

    /** An order to a poller. */
    public Placement(
            Job job, Principal principal, @Nullable String key, String route, byte[] requestHash, String requestId) {
        this(job, principal, key, route, requestHash, requestId, null);
    }

    /** What came of placing it. */
    public sealed interface Outcome {}

    /** It has a row, and is to be appended to the log. */
    public record Placed(Job job) implements Outcome {}

    /** A synchronisation of the account is queued or running: it stands for this one. */
    public record Underway(Job job) implements Outcome {}

    /** A repair is queued or running, and there is one at a time. */
    public record Busy(Job job) implements Outcome {}

    /** Placed before, under the same key. */
    public record Repeated(String jobId, int status, String answer) implements Outcome {}

    /** The key was used for something else. */
    public record KeyReused() implements Outcome {}
}
