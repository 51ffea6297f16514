package io.switchboard.projector.projection;

import io.switchboard.event.EventId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows each show the latest observation of one thing ({@link LatestRow}): columns {@code first_seen_at},
 * {@code seen_at} and {@code seen_event}, {@code removed_at} and {@code removed_event} where things can be removed, and those
 * named here. An observation that changes nothing touches no row.
 *
 * @param keys the columns of the primary key, all text
 * @param topic of the change feed's row for each row that changes, whose key is the second of the keys; null for none
 */
record LatestTable<T>(
        String name,
        List<String> keys,
        boolean removable,
        List<Column<T>> columns,
        @Nullable String topic) {
    private static final String SAID = """
            (excluded.seen_at is not null
                and (t.seen_at is null or (excluded.seen_at, excluded.seen_event) > (t.seen_at, t.seen_event)))""";
    private static final String REMOVED = """
            (excluded.removed_at is not null and (t.removed_at is null
                or (excluded.removed_at, excluded.removed_event) > (t.removed_at, t.removed_event)))""";

    LatestTable(String name, List<String> keys, boolean removable, List<Column<T>> columns) {
        this(name, keys, removable, columns, null);
    }

    /** The same, and each change is fed. */
    LatestTable<T> feeding(String feedTopic) {
        return new LatestTable<>(name, keys, removable, columns, feedTopic);
    }

    /** What kind of column: its type in an array, and how it is cast from there. */
    private enum Kind {
        TEXT("text", ""),
        TIME("timestamptz", ""),
        REAL("float8", ""),
        FLAG("bool", ""),
        JSON("text", "::jsonb");

        private final String type;
        private final String cast;

        Kind(String type, String cast) {
            this.type = type;
            this.cast = cast;
        }
    }

    /** A column, and how its values come into an array of all rows. */
    record Column<T>(String name, String type, String cast, Filling<T> filling) {
        private Column(String name, Kind kind, Filling<T> filling) {
            this(name, kind.type, kind.cast, filling);
        }

        static <T> Column<T> text(String name, Function<T, @Nullable String> value) {
            return new Column<>(name, Kind.TEXT, columns -> columns.text(of(value)));
        }

        static <T> Column<T> json(String name, Function<T, @Nullable String> value) {
            return new Column<>(name, Kind.JSON, columns -> columns.text(of(value)));
        }

        static <T> Column<T> time(String name, Function<T, @Nullable Instant> value) {
            return new Column<>(name, Kind.TIME, columns -> columns.time(of(value)));
        }

        static <T> Column<T> real(String name, Function<T, @Nullable Double> value) {
            return new Column<>(name, Kind.REAL, columns -> columns.real(of(value)));
        }

        static <T> Column<T> flag(String name, Function<T, @Nullable Boolean> value) {
            return new Column<>(name, Kind.FLAG, columns -> columns.flag(of(value)));
        }

        private static <T, V> Function<LatestRow<T>, @Nullable V> of(Function<T, @Nullable V> value) {
            return row -> row.said() == null ? null : value.apply(row.said());
        }
    }

    /** Adds one column's array. */
    private interface Filling<T> {
        Columns<LatestRow<T>> into(Columns<LatestRow<T>> columns);
    }

    /** Writes what is later than what is stored; answers the events that the rows written now stand on. */
    Future<Set<EventId>> upsert(SqlClient client, List<LatestRow<T>> rows) {
        var arrays = new Columns<>(rows);
        for (var i = 0; i < keys.size(); i++) {
            var position = i;
            arrays = arrays.text(row -> row.key().get(position));
        }
        arrays = arrays.time(LatestRow::firstSeenAt);
        arrays = stamp(arrays, LatestRow::saidAt);
        if (removable) {
            arrays = stamp(arrays, LatestRow::removedAt);
        }
        for (var column : columns) {
            arrays = column.filling().into(arrays);
        }
        return client.preparedQuery(fed(sql())).execute(arrays.tuple()).map(written -> {
            var events = new HashSet<EventId>();
            for (var row : written) {
                for (var i = 0; i < row.size(); i++) {
                    var event = row.getUUID(i);
                    if (event != null) {
                        events.add(EventId.of(event));
                    }
                }
            }
            return events;
        });
    }

    private static <T> Columns<LatestRow<T>> stamp(
            Columns<LatestRow<T>> arrays, Function<LatestRow<T>, @Nullable Stamp> stamp) {
        return arrays.time(row ->
                        stamp.apply(row) == null ? null : stamp.apply(row).at())
                .uuid(row -> stamp.apply(row) == null
                        ? null
                        : stamp.apply(row).event().toUuid());
    }

    private String sql() {
        var names = new ArrayList<>(keys);
        var types = new ArrayList<>(keys.stream().map(key -> "text").toList());
        names.addAll(List.of("first_seen_at", "seen_at", "seen_event"));
        types.addAll(List.of("timestamptz", "timestamptz", "uuid"));
        if (removable) {
            names.addAll(List.of("removed_at", "removed_event"));
            types.addAll(List.of("timestamptz", "uuid"));
        }
        var values = new ArrayList<>(names);
        columns.forEach(column -> {
            names.add(column.name());
            types.add(column.type());
            values.add(column.name() + column.cast());
        });
        var arrays = IntStream.range(0, types.size())
                .mapToObj(i -> "$" + (i + 1) + "::" + types.get(i) + "[]")
                .collect(Collectors.joining(", "));
        return """
                insert into %s as t (%s)
                select %s from unnest(%s) as n (%s)
                on conflict (%s) do update set updated_at = now(), first_seen_at = least(t.first_seen_at, excluded.first_seen_at),
                %s
                where %s or %s or excluded.first_seen_at < t.first_seen_at
                returning t.seen_event%s""".formatted(
                        name,
                        String.join(", ", names),
                        String.join(", ", values),
                        arrays,
                        String.join(", ", names),
                        String.join(", ", keys),
                        sets(names),
                        SAID,
                        removable ? REMOVED : "false",
                        (removable ? ", t.removed_event" : "") + (topic == null ? "" : ", " + String.join(", ", keys)));
    }

    private String fed(String upsert) {
        if (topic == null) {
            return upsert;
        }
        return """
                with put as (%s),
                fed as (insert into change_feed (account, topic, key, version) select %s, '%s', %s, 0 from put)
                select seen_event%s from put""".formatted(upsert, keys.get(0), topic, keys.get(1), removable ? ", removed_event" : "");
    }

    private String sets(List<String> names) {
        return names.subList(keys.size() + 1, names.size()).stream()
                .map(column -> "%1$s = case when %2$s then excluded.%1$s else t.%1$s end"
                        .formatted(column, column.startsWith("removed_") ? REMOVED : SAID))
                .collect(Collectors.joining(",\n"));
    }
}
