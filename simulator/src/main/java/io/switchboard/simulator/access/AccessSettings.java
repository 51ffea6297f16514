package io.switchboard.simulator.access;

import io.switchboard.simulator.switches.Position;
import io.switchboard.simulator.switches.Switches;
import io.switchboard.simulator.switches.Toggle;
import java.time.Duration;

/**
 * The switches of tokens and of the daily budget.
 *
 * @param tokenLife how long an access token really works, whatever {@code expires_in} says
 * @param window how long requests are counted before the count begins anew
 */
public record AccessSettings(
        Duration tokenLife,
        ExpiresIn expiresIn,
        Toggle jsonToken,
        Refresh refresh,
        Parallel parallel,
        KeyHeader keyHeader,
        int dailyRequests,
        Duration window,
        Anchor anchor,
        Toggle countTokens,
        LimitAnswer limitAnswer) {
    /** What a token's life is said to be. */
    public static final Duration DOCUMENTED_LIFE = Duration.ofSeconds(86_399);

    public static final AccessSettings STANDARD = new AccessSettings(
            DOCUMENTED_LIFE,
            ExpiresIn.DOCUMENTED,
            Toggle.OFF,
            Refresh.KEEPS,
            Parallel.ALLOWED,
            KeyHeader.REQUIRED,
            2500,
            Duration.ofDays(1),
            Anchor.FIRST_REQUEST,
            Toggle.ON,
            LimitAnswer.TOO_MANY);

    /** What {@code expires_in} says. */
    public enum ExpiresIn implements Position {
        /** 86399, although the token may end earlier. */
        DOCUMENTED,
        TRUE,
        ABSENT
    }

    /** What a refresh does to the access token it replaces. */
    public enum Refresh implements Position {
        KEEPS,
        REVOKES
    }

    /** What a new sign-in does to the tokens that were given before. */
    public enum Parallel implements Position {
        ALLOWED,
        LATEST_ONLY
    }

    /** Whether data calls need {@code x-api-key} beside the token. */
    public enum KeyHeader implements Position {
        REQUIRED,
        OPTIONAL
    }

    /** How a request past the limit is refused; all say "Limit Exceeded". */
    public enum LimitAnswer implements Position {
        FORBIDDEN(403),
        TOO_MANY(429),
        BAD_REQUEST(400),
        OK(200);

        private final int status;

        LimitAnswer(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }

        @Override
        public String word() {
            return Integer.toString(status);
        }
    }

    /** Reads the variables that are set; the others keep their present value. */
    public static AccessSettings read(Switches switches, AccessSettings present) {
        return new AccessSettings(
                switches.seconds("SIMULATOR_TOKEN_SECONDS", present.tokenLife, 1, 86_400),
                switches.position("SIMULATOR_API_EXPIRES_IN", present.expiresIn, ExpiresIn.values()),
                switches.toggle("SIMULATOR_API_TOKEN_JSON", present.jsonToken),
                switches.position("SIMULATOR_API_REFRESH", present.refresh, Refresh.values()),
                switches.position("SIMULATOR_API_PARALLEL_TOKENS", present.parallel, Parallel.values()),
                switches.position("SIMULATOR_API_KEY_HEADER", present.keyHeader, KeyHeader.values()),
                switches.integer("SIMULATOR_DAILY_REQUESTS", present.dailyRequests, 0, 100_000_000),
                switches.seconds("SIMULATOR_API_WINDOW_SECONDS", present.window, 1, 7 * 86_400),
                switches.value("SIMULATOR_API_WINDOW_ANCHOR", present.anchor, Anchor::of, Anchor.TAKES),
                switches.toggle("SIMULATOR_API_COUNT_TOKENS", present.countTokens),
                switches.position("SIMULATOR_API_LIMIT_ANSWER", present.limitAnswer, LimitAnswer.values()));
    }
}
