package io.switchboard.projector.api;

import io.switchboard.projector.api.Answer.Refusal;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** What a failed read means to the client. The failure itself may hold SQL and values: it goes nowhere. */
final class ReadFailure {
    private static final String QUERY_CANCELED = "57014";

    /** Classes of SQLSTATE that speak of the server's state, not of the statement. */
    private static final Set<String> OUTAGES = Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58");

    private ReadFailure() {}

    static Refusal classify(Throwable failure) {
        if (!(failure instanceof PgException refused)) {
            // Every other failure comes from the way to the database: refused, closed, waited too long, too many wait.
            return failure instanceof RuntimeException && isProgrammers(failure)
                    ? Refusals.internal()
                    : Refusals.unavailable("The database cannot be asked right now.");
        }
        var state = refused.getSqlState() == null ? "" : refused.getSqlState();
        if (state.equals(QUERY_CANCELED)) {
            return Refusals.unavailable("The database took too long. A narrower time range or fewer filters help.");
        }
        return state.length() == 5 && OUTAGES.contains(state.substring(0, 2))
                ? Refusals.unavailable("The database cannot be asked right now.")
                : Refusals.internal();
    }

    /** The failure for a log line: its kind and SQLSTATE, never its message, which may hold values. */
    static String describe(Throwable failure) {
        return failure instanceof PgException refused
                ? "SQLSTATE " + refused.getSqlState()
                : failure.getClass().getName();
    }

    private static boolean isProgrammers(Throwable failure) {
        return failure instanceof NullPointerException
                || failure instanceof IllegalArgumentException
                || failure instanceof ClassCastException
                || failure instanceof IndexOutOfBoundsException;
    }
}
