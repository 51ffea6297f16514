package io.switchboard.projector.projection;

import io.switchboard.projector.projection.ProjectionStore.Failure;
import io.switchboard.projector.projection.ProjectionStore.Fatal;
import io.switchboard.projector.projection.ProjectionStore.Retryable;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;

/**
 * Whose fault a failure is. Only what the data can cause ({@code 22} data exception, {@code 23} integrity, {@code 54}
 * program limit, {@code XX} internal error, and classes nobody knows) condemns a record. A lost connection, a time-out, a
 * shutdown, full disks, a missing table or right is nobody's record's fault: it lasts until a person mends it, and dead
 * letters of everything that arrives meanwhile would not help him.
 *
 * <p>Only SQLSTATE and names of the schema are passed on: messages and details of Postgres quote values.
 */
final class PostgresFailure {
    private static final Set<String> NOT_THE_DATA = Set.of(
            "08", // connection
            "25", // transaction state: read-only after a failover, idle in transaction
            "28", "3D", "3F", "42", // who, where and what: configuration
            "40", // serialization, deadlock
            "53", // insufficient resources
            "55", // lock not available, object not ready
            "57", // operator intervention, statement timeout
            "58"); // system error: disk

    private PostgresFailure() {}

    static Failure of(Throwable failure) {
        return switch (failure) {
            case PgException e
            when NOT_THE_DATA.contains(sqlClass(e)) -> new Retryable("Postgres (SQLSTATE " + e.getSqlState() + ")");
            case PgException e -> new Fatal(RefusalReason.DATA_REJECTED, text(e));
            case Calendar.OutOfRange e -> new Fatal(RefusalReason.OUT_OF_RANGE, "a time beyond the calendar");
            case VertxException e -> new Retryable("Postgres (" + name(e) + ")");
            case RuntimeException e -> new Fatal(RefusalReason.DATA_REJECTED, name(e));
            default -> new Retryable("Postgres (" + name(failure) + ")");
        };
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    private static String sqlClass(PgException e) {
        var state = e.getSqlState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    private static String text(PgException e) {
        var text = new StringBuilder("SQLSTATE ").append(e.getSqlState());
        if (e.getTable() != null) {
            text.append(", table ").append(e.getTable());
        }
        if (e.getColumn() != null) {
            text.append(", column ").append(e.getColumn());
        }
        if (e.getConstraint() != null) {
            text.append(", constraint ").append(e.getConstraint());
        }
        return text.toString();
    }
}
