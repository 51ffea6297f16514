package io.switchboard.poller.plan;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a request brought nothing, as the client classified it.
 *
 * @param detail for an operator: status and the provider's own message where it is harmless; no secret, no personal data
 * @param retryAt when the provider said to come again; null when it did not
 */
public record Failure(Kind kind, String detail, @Nullable Instant retryAt) {

    /** The classes that the plan tells apart. */
    public enum Kind {
        /** 401: the token is not, or no longer, accepted. */
        TOKEN_REJECTED,
        /** {@code invalid_client}: the keys are wrong, or belong to the other host. Nothing helps but a person. */
        CREDENTIALS_REJECTED,
        /** The day's requests are spent, in whatever guise it is said. */
        LIMIT_EXCEEDED,
        /** 429 that does not speak of the limit: too fast. */
        THROTTLED,
        /** 403 that does not speak of the limit: no access to this resource. */
        FORBIDDEN,
        /** 404, or the 400 that stands for it. */
        NOT_FOUND,
        /** Any other 4xx: the request itself is wrong. */
        BAD_REQUEST,
        /** 5xx. */
        SERVER_ERROR,
        TIMED_OUT,
        /** No connection. */
        UNREACHABLE,
        /** The answer cannot be read: not JSON, cut off, of another shape. */
        MALFORMED;

        /** The word in metrics and reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
