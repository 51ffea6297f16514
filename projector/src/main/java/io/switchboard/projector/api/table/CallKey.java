package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.Cursor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Where a call stands in a list, newest first. */
public record CallKey(Instant startedAt, String callId, String account) {
    /** Ids of a cursor of this list. */
    public static final int TIES = 2;

    public static CallKey of(Cursor cursor) {
        return new CallKey(
                Instant.EPOCH.plus(cursor.position(), ChronoUnit.MICROS),
                cursor.ties().getFirst(),
                cursor.ties().getLast());
    }

    public Cursor cursor(long list) {
        return new Cursor(list, ChronoUnit.MICROS.between(Instant.EPOCH, startedAt), List.of(callId, account));
    }
}
