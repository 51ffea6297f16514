package io.switchboard.standalone;

import io.switchboard.runtime.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Runs one service on a Vert.x of its own, so that services in one JVM share no event loop. */
final class ServiceRuntime implements AutoCloseable {
    private static final long STOP_SECONDS = 9;

    private final Vertx vertx;
    private final Function<Vertx, Future<?>> stop;

    private ServiceRuntime(Vertx vertx, Function<Vertx, Future<?>> stop) {
        this.vertx = vertx;
        this.stop = stop;
    }

    /**
     * Starts a service and waits until it takes requests.
     *
     * @param start starts it on the given Vert.x
     * @param stop stops it
     */
    static <T> ServiceRuntime start(Function<Vertx, Future<T>> start, Function<T, Future<?>> stop) {
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try {
            var service =
                    start.apply(vertx).toCompletionStage().toCompletableFuture().join();
            return new ServiceRuntime(vertx, unused -> stop.apply(service));
        } catch (CompletionException e) {
            var unused = vertx.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : new StartFailure("did not start: " + e, e);
        }
    }

    /** The service first, its Vert.x after it: what a closed Vert.x would complete never completes. */
    @Override
    public void close() throws Exception {
        try {
            await(stop.apply(vertx));
        } finally {
            await(vertx.close());
        }
    }

    private static void await(Future<?> stopping) throws Exception {
        try {
            var unused = stopping.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not stopped after " + STOP_SECONDS + " s", e);
        }
    }
}
