package io.switchboard.projector;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.event.Topic;
import io.switchboard.http.Health;
import io.switchboard.http.ManagementServer;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaEventLog;
import io.switchboard.kafka.TopicCatalog;
import io.switchboard.projector.api.ApiPool;
import io.switchboard.projector.api.ApiServer;
import io.switchboard.projector.api.ApiSources;
import io.switchboard.projector.api.Effects;
import io.switchboard.projector.api.PipelineSource;
import io.switchboard.projector.api.ProjectorStage;
import io.switchboard.projector.api.export.ExportConnections;
import io.switchboard.projector.projection.KafkaDeadLetterLog;
import io.switchboard.projector.projection.KafkaRecordStream;
import io.switchboard.projector.projection.PostgresProjectionStore;
import io.switchboard.projector.projection.Progress;
import io.switchboard.projector.projection.ProjectionLoop;
import io.switchboard.projector.projection.ProjectionMetrics;
import io.switchboard.projector.projection.RecordDecoder;
import io.switchboard.projector.repair.LogRepairDesk;
import io.switchboard.projector.repair.RepairLoop;
import io.switchboard.runtime.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projector as a whole, as a table of contents: management port → tables → topics → loops. It waits for Postgres and
 * for the brokers as long as it takes, says so in {@code /statusz}, and goes on by itself; only what an operator has to mend
 * fails the start.
 */
public final class Projector {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final Duration START_RETRY = Duration.ofMillis(500);
    private static final Duration KEEP_READY = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final int UPKEEP_CONNECTIONS = 2;

    private final Vertx vertx;
    private final ProjectorSettings settings;
    private final PrometheusMeterRegistry registry;
    private final ProjectionMetrics metrics;
    private final Progress progress;
    private final Deque<Supplier<Future<?>>> closings = new ArrayDeque<>();
    private volatile @Nullable LagLoop lag;
    private volatile String waitingFor = "its start";
    private volatile boolean closed;

    private Projector(Vertx vertx, ProjectorSettings settings, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.settings = settings;
        this.registry = registry;
        this.metrics = new ProjectionMetrics(registry, settings.kafka());
        this.progress = new Progress(metrics, InstantSource.system());
    }

    /** Succeeds when it projects; fails with a {@link StartFailure} when an operator has to mend something. */
    public static Future<Projector> start(Vertx vertx, ProjectorSettings settings, PrometheusMeterRegistry registry) {
        var projector = new Projector(vertx, settings, registry);
        Promise<Projector> started = Promise.promise();
        var unused = Thread.ofVirtual().name("projector-start").start(() -> {
            try {
                projector.startParts();
                started.complete(projector);
            } catch (Exception e) { // the boundary of the start
                var ignored = projector.close().onComplete(any -> started.fail(e));
            }
        });
        return started.future();
    }

    public ProjectorStatus status() {
        var loop = lag;
        if (loop == null) {
            return new ProjectorStatus(waitingFor, null, false, false, null, null, 0, null, false, List.of(), null);
        }
        return waitingFor.isEmpty() ? loop.status() : loop.status().waitingFor(waitingFor);
    }

    /** Ends within five seconds: the batch in hand is finished or given up, the group is left. */
    public Future<Void> close() {
        closed = true;
        var done = Future.<Object>succeededFuture();
        synchronized (closings) {
            for (var closing : closings) {
                done = done.transform(before -> closing.get().mapEmpty());
            }
            closings.clear();
        }
        return done.timeout(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> LOG.warn("The projector did not close cleanly: {}", failure.toString()))
                .transform(any -> Future.succeededFuture());
    }

    private void startParts() throws InterruptedException {
        var address = new ManagementServer.Address(
                settings.bindAddress(), settings.managementPort(), ProjectorSettings.MANAGEMENT_PORT);
        HttpServer management =
                ManagementServer.start(vertx, address, registry, this::health).await();
        onClose(management::close);
        var migrations = new Migrations(settings.database());
        until(migrations::attempt);
        var admin = Admin.create(settings.kafka()
                .client(Map.of(
                        AdminClientConfig.CLIENT_ID_CONFIG, "switchboard-projector-admin",
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 9_000,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000)));
        onClose(() -> vertx.executeBlocking(() -> closed(admin)));
        startReads(admin);
        until(() -> topics(admin)); // the tables are served meanwhile
        startProjection();
        waitingFor = "";
    }

    /** Measuring, upkeep and the query API: what needs Postgres alone. */
    private void startReads(Admin admin) {
        var reads = ApiPool.create(vertx, settings.database().connectOptions());
        onClose(reads::close);
        var writes = upkeepPool();
        onClose(writes::close);
        var measuring = new LagLoop(writes, admin, settings.kafka(), progress, metrics, InstantSource.system());
        lag = measuring;
        deploy(LagLoop.EVERY, measuring::step);
        deploy(UpkeepLoop.EVERY, new UpkeepLoop(writes, metrics, settings.auditDays())::step);
        var client = vertx.createHttpClient();
        onClose(client::close);
        var receipts = new GatewayReceipts(client, settings.gateways());
        var gateways = new GatewayStages(vertx, client, settings.gateways());
        var projection = new ProjectorStage(this::status);
        PipelineSource pipeline = () -> Stream.concat(gateways.stages().stream(), projection.stages().stream())
                .toList();
        var sources = new ApiSources(reads, pipeline, receipts, InstantSource.system(), effects(client));
        var api = ApiServer.start(vertx, settings.api(), sources, registry).await();
        onClose(api::close);
    }

    /** Orders, the audit and recordings. */
    private Effects effects(HttpClient client) {
        var writes = ApiPool.forWriting(vertx, settings.database().connectOptions());
        onClose(writes::close);
        var log = new KafkaEventLog(vertx, settings.kafka(), "switchboard-projector-orders");
        onClose(() -> vertx.executeBlocking(() -> {
            log.close();
            return null;
        }));
        deploy(KEEP_READY, () -> ready(log));
        return new Effects(
                writes,
                new KafkaOrderLog(vertx, log),
                new PollerRecordings(client, settings.pollers()),
                ExportConnections.of(vertx, settings.database().connectOptions()),
                new LogRepairDesk(vertx, settings.kafka(), settings.database().connectOptions()));
    }

    /** Asks for the topic's metadata, so that an order can be sent at once. */
    private static void ready(KafkaEventLog log) {
        var unused = log.knows(Topic.SYNC_REQUESTS);
    }

    private Pool upkeepPool() {
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(UPKEEP_CONNECTIONS)
                        .setConnectionTimeout(2)
                        .setName("upkeep"))
                .connectingTo(settings.database().connectOptions().setCachePreparedStatements(true))
                .using(vertx)
                .build();
    }

    private void startProjection() {
        var stream = new KafkaRecordStream(
                vertx,
                settings.kafka(),
                ProjectionMetrics.TOPICS,
                settings.batch().records());
        onClose(stream::close);
        var deadLetters = new KafkaDeadLetterLog(settings.kafka());
        onClose(() -> vertx.executeBlocking(() -> {
            deadLetters.close();
            return null;
        }));
        var store = new PostgresProjectionStore(vertx, settings.database().connectOptions(), metrics);
        onClose(() -> {
            store.close();
            return Future.succeededFuture();
        });
        var decoder = new RecordDecoder(new CloudEventCodec(settings.kafka()));
        var loop = new ProjectionLoop(stream, decoder, store, deadLetters, progress, settings.batch());
        deploy(Duration.ZERO, loop::step);
        startRepairs();
    }

    private void startRepairs() {
        var writes = upkeepPool();
        onClose(writes::close);
        var repairs = new RepairLoop(new RepairLoop.Ground(
                vertx,
                settings.kafka(),
                settings.database().connectOptions(),
                writes,
                metrics,
                () -> status().lag(InstantSource.system().instant())));
        deploy(RepairLoop.EVERY, repairs::step);
        onClose(() -> {
            repairs.stop();
            return Future.succeededFuture();
        });
    }

    private void deploy(Duration pause, Runnable step) {
        var id = StepLoop.deploy(vertx, pause, step).await();
        onClose(() -> vertx.undeploy(id));
    }

    private Optional<String> topics(Admin admin) {
        try {
            new TopicCatalog(settings.kafka())
                    .ensure(
                            admin,
                            Stream.concat(
                                            ProjectionMetrics.TOPICS.stream(),
                                            Stream.of(Topic.DEAD_LETTERS, Topic.SYNC_REQUESTS))
                                    .toList());
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("Kafka at " + settings.kafka().bootstrapServers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("Kafka");
        }
    }

    /** Tries until nothing is missing any more; logs at the two ends. */
    private void until(Supplier<Optional<String>> attempt) throws InterruptedException {
        var missing = attempt.get();
        if (missing.isEmpty()) {
            return;
        }
        LOG.warn("The projector waits for {}; it goes on by itself", missing.orElseThrow());
        while (missing.isPresent()) {
            waitingFor = missing.orElseThrow();
            if (closed) {
                throw new StartFailure("stopped while waiting for " + waitingFor);
            }
            Thread.sleep(START_RETRY);
            missing = attempt.get();
        }
        LOG.info("The projector goes on");
    }

    private Health health() {
        var now = status();
        var stages = new LinkedHashMap<String, Object>();
        stages.put("waiting_for", now.waitingFor() == null ? "" : now.waitingFor());
        stages.put("waiting_since", String.valueOf(now.waitingSince()));
        stages.put("postgres_answers", now.postgresAnswers());
        stages.put("brokers_answer", now.brokersAnswer());
        stages.put("last_applied_at", String.valueOf(now.lastAppliedAt()));
        stages.put("lag_records", now.lagRecords());
        stages.put("lag_seconds", now.lag(InstantSource.system().instant()).toMillis() / 1_000.0);
        stages.put("stalled", now.stalled());
        stages.put("measured_at", String.valueOf(now.measuredAt()));
        return new Health(now.postgresAnswers() && lag != null, stages);
    }

    private void onClose(Supplier<Future<?>> closing) {
        synchronized (closings) {
            closings.push(closing);
        }
    }

    private static @Nullable Object closed(Admin admin) {
        admin.close(Duration.ofSeconds(1));
        return null;
    }
}
