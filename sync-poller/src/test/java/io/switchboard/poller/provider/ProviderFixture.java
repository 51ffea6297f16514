package io.switchboard.poller.provider;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.runtime.Account;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A provider on the loopback: it notes what it is asked and answers as it is told, by path. */
final class ProviderFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-09T19:00:00Z");
    static final String API_KEY = "3fa85f64-5717-4562-b3fc-000000000001";
    static final String USER_KEY = "secret+of/the user&key=";

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    final HttpServer server;
    private final Map<String, Consumer<HttpServerRequest>> answers = new ConcurrentHashMap<>();

    record Asked(String method, String uri, Map<String, String> headers, String body) {}

    ProviderFixture() {
        this.server =
                await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
        answer("/v4/auth/token", 200, Samples.text("auth-token-200"));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v4");
    }

    Account account(URI base) {
        return new Account("default", Optional.of(API_KEY), Optional.of(USER_KEY), base, List.of(), Optional.empty());
    }

    MightyCallClient client(Duration timeout) {
        return client(base(), timeout);
    }

    MightyCallClient client(URI base, Duration timeout) {
        return new MightyCallClient(
                vertx, account(base), new ProviderMetrics(registry), InstantSource.fixed(NOW), timeout);
    }

    MightyCallClient loggedIn(Duration timeout) {
        var client = client(timeout);
        var ignored = await(client.logIn());
        asked.clear();
        return client;
    }

    void answer(String path, int status, String body) {
        answer(
                path,
                response -> response.setStatusCode(status)
                        .putHeader("Content-Type", "application/json")
                        .end(body));
    }

    void answer(String path, Consumer<HttpServerResponse> answer) {
        answers.put(path, request -> answer.accept(request.response()));
    }

    @Override
    public void close() {
        var ignored = await(vertx.close());
    }

    private void handle(HttpServerRequest request) {
        var body = request.body();
        var ignored = body.onSuccess(bytes -> {
            var headers = new ConcurrentHashMap<String, String>();
            request.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
            asked.add(new Asked(request.method().name(), request.uri(), headers, bytes.toString()));
            answers.getOrDefault(
                            request.path(),
                            other -> other.response().setStatusCode(404).end())
                    .accept(request);
        });
    }
}
