package io.switchboard.projector.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.projector.api.access.BearerCheck;
import io.switchboard.projector.api.guard.RateLimits;
import io.switchboard.projector.api.jwt.JwtCheck;
import io.switchboard.projector.api.stream.ChangeStream;
import io.switchboard.projector.api.stream.StreamSources;
import io.switchboard.projector.api.table.AgentQueries;
import io.switchboard.projector.api.table.CallQueries;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The query API's server: several event loops behind one port, all with the same stateless handlers.
 *
 * <p>Bounded in every direction: the request line and headers here, the parameters by {@code QueryParameters}, the
 * answers by their page, the connections and waiting requests by {@link ApiPool}.
 */
public final class ApiServer {
    private static final int LONGEST_REQUEST_LINE = 8_192;
    private static final int LONGEST_HEADERS = 16_384;
    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final ChangeStream stream;
    private final String deployment;
    private final int port;

    private ApiServer(Vertx vertx, ChangeStream stream, String deployment, int port) {
        this.vertx = vertx;
        this.stream = stream;
        this.deployment = deployment;
        this.port = port;
    }

    /** Listens; fails with a line that names the port and its variable. */
    public static Future<ApiServer> start(
            Vertx vertx, ApiSettings settings, ApiSources sources, MeterRegistry registry) {
        var stream = stream(vertx, settings, sources, registry);
        var routes = ApiRoutes.of(vertx, settings, sources, stream);
        var metrics = new ApiMetrics(
                registry, routes.stream().map(ApiRoute::path).distinct().toList());
        var limits = new RateLimits(settings.guard().requestsPerMinute(), System::nanoTime);
        var gate = new Gate(
                bearer(vertx, settings),
                limits,
                new DenialAudit(sources.effects().writes())::note);
        var reception = new Reception(gate, new CrossOrigin(settings.guard().origins(), routes), metrics, routes);
        var port = new AtomicInteger();
        var options = new DeploymentOptions().setInstances(settings.eventLoops());
        return vertx.deployVerticle(() -> new Listener(settings, reception, port), options)
                .map(deployment -> new ApiServer(vertx, stream, deployment, port.get()))
                .onSuccess(server -> stream.start())
                .recover(failure -> Future.failedFuture(settings.address().explain(failure)));
    }

    private static BearerCheck bearer(Vertx vertx, ApiSettings settings) {
        return settings.jwt()
                .map(jwt -> settings.tokens().or(JwtCheck.start(vertx, jwt)))
                .orElse(settings.tokens());
    }

    /** Where it really listens, when the port was left to the system. */
    public int port() {
        return port;
    }

    /** Streams end first: their clients go on elsewhere. */
    public Future<Void> close() {
        stream.close();
        return vertx.undeploy(deployment);
    }

    static ChangeStream stream(Vertx vertx, ApiSettings settings, ApiSources sources, MeterRegistry registry) {
        var changes = new StreamSources(
                sources.pool(),
                sources.effects().writes(),
                new CallQueries(settings.openCallTimeout()),
                new AgentQueries(settings.openCallTimeout()),
                sources.pipeline()::stages,
                sources.clock());
        return new ChangeStream(vertx, changes, settings.stream(), registry);
    }

    /** One event loop's part of the server; Vert.x joins those that listen on the same port. */
    private static final class Listener extends VerticleBase {
        private final ApiSettings settings;
        private final Reception reception;
        private final AtomicInteger port;

        Listener(ApiSettings settings, Reception reception, AtomicInteger port) {
            this.settings = settings;
            this.reception = reception;
            this.port = port;
        }

        @Override
        public Future<HttpServer> start() {
            var options = new HttpServerOptions()
                    .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                    .setMaxHeaderSize(LONGEST_HEADERS)
                    .setIdleTimeout(IDLE_SECONDS);
            var address = settings.address();
            // A negative port is any free one, the same for every instance.
            var wanted = address.port() == 0 ? -1 : address.port();
            return vertx.createHttpServer(options)
                    .requestHandler(reception.router(vertx))
                    .invalidRequestHandler(reception::unreadable)
                    .listen(wanted, address.host())
                    .onSuccess(server -> port.set(server.actualPort()));
        }
    }
}
