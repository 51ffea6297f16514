package io.switchboard.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.runtime.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The management port of a service: {@code /livez} (the process turns), {@code /readyz} (it can do its work),
 * {@code /statusz} (its stages, for people), {@code /metrics} (Prometheus text, or OpenMetrics when asked for).
 */
public final class ManagementServer {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final Health.Probe health;
    private final List<Route> routes;

    private ManagementServer(Vertx vertx, PrometheusMeterRegistry registry, Health.Probe health, List<Route> routes) {
        this.vertx = vertx;
        this.registry = registry;
        this.health = health;
        this.routes = List.copyOf(routes);
    }

    /** Listens on the given address; fails with a {@link StartFailure} that names the port and its variable. */
    public static Future<HttpServer> start(
            Vertx vertx, Address address, PrometheusMeterRegistry registry, Health.Probe health) {
        return start(vertx, address, registry, health, List.of());
    }

    /** The same with paths of the service's own. */
    public static Future<HttpServer> start(
            Vertx vertx, Address address, PrometheusMeterRegistry registry, Health.Probe health, List<Route> routes) {
        var server = new ManagementServer(vertx, registry, health, routes);
        return vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(60))
                .requestHandler(server::handle)
                .listen(address.port(), address.host())
                .recover(failure -> Future.failedFuture(address.explain(failure)));
    }

    /**
     * What a service serves besides.
     *
     * @param prefix the paths that begin with it are the handler's
     * @param handler answers on an event loop and never blocks
     */
    public record Route(String prefix, Handler<HttpServerRequest> handler) {}

    /**
     * Where to listen.
     *
     * @param host a local address
     * @param port a port, 0 for any
     * @param variable the environment variable that sets the port
     */
    public record Address(String host, int port, String variable) {
        /** The line an operator reads when listening fails. */
        public StartFailure explain(Throwable failure) {
            return new StartFailure(
                    "cannot listen on %s:%d (%s): %s. Look for another process on that port, or set %s"
                            .formatted(host, port, variable, failure.getMessage(), variable),
                    failure);
        }
    }

    private void handle(HttpServerRequest request) {
        var path = Objects.requireNonNullElse(request.path(), "");
        switch (path) {
            case "/livez" -> request.response().end("ok\n");
            case "/readyz" -> ready(request.response());
            case "/statusz" -> status(request.response());
            case "/metrics" -> metrics(request);
            default -> route(path).handle(request);
        }
    }

    private Handler<HttpServerRequest> route(String path) {
        return routes.stream()
                .filter(route -> path.startsWith(route.prefix()))
                .findFirst()
                .map(Route::handler)
                .orElse(ManagementServer::notFound);
    }

    private static void notFound(HttpServerRequest request) {
        request.response().setStatusCode(404).end("not found\n");
    }

    private void ready(HttpServerResponse response) {
        var now = health.probe();
        json(response.setStatusCode(now.ready() ? 200 : 503), body(now));
    }

    private void status(HttpServerResponse response) {
        json(response, body(health.probe()));
    }

    private void metrics(HttpServerRequest request) {
        var accept = request.getHeader("Accept");
        var type = accept != null && accept.contains("application/openmetrics-text")
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : TEXT;
        vertx.executeBlocking(() -> registry.scrape(type), false)
                .onSuccess(text ->
                        request.response().putHeader("Content-Type", type).end(text))
                .onFailure(failure -> request.response().setStatusCode(500).end("the scrape failed\n"));
    }

    private static Map<String, Object> body(Health health) {
        var body = new LinkedHashMap<String, Object>();
        body.put("ready", health.ready());
        body.put("stages", health.stages());
        return body;
    }

    private static void json(HttpServerResponse response, Map<String, Object> body) {
        response.putHeader("Content-Type", "application/json").end(Json.encodeToBuffer(body));
    }
}
