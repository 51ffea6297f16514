package io.switchboard.projector.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row as some observations tell it: what the latest says, the latest removal, the earliest time it was seen. Putting two
 * together depends on neither order nor repetition; {@link LatestTable} does the same with what is stored.
 *
 * @param key the values of the primary key
 * @param saidAt null when nothing was said of it, as is what was said
 */
record LatestRow<T>(
        List<String> key,
        Instant firstSeenAt,
        @Nullable Stamp saidAt,
        @Nullable T said,
        @Nullable Stamp removedAt) {
    private static final Comparator<List<String>> KEYS = (a, b) -> {
        for (var i = 0; i < a.size(); i++) {
            var order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    static <T> LatestRow<T> said(List<String> key, Instant seenAt, Stamp stamp, T content) {
        return new LatestRow<>(key, seenAt, stamp, content, null);
    }

    static <T> LatestRow<T> removed(List<String> key, Stamp stamp) {
        return new LatestRow<>(key, stamp.at(), null, null, stamp);
    }

    /** Something that exists and of which nothing is said. */
    static <T> LatestRow<T> seen(List<String> key, Instant seenAt) {
        return new LatestRow<>(key, seenAt, null, null, null);
    }

    LatestRow<T> and(LatestRow<T> other) {
        var later = Stamp.isLater(other.saidAt, saidAt) ? other : this;
        return new LatestRow<>(
                key,
                firstSeenAt.isBefore(other.firstSeenAt) ? firstSeenAt : other.firstSeenAt,
                later.saidAt,
                later.said,
                Stamp.isLater(other.removedAt, removedAt) ? other.removedAt : removedAt);
    }

    /** One row for each key, in the order of their keys: so all transactions lock them in the same order. */
    static <T> List<LatestRow<T>> merged(List<LatestRow<T>> rows) {
        SortedMap<List<String>, LatestRow<T>> merged = new TreeMap<>(KEYS);
        rows.forEach(row -> merged.merge(row.key(), row, LatestRow::and));
        return new ArrayList<>(merged.values());
    }
}
