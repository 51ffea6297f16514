package io.switchboard.projector.api.order;

import io.switchboard.projector.api.order.AuditEntry.Outcome;
import io.switchboard.projector.api.order.Placement.Busy;
import io.switchboard.projector.api.order.Placement.KeyReused;
import io.switchboard.projector.api.order.Placement.Placed;
import io.switchboard.projector.api.order.Placement.Repeated;
import io.switchboard.projector.api.order.Placement.Underway;
import io.switchboard.projector.api.table.JobQueries;
import io.switchboard.projector.api.view.JobView;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Orders in Postgres: job, idempotency key and audit entry in one transaction. Two requests that could make the same job
 * wait for each other: first those with the same key, then those that synchronise the same account.
 */
public final class OrderStore {
    /** How a job that the log did not take ends. */
    public static final String LOG_UNAVAILABLE = "log-unavailable";

    /** What is answered to an order that was taken. */
    public static final int ACCEPTED = 202;

    /** Longer than any statement may take: only a silent database gets here. */
    private static final int PATIENCE_SECONDS = 8;

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

    private static final String FIND_KEY = """
            select request_hash, status, answer::text as answer from idempotency_key
            where principal = $1 and route = $2 and key = $3""";

    private static final String INSERT_KEY = """
            insert into idempotency_key (principal, route, key, request_hash, status, answer)
            values ($1, $2, $3, $4, $5, $6::text::jsonb)""";

    private static final String DELETE_KEY =
            "delete from idempotency_key where principal = $1 and route = $2 and key = $3";

    private static final String INSERT_JOB = """
            insert into job (account, id, kind, command, status, resources, range_from, range_to, requested_by, requested_at,
                price_requests, spent_requests, steps_done, steps_total, read_records, published, detail, revision)
            values ($1, $2, $3, $11, 'queued', $4, $5, $6, $7, $8, $9, 0, 0, 0, '{}', 0, $10, 0)""";

    // A poller that got the order all the same has a higher revision, and wins.
    private static final String FAIL_JOB = """
            update job set status = 'failed', finished_at = $3, error = $4, detail = $5
            where account = $1 and id = $2 and revision = 0""";

    private static final String INSERT_REPAIR =
            "insert into repair (account, id, kind, work) values ($1, $2, $3, $4::text::jsonb)";

    private static final String CANCEL_REPAIR =
            "update repair set cancelled = true where account = $1 and id = $2 and finished_at is null";

    private final Pool pool;

    /** @param pool connections that may write */
    public OrderStore(Pool pool) {
        this.pool = pool;
    }

    public Future<Placement.Outcome> place(Placement placement) {
        return pool.withTransaction(connection -> repeated(connection, placement)
                        .compose(before -> before.isPresent()
                                ? Future.succeededFuture(before.get())
                                : placeNew(connection, placement)))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What was answered before under the placement's key; places nothing. */
    public Future<Optional<Placement.Outcome>> before(Placement placement) {
        return pool.withTransaction(connection -> repeated(connection, placement))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * The log did not take it: the job says so, and the key is free for another try. A command may be in the log all the
     * same and must not be given twice: its key stays with its job.
     */
    public Future<Job> failed(Placement placement, Instant now, String detail) {
        var job = placement.job();
        return pool.withTransaction(connection -> connection
                        .preparedQuery(FAIL_JOB)
                        .execute(Tuple.of(job.account(), job.id(), time(now), LOG_UNAVAILABLE, detail))
                        .compose(done -> placement.key() == null || job.kind() == Order.Kind.COMMAND
                                ? Future.succeededFuture()
                                : connection.preparedQuery(DELETE_KEY).execute(keyOf(placement)))
                        .compose(done -> audit(connection, placement, Outcome.FAILED))
                        .compose(done -> JobQueries.find(connection, job.id(), job.account())))
                .map(found -> found.orElse(job))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Does something with dead letters, and notes that; both or neither. */
    public <T> Future<T> audited(AuditEntry entry, Function<SqlConnection, Future<T>> deed) {
        return pool.withTransaction(
                        connection -> AuditTable.insert(connection, entry).compose(noted -> deed.apply(connection)))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Asks the projector that works on a repair to end it; one that nobody works on is taken up and ends at once. */
    public Future<Void> cancelRepair(Job job) {
        return pool.preparedQuery(CANCEL_REPAIR)
                .execute(Tuple.of(job.account(), job.id()))
                .<Void>mapEmpty()
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public Future<Void> audit(AuditEntry entry) {
        return AuditTable.insert(pool, entry).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Future<Optional<Placement.Outcome>> repeated(SqlConnection connection, Placement placement) {
        if (placement.key() == null) {
            return Future.succeededFuture(Optional.empty());
        }
        var key = keyOf(placement);
        return lock(connection, "key " + key.getString(0) + " " + key.getString(1) + " " + key.getString(2))
                .compose(locked -> connection.preparedQuery(FIND_KEY).execute(key))
                .map(rows -> {
                    for (var row : rows) {
                        if (!Arrays.equals(row.getBuffer("request_hash").getBytes(), placement.requestHash())) {
                            return Optional.of(new KeyReused());
                        }
                        var answer = row.getString("answer");
                        var id = new JsonObject(answer).getString("id");
                        return Optional.of(new Repeated(id, row.getInteger("status"), answer));
                    }
                    return Optional.empty();
                });
    }

    private static Future<Placement.Outcome> placeNew(SqlConnection connection, Placement placement) {
        return placement.work() == null ? placeOrder(connection, placement) : placeRepair(connection, placement);
    }

    private static Future<Placement.Outcome> placeRepair(SqlConnection connection, Placement placement) {
        return lock(connection, "repair")
                .compose(locked -> JobQueries.openRepair(connection))
                .compose(open -> open.isPresent()
                        ? Future.succeededFuture(new Busy(open.get()))
                        : insert(connection, placement.job())
                                .compose(done -> insertRepair(connection, placement))
                                .compose(done -> insertKey(connection, placement, placement.job()))
                                .compose(done -> audit(connection, placement, Outcome.ALLOWED))
                                .map(done -> new Placed(placement.job())));
    }

    private static Future<?> insertRepair(SqlConnection connection, Placement placement) {
        var job = placement.job();
        return connection
                .preparedQuery(INSERT_REPAIR)
                .execute(Tuple.of(
                        job.account(),
                        job.id(),
                        job.kind().name().toLowerCase(Locale.ROOT),
                        String.valueOf(placement.work())));
    }

    private static Future<Placement.Outcome> placeOrder(SqlConnection connection, Placement placement) {
        var job = placement.job();
        return underway(connection, job).compose(found -> {
            var settled = found.orElse(job);
            return (found.isPresent() ? Future.succeededFuture() : insert(connection, job))
                    .compose(done -> insertKey(connection, placement, settled))
                    .compose(done -> audit(connection, placement, Outcome.ALLOWED))
                    .map(done -> found.isPresent() ? new Underway(settled) : new Placed(job));
        });
    }

    private static Future<Optional<Job>> underway(SqlConnection connection, Job job) {
        return job.kind() == Order.Kind.SYNC
                ? lock(connection, "sync " + job.account())
                        .compose(locked -> JobQueries.openSync(connection, List.of(job.account())))
                : Future.succeededFuture(Optional.empty());
    }

    private static Future<?> lock(SqlConnection connection, String name) {
        return connection.preparedQuery(LOCK).execute(Tuple.of(name));
    }

    private static Future<?> insert(SqlConnection connection, Job job) {
        return connection
                .preparedQuery(INSERT_JOB)
                .execute(Tuple.tuple()
                        .addValue(job.account())
                        .addValue(job.id())
                        .addValue(job.kind().name().toLowerCase(Locale.ROOT))
                        .addValue(job.resources().toArray(String[]::new))
                        .addValue(time(job.from()))
                        .addValue(time(job.to()))
                        .addValue(job.requestedBy())
                        .addValue(time(job.requestedAt()))
                        .addValue(job.priceRequests())
                        .addValue(job.detail())
                        .addValue(job.command()));
    }

    private static Future<?> insertKey(SqlConnection connection, Placement placement, Job answered) {
        if (placement.key() == null) {
            return Future.succeededFuture();
        }
        return connection
                .preparedQuery(INSERT_KEY)
                .execute(keyOf(placement)
                        .addValue(Buffer.buffer(placement.requestHash()))
                        .addValue(ACCEPTED)
                        .addValue(new JsonObject(JobView.of(answered)).encode()));
    }

    private static Future<Void> audit(SqlConnection connection, Placement placement, Outcome outcome) {
        var job = placement.job();
        var word = job.command() == null ? job.kind().name().toLowerCase(Locale.ROOT) : job.command();
        var action = word + ".order";
        return AuditTable.insert(
                connection,
                new AuditEntry(placement.principal(), job.account(), action, job.id(), outcome, placement.requestId()));
    }

    private static Tuple keyOf(Placement placement) {
        return Tuple.of(placement.principal().name(), placement.route(), placement.key());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
