package io.switchboard.projector.api.order;

import io.switchboard.http.Problem;
import io.switchboard.projector.api.query.Timestamps;
import io.switchboard.projector.api.view.PollerStates.OfAccount;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.PollerReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the account's poller can take an order now, by what it last said. */
public sealed interface Admission {
    /** So long without a word, a poller is taken to be away: its orders wait. */
    Duration SILENCE = Duration.ofMinutes(10);

    /**
     * The order can be made.
     *
     * @param detail what whoever gave it should know; null when all is well
     */
    record Open(@Nullable String detail) implements Admission {}

    /**
     * It would not be carried out.
     *
     * @param retryAfter when to try again; null when a person has to act first
     */
    record Closed(Problem problem, @Nullable Duration retryAfter) implements Admission {}

    static Admission of(OfAccount account, Instant now) {
        var report = account.poller();
        if (report == null) {
            return new Open(
                    "No poller of account " + account.id() + " has reported yet: the order waits until one does.");
        }
        if (report.state() == State.IDLE) {
            return new Closed(idle(report), null);
        }
        if (report.state() == State.HALTED && PollerReport.AUTH_FAILED.equals(report.reason())) {
            return new Closed(authFailed(account.id()), null);
        }
        if (PollerReport.LIMIT_EXCEEDED.equals(report.reason()) && isAhead(report.until(), now)) {
            return new Closed(
                    limitExceeded(account.id(), report.until()),
                    Duration.between(now, Objects.requireNonNull(report.until())));
        }
        return new Open(silence(account, now));
    }

    /** Credentials that the provider refuses. */
    static Problem authFailed(String account) {
        return Problem.of(
                502,
                PollerReport.AUTH_FAILED,
                "The provider refuses the credentials",
                "MightyCall refuses the API key or the user key of account " + account + ". Nothing can be read from it"
                        + " until somebody corrects them (MIGHTYCALL_API_KEY and MIGHTYCALL_USER_KEY, or the file of"
                        + " MIGHTYCALL_ACCOUNTS_FILE) and restarts the poller. Webhooks are not affected.");
    }

    /** The provider takes no more requests today. */
    static Problem limitExceeded(String account, @Nullable Instant until) {
        return Problem.of(
                503,
                PollerReport.LIMIT_EXCEEDED,
                "The provider's request limit is reached",
                "MightyCall takes no more requests for account " + account
                        + (until == null ? "." : " before " + Timestamps.format(until) + "."));
    }

    private static Problem idle(PollerReport report) {
        return Problem.of(
                503,
                "poller-idle",
                "The poller is idle",
                "The poller of account " + report.account() + " is idle: "
                        + (report.detail() == null ? "it has no credentials" : report.detail()));
    }

    private static boolean isAhead(@Nullable Instant time, Instant now) {
        return time != null && time.isAfter(now);
    }

    private static @Nullable String silence(OfAccount account, Instant now) {
        var heard = account.lastHeardAt();
        return heard != null && heard.plus(SILENCE).isBefore(now)
                ? "The poller of account " + account.id() + " has not reported since " + Timestamps.format(heard)
                        + ": the order waits until it does."
                : null;
    }
}
