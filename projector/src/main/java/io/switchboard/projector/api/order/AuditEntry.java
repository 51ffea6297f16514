package io.switchboard.projector.api.order;

import io.switchboard.projector.api.access.Principal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, or was not allowed to.
 *
 * @param account that it concerns; null when it concerns none
 * @param action such as {@code sync.order}
 * @param target id of a job or call, or what was taken away; null when there is none
 * @param rows how many left the house; null where none are counted
 */
public record AuditEntry(
        Principal principal,
        @Nullable String account,
        String action,
        @Nullable String target,
        Outcome outcome,
        String requestId,
        @Nullable Long rows) {

    public AuditEntry(
            Principal principal,
            @Nullable String account,
            String action,
            @Nullable String target,
            Outcome outcome,
            String requestId) {
        this(principal, account, action, target, outcome, requestId, null);
    }

    /** What came of it. */
    public enum Outcome {
        ALLOWED,
        DENIED,
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
