package io.switchboard.projector.repair;

import io.switchboard.event.Topic;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.projector.api.table.DeadLetterQueries;
import io.switchboard.projector.projection.PostgresProjectionStore;
import io.switchboard.projector.projection.ProjectionMetrics;
import io.switchboard.projector.projection.RecordDecoder;
import io.switchboard.projector.repair.RepairTable.Claimed;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on repairs, in every projector: a step asks whether one waits, and works on it until its end. There is one at a time in
 * the installation. Replays go on in another projector when theirs stops, from where they stood; a rebuild ends as failed then,
 * and changes nothing.
 */
public final class RepairLoop {
    public static final Duration EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(RepairLoop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int RECORDS_OF_A_POLL = 2_000;
    private static final String DONE = "done";

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final PgConnectOptions database;
    private final Pool pool;
    private final ProjectionMetrics metrics;
    private final Supplier<Duration> lag;
    private final RepairTable table;
    private final String owner = UUID.randomUUID().toString();
    private volatile boolean stopping;

    /**
     * What it stands on.
     *
     * @param pool connections that may write
     * @param lag how far the live tables are behind
     */
    public record Ground(
            Vertx vertx,
            KafkaSettings kafka,
            PgConnectOptions database,
            Pool pool,
            ProjectionMetrics metrics,
            Supplier<Duration> lag) {}

    public RepairLoop(Ground ground) {
        this.vertx = ground.vertx();
        this.kafka = ground.kafka();
        this.database = ground.database();
        this.pool = ground.pool();
        this.metrics = ground.metrics();
        this.lag = ground.lag();
        this.table = new RepairTable(pool);
    }

    /** Works on the repair that waits, if there is one. */
    public void step() {
        if (!stopping) {
            claim().ifPresent(this::work);
        }
    }

    /** Lets go of what is in hand, within a second or so. */
    public void stop() {
        stopping = true;
    }

    private Optional<Claimed> claim() {
        try {
            return table.claim(owner).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RuntimeException away) { // Postgres: others tell of it
            return Optional.empty();
        }
    }

    private void work(Claimed claimed) {
        var run = new RepairRun(vertx, table, claimed, owner, () -> stopping);
        LOG.info("Repair {} ({}) begins", claimed.id(), claimed.kind());
        try {
            if (claimed.cancelled()) {
                throw RepairStop.of(RepairStop.Why.CANCELLED);
            }
            run(claimed, run);
            run.finish(DONE, null);
            LOG.info("Repair {} is done", claimed.id());
        } catch (RepairStop stop) {
            stopped(run, stop);
        } catch (OffsetOutOfRangeException e) {
            failed(
                    run,
                    RepairStop.failed("log-moved", "The log let go of records that were to be read: order it again."));
        } catch (RuntimeException e) { // a defect, or servers away for longer than anybody waits
            LOG.error("Repair {} failed", claimed.id(), e);
            failed(run, RepairStop.failed("failed", "It failed for a reason that the projector's log tells."));
        }
    }

    private void run(Claimed claimed, RepairRun run) {
        switch (claimed.kind()) {
            case "replay" -> replay(run);
            case "dead_letters" -> deadLetters(run);
            case "rebuild" -> rebuild(claimed, run);
            default -> throw RepairStop.failed("unknown-kind", "This projector does not know how to do that.");
        }
    }

    private void replay(RepairRun run) {
        var topic = Topic.ofSuffix(run.work().getString("topic")).orElseThrow();
        var store = new PostgresProjectionStore(vertx, database, metrics);
        try (var log = new LogReader(vertx, kafka, RECORDS_OF_A_POLL)) {
            new TopicReplay(log, decoder(), store, run, Pace.gentle(lag)).replay(RebuildTools.partitions(kafka, topic));
        } finally {
            store.close();
        }
    }

    private void deadLetters(RepairRun run) {
        var store = new PostgresProjectionStore(vertx, database, metrics);
        try (var log = new LogReader(vertx, kafka, 1)) {
            var originals = new OriginalRecords(log, decoder(), new DeadLetterQueries(kafka.topicPrefix()));
            new DeadLetterReplay(pool, originals, store, run, Pace.gentle(lag)).replay();
        } finally {
            store.close();
        }
    }

    private void rebuild(Claimed claimed, RepairRun run) {
        try (var log = new LogReader(vertx, kafka, RECORDS_OF_A_POLL)) {
            var tools = new RebuildTools(vertx, database, kafka, metrics, log, decoder(), run, Pace.full());
            if (claimed.takenOver() || claimed.state() != null) {
                Rebuild.forget(tools);
                throw interrupted();
            }
            Rebuild.run(tools);
        }
    }

    private static RepairStop interrupted() {
        return RepairStop.failed(
                "projector-stopped", "The projector that worked on it stopped. Nothing was changed: order it again.");
    }

    private void stopped(RepairRun run, RepairStop stop) {
        if (run.state().getBoolean(Rebuild.SWAPPED, false)) { // what came after does not undo it
            run.finish(DONE, null);
            return;
        }
        LOG.info("Repair {} stops: {}", run.claimed().id(), stop.why());
        switch (stop.why()) {
            case CANCELLED -> run.finish("cancelled", null);
            case FAILED -> failed(run, stop);
            case SHUTDOWN -> {
                if (run.claimed().kind().equals("rebuild")) {
                    failed(run, interrupted());
                } else {
                    run.release();
                }
            }
            case LOST -> {}
        }
    }

    private static void failed(RepairRun run, RepairStop stop) {
        try {
            run.fail(stop.error(), stop.detail());
        } catch (RuntimeException away) { // it is taken over, and fails then
            LOG.warn("The end of repair {} could not be written", run.claimed().id());
        }
    }

    private RecordDecoder decoder() {
        return new RecordDecoder(new CloudEventCodec(kafka));
    }
}
