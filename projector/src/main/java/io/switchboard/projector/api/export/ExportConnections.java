package io.switchboard.projector.api.export;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections for exports: each its own, outside any pool, because it is ended by cancelling what runs on it; a late
 * cancellation must not hit the next user. Few at a time. Thread-safe.
 */
public final class ExportConnections {
    /** There are none: for tests of everything else. */
    public static final ExportConnections NONE = new ExportConnections(null, new PgConnectOptions());

    /** Below the time after which the server closes connections without traffic. */
    private static final String STATEMENT_TIMEOUT = "50s";

    /** Beyond the time that a client may take nothing: the database's own net under ours. */
    private static final String IDLE_TIMEOUT = "120s";

    private static final int PATIENCE_SECONDS = 3;

    private final @Nullable Vertx vertx;
    private final PgConnectOptions options;
    private final Map<String, Integer> taken = new HashMap<>();

    private ExportConnections(@Nullable Vertx vertx, PgConnectOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    public static ExportConnections of(Vertx vertx, PgConnectOptions database) {
        var options = new PgConnectOptions(database)
                .addProperty("application_name", "switchboard-api-exports")
                .addProperty("default_transaction_read_only", "on")
                .addProperty("statement_timeout", STATEMENT_TIMEOUT)
                .addProperty("idle_in_transaction_session_timeout", IDLE_TIMEOUT);
        return new ExportConnections(vertx, options);
    }

    /** What came of asking for one. */
    public sealed interface Asked {}

    /** Others have them all. */
    public record AllTaken() implements Asked {}

    /** The caller has as many as one may have. */
    public record TooMany(int most) implements Asked {}

    /** Asks for a connection; nothing is connected yet. */
    public synchronized Asked ask(String caller, ExportBounds bounds) {
        if (vertx == null || taken.values().stream().mapToInt(Integer::intValue).sum() >= bounds.most()) {
            return new AllTaken();
        }
        if (taken.getOrDefault(caller, 0) >= bounds.mostOfOneCaller()) {
            return new TooMany(bounds.mostOfOneCaller());
        }
        taken.merge(caller, 1, Integer::sum);
        return new Lease(vertx, caller);
    }

    private synchronized void giveBack(String caller) {
        taken.computeIfPresent(caller, (name, count) -> count > 1 ? count - 1 : null);
    }

    /** The right to one connection. Confined to the event loop of its request. */
    public final class Lease implements Asked {
        private final Vertx on;
        private final String caller;
        private @Nullable PgConnection connection;
        private boolean over;

        private Lease(Vertx on, String caller) {
            this.on = on;
            this.caller = caller;
        }

        Future<PgConnection> connect() {
            return PgConnection.connect(on, options)
                    .compose(connected -> {
                        connection = connected;
                        return over
                                ? connected.close().compose(closed -> Future.failedFuture("nobody waits any longer"))
                                : Future.succeededFuture(connected);
                    })
                    .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        /** Cancels what runs, then closes: the database works for nobody. */
        void abandon() {
            end(connected -> connected.cancelRequest().otherwiseEmpty().compose(cancelled -> connected.close()));
        }

        void close() {
            end(PgConnection::close);
        }

        private void end(Function<PgConnection, Future<Void>> ending) {
            if (!over) {
                over = true;
                giveBack(caller);
                if (connection != null) {
                    var unused = ending.apply(connection);
                }
            }
        }
    }
}
