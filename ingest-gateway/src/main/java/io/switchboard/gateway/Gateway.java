package io.switchboard.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.http.Health;
import io.switchboard.http.ManagementServer;
import io.switchboard.http.ManagementServer.Address;
import io.switchboard.kafka.KafkaEventLog;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingest-gateway: wires the doors, the public port and the management port.
 *
 * <p>It starts with the brokers away, spooling from the first event; only topics that are there and wrong refuse the start.
 */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final KafkaEventLog log;
    private final SqliteSpool spool;
    private final BrokerProbe brokers;
    private final DurableLog.Doors doors;
    private final ConcurrentLinkedDeque<String> deployments = new ConcurrentLinkedDeque<>();
    private final List<WebhookServer> servers = new CopyOnWriteArrayList<>();
    private volatile @Nullable HttpServer management;
    private volatile boolean stopping;

    private Gateway(Vertx vertx, GatewaySettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.spool = SqliteSpool.open(vertx, settings.spoolDir(), settings.spoolMaxBytes());
        try {
            this.log = new KafkaEventLog(vertx, settings.kafka(), "switchboard-gateway");
        } catch (RuntimeException e) {
            spool.close();
            throw e;
        }
        this.brokers = new BrokerProbe(settings.kafka(), log);
        this.doors = new DurableLog.Doors(log, spool, new AtomicReference<>(new Circuit.Closed()), new Receipts());
    }

    /**
     * Starts a gateway.
     *
     * @return the gateway when both ports listen; fails with {@link io.switchboard.runtime.StartFailure}
     */
    public static Future<Gateway> start(Vertx vertx, GatewaySettings settings, PrometheusMeterRegistry registry) {
        return vertx.executeBlocking(() -> new Gateway(vertx, settings), false)
                .compose(gateway -> gateway.listen(registry)
                        .map(gateway)
                        .recover(failure -> gateway.close().transform(closed -> Future.failedFuture(failure))));
    }

    /** The public port that it listens on. */
    public int port() {
        return servers.getFirst().port();
    }

    /** The management port that it listens on. */
    public int managementPort() {
        var listening = management;
        return listening == null ? 0 : listening.actualPort();
    }

    /** Not ready first, then no new connections, requests in flight answered, the spool synced: within ten seconds. */
    public Future<Void> close() {
        stopping = true;
        return Future.join(deployments.stream().map(vertx::undeploy).toList())
                .otherwiseEmpty()
                .compose(unused -> Future.join(
                        vertx.executeBlocking(this::closeLog, false), vertx.executeBlocking(this::closeSpool, false)))
                .otherwiseEmpty()
                .compose(unused -> management == null ? Future.succeededFuture() : management.close());
    }

    private @Nullable Void closeLog() {
        brokers.close();
        log.close();
        return null;
    }

    private @Nullable Void closeSpool() {
        spool.close();
        return null;
    }

    private Future<Void> listen(PrometheusMeterRegistry registry) {
        var metrics = new GatewayMetrics(registry);
        metrics.watch(spool);
        brokers.start();
        return Future.fromCompletionStage(brokers.firstAnswer(), vertx.getOrCreateContext())
                .onSuccess(this::openCircuitWhenAway)
                .compose(unused -> SpoolDrainLoop.deploy(vertx, new SpoolDrainLoop(doors, brokers::answeredSince)))
                .onSuccess(deployments::add)
                .compose(unused -> deployServers(metrics))
                .onSuccess(deployments::add)
                .compose(unused -> startManagement(registry))
                .onSuccess(unused -> LOG.info(
                        "webhooks on {}:{}, management on {}", settings.bindAddress(), port(), managementPort()))
                .mapEmpty();
    }

    private void openCircuitWhenAway(boolean brokersAnswer) {
        if (!brokersAnswer) {
            doors.circuit().set(new Circuit.Closed().silence(System.nanoTime()));
        }
    }

    private Future<String> deployServers(GatewayMetrics metrics) {
        var inFlightBytes = new AtomicLong();
        var loops = Runtime.getRuntime().availableProcessors();
        return vertx.deployVerticle(
                () -> {
                    var server = new WebhookServer(settings, doors, inFlightBytes, metrics, Limits.STANDARD);
                    servers.add(server);
                    return server;
                },
                new DeploymentOptions().setInstances(loops));
    }

    private Future<HttpServer> startManagement(PrometheusMeterRegistry registry) {
        var address = new Address(settings.bindAddress(), settings.managementPort(), "GATEWAY_MANAGEMENT_PORT");
        var receipts =
                new ManagementServer.Route(ReceiptsHandler.PREFIX, new ReceiptsHandler(vertx, doors.receipts(), spool));
        return ManagementServer.start(vertx, address, registry, this::health, List.of(receipts))
                .onSuccess(listening -> management = listening);
    }

    /** Ready when an event can be made durable now: by the brokers or by the spool. */
    private Health health() {
        var now = spool.status();
        var offered = doors.circuit().get() instanceof Circuit.Closed;
        var stages = new LinkedHashMap<String, Object>();
        stages.put("kafka", brokers.reachable() ? "answers" : "does not answer");
        stages.put("circuit", offered ? "closed" : "open");
        stages.put(
                "spool",
                Map.of(
                        "records", now.records(),
                        "bytes", now.bytes(),
                        "oldest_received_millis", now.oldestMillis(),
                        "accepting", now.accepting()));
        if (stopping) {
            stages.put("stopping", true);
        }
        var durable = now.accepting() || (offered && brokers.reachable());
        return new Health(!stopping && durable, stages);
    }
}
