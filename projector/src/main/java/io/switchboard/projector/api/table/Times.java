package io.switchboard.projector.api.table;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads columns that are times. */
final class Times {
    private Times() {}

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static @Nullable Instant instant(Row row, String column) {
        return instant(row.getOffsetDateTime(column));
    }

    /** A column that is never null. */
    static Instant known(Row row, String column) {
        return Objects.requireNonNull(instant(row, column), column);
    }
}
