package io.switchboard.projector.repair;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code repair}, and the job that shows it. A projector owns a repair as long as it says so every few seconds; one
 * that fell silent for 15 seconds has lost it to whoever claims it, and learns that with its next word.
 */
final class RepairTable {
    private static final String CLAIM = """
            with mine as (
                select account, id, owner is not null as taken_over from repair
                where finished_at is null and (owner is null or beat_at < now() - interval '15 seconds')
                order by id limit 1 for update skip locked)
            update repair r set owner = $1, beat_at = now()
            from mine m, job j
            where r.account = m.account and r.id = m.id and j.account = m.account and j.id = m.id
            returning r.account, r.id, r.kind, r.work, r.state, r.cancelled, m.taken_over, j.requested_by,
                j.read_records, j.steps_done, j.steps_total""";

    private static final String BEAT = """
            with beaten as (
                update repair set beat_at = now(), state = $4::text::jsonb
                where account = $1 and id = $2 and owner = $3 and finished_at is null
                returning cancelled),
            told as (
                update job set status = 'running', started_at = coalesce(started_at, now()), steps_done = $5, steps_total = $6,
                    read_records = $7::text::jsonb, report = $8::text::jsonb, detail = $9, revision = revision + 1
                where account = $1 and id = $2 and exists (select from beaten))
            select cancelled from beaten""";

    private static final String FINISH = """
            with done as (
                update repair set finished_at = now(), owner = null, state = null
                where account = $1 and id = $2 and owner = $3 and finished_at is null
                returning 1)
            update job set status = $4, started_at = coalesce(started_at, now()), finished_at = now(), error = $5, detail = $6,
                steps_done = $7, steps_total = $8, read_records = $9::text::jsonb, report = $10::text::jsonb,
                revision = revision + 1
            where account = $1 and id = $2 and exists (select from done)""";

    private static final String RELEASE = """
            update repair set owner = null, state = $4::text::jsonb
            where account = $1 and id = $2 and owner = $3 and finished_at is null""";

    private static final String HOLD = """
            update repair set beat_at = now(), state = $4::text::jsonb
            where account = $1 and id = $2 and owner = $3 and finished_at is null and not cancelled""";

    private final Pool pool;

    RepairTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * A repair to work on.
     *
     * @param state from where it goes on; null when nobody has begun
     * @param takenOver its owner fell silent
     */
    record Claimed(
            String account,
            String id,
            String kind,
            JsonObject work,
            @Nullable JsonObject state,
            boolean cancelled,
            boolean takenOver,
            String requestedBy,
            JsonObject counts,
            int stepsDone,
            int stepsTotal) {}

    /** What the job shows. */
    record Told(
            JsonObject counts,
            int stepsDone,
            int stepsTotal,
            @Nullable JsonObject report,
            @Nullable String detail) {}

    /** How it ended: a status of jobs, and when it failed why. */
    record End(String status, @Nullable String error) {}

    Future<Optional<Claimed>> claim(String owner) {
        return pool.preparedQuery(CLAIM).execute(Tuple.of(owner)).map(rows -> {
            for (var row : rows) {
                return Optional.of(claimed(row));
            }
            return Optional.empty();
        });
    }

    /** Empty when it is somebody else's now; else whether a person cancelled it. */
    Future<Optional<Boolean>> beat(Claimed repair, String owner, @Nullable JsonObject state, Told told) {
        return pool.preparedQuery(BEAT)
                .execute(Tuple.tuple()
                        .addValue(repair.account())
                        .addValue(repair.id())
                        .addValue(owner)
                        .addValue(text(state))
                        .addValue(told.stepsDone())
                        .addValue(told.stepsTotal())
                        .addValue(told.counts().encode())
                        .addValue(text(told.report()))
                        .addValue(told.detail()))
                .map(rows -> {
                    for (var row : rows) {
                        return Optional.of(row.getBoolean(0));
                    }
                    return Optional.empty();
                });
    }

    /** In a transaction that must be the owner's alone: holds on to the repair; answers one when it still is. */
    static Future<Integer> hold(SqlClient client, Claimed repair, String owner, JsonObject state) {
        return client.preparedQuery(HOLD)
                .execute(Tuple.of(repair.account(), repair.id(), owner, state.encode()))
                .map(RowSet::rowCount);
    }

    Future<Integer> finish(Claimed repair, String owner, End end, Told told) {
        return pool.preparedQuery(FINISH)
                .execute(Tuple.tuple()
                        .addValue(repair.account())
                        .addValue(repair.id())
                        .addValue(owner)
                        .addValue(end.status())
                        .addValue(end.error())
                        .addValue(told.detail())
                        .addValue(told.stepsDone())
                        .addValue(told.stepsTotal())
                        .addValue(told.counts().encode())
                        .addValue(text(told.report())))
                .map(RowSet::rowCount);
    }

    /** Gives it back, so that another projector goes on at once. */
    Future<Integer> release(Claimed repair, String owner, @Nullable JsonObject state) {
        return pool.preparedQuery(RELEASE)
                .execute(Tuple.of(repair.account(), repair.id(), owner, text(state)))
                .map(RowSet::rowCount);
    }

    private static Claimed claimed(Row row) {
        return new Claimed(
                row.getString("account"),
                row.getString("id"),
                row.getString("kind"),
                row.getJsonObject("work"),
                row.getJsonObject("state"),
                row.getBoolean("cancelled"),
                row.getBoolean("taken_over"),
                row.getString("requested_by"),
                row.getJsonObject("read_records"),
                row.getInteger("steps_done"),
                row.getInteger("steps_total"));
    }

    private static @Nullable String text(@Nullable JsonObject json) {
        return json == null ? null : json.encode();
    }
}
