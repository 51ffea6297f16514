package io.switchboard.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the poller of an account does at present.
 *
 * @param reason a word for programs: one of the constants here; null while it polls
 * @param detail one sentence for an operator
 * @param until when it goes on by itself, at the latest; null when it does not, or is not known
 * @param since when this state began
 * @param reportedAt when it was last said
 */
public record PollerReport(
        String account,
        State state,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable Instant until,
        Instant since,
        Instant reportedAt) {

    public static final String NO_CREDENTIALS = "no-credentials";
    public static final String AUTH_FAILED = "provider-auth-failed";
    public static final String LIMIT_EXCEEDED = "provider-limit-exceeded";
    public static final String UNREACHABLE = "provider-unreachable";

    /** What a poller does. */
    public enum State {
        POLLING,
        /** It has no credentials. */
        IDLE,
        /** It stopped, and says until when or until what. */
        HALTED,
        /** The provider fails; it tries again with growing pauses. */
        RETRYING
    }
}
