package io.switchboard.gateway;

import io.switchboard.http.ManagementServer.Address;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The public port on one event loop; several of them share the port. */
final class WebhookServer extends VerticleBase {
    private static final int IDLE_SECONDS = 60;
    private static final int DRAIN_SECONDS = 4;
    private static final int BACKLOG = 1_024;

    private final GatewaySettings settings;
    private final DurableLog.Doors doors;
    private final AtomicLong inFlightBytes;
    private final GatewayMetrics metrics;
    private @Nullable HttpServer server;

    WebhookServer(GatewaySettings settings, DurableLog.Doors doors, AtomicLong inFlightBytes, GatewayMetrics metrics) {
        this.settings = settings;
        this.doors = doors;
        this.inFlightBytes = inFlightBytes;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        var log = new DurableLog(vertx, doors, settings.ackTimeout(), metrics);
        var bodies = new BodyReader(vertx, inFlightBytes, settings.maxInFlightBytes());
        log.start();
        bodies.start();
        var address = new Address(settings.bindAddress(), settings.port(), "GATEWAY_PORT");
        var listening = vertx.createHttpServer(options())
                .connectionHandler(connection -> SlowHeadersGuard.install(connection, metrics))
                .requestHandler(new WebhookHandler(settings, log, bodies, metrics, Clock.systemUTC()));
        server = listening;
        // A negative port is one that the system chooses and that all event loops share.
        return listening
                .listen(settings.port() == 0 ? -1 : settings.port(), settings.bindAddress())
                .recover(failure -> Future.failedFuture(address.explain(failure)));
    }

    /** Stops accepting, lets requests in flight finish. */
    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
    }

    int port() {
        return server == null ? 0 : server.actualPort();
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true)
                .setAcceptBacklog(BACKLOG);
    }
}
