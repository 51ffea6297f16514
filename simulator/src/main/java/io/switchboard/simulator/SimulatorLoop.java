package io.switchboard.simulator;

import io.switchboard.http.ManagementServer.Address;
import io.switchboard.simulator.SimulatorSettings.Validation;
import io.switchboard.simulator.api.ApiServer;
import io.switchboard.simulator.api.ApiServer.Keys;
import io.switchboard.simulator.delivery.WebhookClient;
import io.switchboard.simulator.delivery.WebhookUrl;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.ConnectException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loop everything runs on: a timer steps the account, the two APIs answer in between. */
final class SimulatorLoop extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatorLoop.class);
    private static final long STEP_MILLIS = 10;
    /** Exact in every JSON reader. */
    private static final long MOST_CHOSEN_SEED = 1L << 53;

    /** Tokens and faults of the REST API draw from random numbers of their own. */
    private static final long API = 0x6170_6970_6970_6100L;

    private final SimulatorSettings settings;
    private final long seed;
    private @Nullable SimulatedAccount account;
    private boolean stopped;
    private volatile int port; // written by the event loop, read by whoever started it

    SimulatorLoop(SimulatorSettings settings) {
        this.settings = settings;
        this.seed = settings.seed().orElseGet(() -> new SplittableRandom().nextLong(MOST_CHOSEN_SEED));
    }

    int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        var connections = settings.limits().outstanding()
                * Math.max(1, settings.webhookUrls().size());
        var client = new WebhookClient(vertx, connections);
        var account = new SimulatedAccount(settings, seed, client, Instant.now());
        this.account = account;
        var keys = new Keys(settings.apiKey(), settings.userKey());
        var api = new ApiServer(vertx, account, keys, InstantSource.system(), new SplittableRandom(seed ^ API));
        var address = new Address(settings.bindAddress(), settings.port(), "SIMULATOR_PORT");
        return vertx.createHttpServer()
                .requestHandler(new SimulatorServer(vertx, account, api).router())
                .listen(address.port(), address.host())
                .recover(failure -> Future.failedFuture(address.explain(failure)))
                .onSuccess(server -> {
                    port = server.actualPort();
                    account.publicUrl(settings.publicUrl().orElse("http://127.0.0.1:" + port));
                    LOG.info("simulator listens on http://{}:{}, seed {}", address.host(), port, seed);
                    run(client, account);
                });
    }

    @Override
    public Future<?> stop() {
        stopped = true; // Vert.x cancels the timer and closes the server, but requests may still be under way
        if (account != null) {
            account.dispatcher().close();
        }
        return Future.succeededFuture();
    }

    /** Validates the URLs as MightyCall does when they are saved, then lets calls come whatever they answered. */
    private void run(WebhookClient client, SimulatedAccount account) {
        var random = new SplittableRandom(seed);
        var validated = settings.webhookUrls().stream()
                .filter(url -> settings.validation() == Validation.ON)
                .map(url -> validate(client, url, HexFormat.of().toHexDigits(random.nextInt())))
                .toList();
        Future.join(validated).onComplete(done -> {
            if (!stopped) {
                vertx.setPeriodic(STEP_MILLIS, timer -> account.step(Instant.now()));
            }
        });
    }

    private Future<?> validate(WebhookClient client, WebhookUrl url, String echo) {
        return client.validate(url, echo, settings.live().retries().timeout())
                .onSuccess(answer -> LOG.info(
                        "{} answered the validation request with status {}, {}",
                        url,
                        answer.status(),
                        answer.echoed() ? "Echo header returned" : "no Echo header"))
                .onFailure(failure -> {
                    if (!stopped) {
                        LOG.warn("{} did not answer the validation request: {}", url, reason(failure));
                    }
                });
    }

    /** Never the message: it may repeat the URL's path, which ends in a secret. */
    private static String reason(Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> "cannot connect";
            case TimeoutException late -> "no answer in time";
            default -> failure.getClass().getSimpleName();
        };
    }
}
