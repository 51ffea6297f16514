package io.switchboard.projector.repair;

import io.switchboard.projector.repair.RepairStop.Why;
import io.switchboard.projector.repair.RepairTable.Claimed;
import io.switchboard.projector.repair.RepairTable.End;
import io.switchboard.projector.repair.RepairTable.Told;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A repair in hand: what it counted, where it stands, and whether it goes on. Owned by the thread that works on it, which
 * calls {@link #goOn} often; once a second that says a word to the table, or ends everything by a {@link RepairStop}.
 */
final class RepairRun {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final RepairTable table;
    private final Claimed claimed;
    private final String owner;
    private final BooleanSupplier stopping;
    private final JsonObject counts;
    private final JsonObject state;
    private long stepsDone;
    private long stepsTotal;
    private @Nullable JsonObject report;
    private @Nullable String detail;
    private long toldAt;
    private long heardAt = System.nanoTime();

    RepairRun(Vertx vertx, RepairTable table, Claimed claimed, String owner, BooleanSupplier stopping) {
        this.vertx = vertx;
        this.table = table;
        this.claimed = claimed;
        this.owner = owner;
        this.stopping = stopping;
        this.counts = claimed.counts().copy();
        this.state =
                claimed.state() == null ? new JsonObject() : claimed.state().copy();
        this.stepsDone = claimed.stepsDone();
        this.stepsTotal = claimed.stepsTotal();
        this.toldAt = System.nanoTime() - EVERY.toNanos();
    }

    Claimed claimed() {
        return claimed;
    }

    JsonObject work() {
        return claimed.work();
    }

    /** From where another projector would go on; changed in place. */
    JsonObject state() {
        return state;
    }

    void count(String what, long more) {
        counts.put(what, counts.getLong(what, 0L) + more);
    }

    long counted(String what) {
        return counts.getLong(what, 0L);
    }

    void steps(long done, long total) {
        stepsDone = done;
        stepsTotal = total;
    }

    void stepped(long more) {
        stepsDone += more;
    }

    void report(JsonObject found) {
        report = found;
    }

    /** What it does now, for people. */
    void say(String what) {
        detail = what;
        tell();
    }

    /** Ends the work when it is not to go on. */
    void goOn() {
        if (stopping.getAsBoolean()) {
            throw RepairStop.of(Why.SHUTDOWN);
        }
        if (System.nanoTime() - toldAt >= EVERY.toNanos()) {
            tell();
        }
    }

    /** Rests, and goes on. */
    void rest(Duration pause) {
        var left = pause;
        while (left.isPositive()) {
            var turn = left.compareTo(EVERY) < 0 ? left : EVERY;
            var unused = vertx.timer(Math.max(1, turn.toMillis()), TimeUnit.MILLISECONDS)
                    .await();
            left = left.minus(turn);
            goOn();
        }
    }

    /** In a transaction that only its owner may commit; false when it is somebody else's now, or cancelled. */
    boolean claims(SqlClient client) {
        return await(RepairTable.hold(client, claimed, owner, state)) == 1;
    }

    void finish(String status, @Nullable String error) {
        var unused = await(table.finish(claimed, owner, new End(status, error), told()));
    }

    void fail(@Nullable String error, String why) {
        detail = why;
        finish("failed", error);
    }

    void release() {
        var unused = await(table.release(claimed, owner, state));
    }

    private void tell() {
        try {
            var word = table.beat(claimed, owner, state, told()).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            toldAt = System.nanoTime();
            heardAt = toldAt;
            if (word.isEmpty()) {
                throw RepairStop.of(Why.LOST);
            }
            if (word.get()) {
                throw RepairStop.of(Why.CANCELLED);
            }
        } catch (RepairStop stop) {
            throw stop;
        } catch (TimeoutException | RuntimeException away) { // Postgres: it is told later, or the repair is lost
            toldAt = System.nanoTime();
            if (toldAt - heardAt > SILENCE.toNanos()) {
                throw RepairStop.of(Why.LOST);
            }
        }
    }

    private Told told() {
        return new Told(
                counts,
                (int) Math.min(stepsDone, Integer.MAX_VALUE),
                (int) Math.min(stepsTotal, Integer.MAX_VALUE),
                report,
                detail);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Postgres does not answer", e);
        }
    }
}
