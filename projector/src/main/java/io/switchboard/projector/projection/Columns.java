package io.switchboard.projector.projection;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows turned into one array for each column: the parameters of {@code unnest}. */
final class Columns<T> {
    private final List<T> rows;
    private final Tuple tuple = Tuple.tuple();

    Columns(List<T> rows) {
        this.rows = rows;
    }

    Columns<T> text(Function<T, @Nullable String> column) {
        return add(rows.stream().map(column).toArray(String[]::new));
    }

    Columns<T> uuid(Function<T, @Nullable UUID> column) {
        return add(rows.stream().map(column).toArray(UUID[]::new));
    }

    Columns<T> time(Function<T, @Nullable Instant> column) {
        return add(rows.stream().map(column.andThen(Calendar::column)).toArray(OffsetDateTime[]::new));
    }

    Columns<T> integer(ToIntFunction<T> column) {
        return add(rows.stream().map(column::applyAsInt).toArray(Integer[]::new));
    }

    Columns<T> number(ToLongFunction<T> column) {
        return add(rows.stream().map(column::applyAsLong).toArray(Long[]::new));
    }

    Columns<T> real(Function<T, @Nullable Double> column) {
        return add(rows.stream().map(column).toArray(Double[]::new));
    }

    Columns<T> flag(Function<T, @Nullable Boolean> column) {
        return add(rows.stream().map(column).toArray(Boolean[]::new));
    }

    Columns<T> bytes(Function<T, byte[]> column) {
        return add(rows.stream().map(column.andThen(Buffer::buffer)).toArray(Buffer[]::new));
    }

    Tuple tuple() {
        return tuple;
    }

    private Columns<T> add(Object column) {
        var same = tuple.addValue(column);
        assert same == tuple;
        return this;
    }
}
