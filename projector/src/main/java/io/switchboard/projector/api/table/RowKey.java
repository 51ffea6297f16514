package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.Cursor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Where a row stands in a list beside calls, newest first. */
public record RowKey(Instant time, String id, String account) {
    /** Ids of a cursor of these lists. */
    public static final int TIES = 2;

    public static RowKey of(Cursor cursor) {
        return new RowKey(
                Instant.EPOCH.plus(cursor.position(), ChronoUnit.MICROS),
                cursor.ties().getFirst(),
                cursor.ties().getLast());
    }

    public Cursor cursor(long list) {
        return new Cursor(list, ChronoUnit.MICROS.between(Instant.EPOCH, time), List.of(id, account));
    }
}
