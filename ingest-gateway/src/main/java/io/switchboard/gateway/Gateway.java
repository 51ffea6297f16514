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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
    private final AtomicReference<Circuit> circuit = new AtomicReference<>(new Circuit.Closed());
    private final List<String> deployments = new ArrayList<>();
    private volatile boolean stopping;

    private Gateway(Vertx vertx, GatewaySettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.spool = SqliteSpool.open(vertx, settings.spoolDir(), settings.spoolMaxBytes());
        this.log = new KafkaEventLog(vertx, settings.kafka(), "switchboard-gateway");
        this.brokers = new BrokerProbe(settings.kafka(), log);
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
                        .recover(failure -> gateway.close()
                                .eventually(() -> Future.failedFuture(failure))
                                .mapEmpty()));
    }

    /** Not ready first, then no new connections, requests in flight answered, the spool synced: within ten seconds. */
    public Future<Void> close() {
        stopping = true;
        return Future.join(deployments.reversed().stream().map(vertx::undeploy).toList())
                .otherwiseEmpty()
                .compose(unused -> vertx.executeBlocking(
                        () -> {
                            brokers.close();
                            log.close();
                            spool.close();
                            return null;
                        },
                        false));
    }

    private Future<Void> listen(PrometheusMeterRegistry registry) {
        var metrics = new GatewayMetrics(registry);
        metrics.watch(spool);
        var doors = new DurableLog.Doors(log, spool, circuit);
        var inFlightBytes = new AtomicLong();
        var loops = Runtime.getRuntime().availableProcessors();
        brokers.start();
        return Future.fromCompletionStage(brokers.firstAnswer())
                .onSuccess(this::openCircuitWhenAway)
                .compose(unused -> SpoolDrainLoop.deploy(vertx, new SpoolDrainLoop(doors, brokers)))
                .onSuccess(deployments::add)
                .compose(unused -> vertx.deployVerticle(
                        () -> new WebhookServer(settings, doors, inFlightBytes, metrics),
                        new DeploymentOptions().setInstances(loops)))
                .onSuccess(deployments::add)
                .compose(unused -> management(registry))
                .onSuccess(unused -> LOG.info(
                        "webhooks on {}:{}, management on {}",
                        settings.bindAddress(),
                        settings.port(),
                        settings.managementPort()))
                .mapEmpty();
    }

    private void openCircuitWhenAway(boolean brokersAnswer) {
        if (!brokersAnswer) {
            circuit.set(new Circuit.Closed().silence(System.nanoTime()));
        }
    }

    private Future<HttpServer> management(PrometheusMeterRegistry registry) {
        var address = new Address(settings.bindAddress(), settings.managementPort(), "GATEWAY_MANAGEMENT_PORT");
        return ManagementServer.start(vertx, address, registry, this::health);
    }

    /** Ready when an event can be made durable now: by the brokers or by the spool. */
    private Health health() {
        var now = spool.status();
        var brokersAnswer = brokers.reachable();
        var stages = new LinkedHashMap<String, Object>();
        stages.put("kafka", brokersAnswer ? "answers" : "does not answer");
        stages.put("circuit", circuit.get() instanceof Circuit.Closed ? "closed" : "open");
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
        return new Health(!stopping && (brokersAnswer || now.accepting()), stages);
    }
}
