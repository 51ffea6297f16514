package io.switchboard.poller.provider;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** stub */
public final class RecordingClient {
    /** How long the provider may take to start, and then to send the next piece. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    /** @param account whose keys and token are used */
    public RecordingClient(Vertx vertx, MightyCallClient account, Duration timeout) {}

    /** @param range the listener's {@code Range} header; null for everything */
    public Future<RecordingAnswer> open(String link, @Nullable String range) {
        return Future.failedFuture("stub");
    }

    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
