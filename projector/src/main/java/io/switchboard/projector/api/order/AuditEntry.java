package io.switchboard.projector.api.order;

import io.switchboard.projector.api.access.Principal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, or was not allowed to.
 *
 * @param account that it concerns; null when it concerns none
 * @param action such as {@code sync.order}
 * @param target id of a job or call; null when there is none
 */
public record AuditEntry(
        Principal principal,
        @Nullable String account,
        String action,
        @Nullable String target,
        Outcome outcome,
        String requestId) {

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
