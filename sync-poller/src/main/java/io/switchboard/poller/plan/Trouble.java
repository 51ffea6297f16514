package io.switchboard.poller.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the account and the provider, apart from the limit.
 *
 * @param failures requests that failed in a row, whatever they asked for
 * @param throttles answers in a row that said "too fast"
 * @param rejections tokens in a row that were not accepted
 * @param retryAt before that nothing is asked
 * @param keysRejected whether the keys are wrong: nothing is asked until the next start
 * @param detail of the last failure, for an operator
 */
record Trouble(
        int failures,
        int throttles,
        int rejections,
        @Nullable Instant retryAt,
        boolean keysRejected,
        @Nullable String detail) {

    static final Trouble NONE = new Trouble(0, 0, 0, null, false, null);

    Trouble {
        failures = Math.clamp(failures, 0, 1000);
        throttles = Math.clamp(throttles, 0, 1000);
        rejections = Math.clamp(rejections, 0, 1000);
        retryAt = Times.saneOrNull(retryAt);
    }

    /** A clock that was set back must not turn a pause into a standstill. */
    Trouble notAfter(Instant latest) {
        return retryAt == null || !retryAt.isAfter(latest)
                ? this
                : new Trouble(failures, throttles, rejections, latest, keysRejected, detail);
    }

    /** The keys may have changed since, and there is no token that could have been refused. */
    Trouble restarted() {
        return new Trouble(failures, throttles, 0, retryAt, false, detail);
    }

    Trouble failed(Instant retry, String why) {
        return new Trouble(failures + 1, 0, rejections, retry, false, why);
    }

    Trouble throttled(Instant retry, String why) {
        return new Trouble(failures, throttles + 1, rejections, retry, false, why);
    }

    /** Tries again at once, unless the provider asked for patience. */
    Trouble retryingNow() {
        return throttles > 0 ? this : new Trouble(failures, throttles, rejections, null, keysRejected, detail);
    }

    Trouble tokenRejected() {
        return new Trouble(failures, throttles, rejections + 1, retryAt, false, detail);
    }

    Trouble keysWereRejected(String why) {
        return new Trouble(0, 0, 0, null, true, why);
    }

    /** A token came: the back-off is over, but only an accepted request proves the token good. */
    Trouble loggedIn() {
        return new Trouble(failures, throttles, rejections, null, false, detail);
    }
}
