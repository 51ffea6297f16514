package io.switchboard.projector.api.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a list beside calls, by its columns: texts, instants, numbers, truths, and lists and maps of those.
 *
 * @param columns by name; null is unknown
 */
public record StoredRow(Map<String, ? extends @Nullable Object> columns) {

    public @Nullable String text(String column) {
        return (String) columns.get(column);
    }

    /** A text that is never null. */
    public String known(String column) {
        return Objects.requireNonNull(text(column), column);
    }

    public @Nullable Instant instant(String column) {
        return (Instant) columns.get(column);
    }

    /** Numbers and truths as they are; instants as answers write them. */
    @Nullable
    Object value(String column) {
        var value = columns.get(column);
        return value instanceof Instant instant ? Values.written(instant) : value;
    }

    List<?> list(String column) {
        return columns.get(column) instanceof List<?> list ? list : List.of();
    }

    Map<?, ?> map(String column) {
        return columns.get(column) instanceof Map<?, ?> map ? map : Map.of();
    }
}
