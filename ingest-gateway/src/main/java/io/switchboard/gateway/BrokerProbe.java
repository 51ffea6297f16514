package io.switchboard.gateway;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaEventLog;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.kafka.TopicCatalog;
import io.switchboard.runtime.StartFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers every two seconds whether they are there, apart from any traffic, and makes sure of the topics the first
 * time they are. On a thread of its own: the answers of brokers that hang take their time.
 */
public final class BrokerProbe implements AutoCloseable {
    /** The topics that the gateway appends to. */
    static final List<Topic> TOPICS = List.of(Topic.CALLS, Topic.QUARANTINE);

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration METADATA_PAUSE = Duration.ofMillis(25);
    private static final long METADATA_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int TIMEOUT_MILLIS = 2_000;

    private final KafkaSettings settings;
    private final KafkaEventLog log;
    private final CompletableFuture<Boolean> firstAnswer = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean reachable;
    private volatile long answeredAskedAt;
    private boolean topicsVerified;
    private boolean topicsWrong;

    BrokerProbe(KafkaSettings settings, KafkaEventLog log) {
        this.settings = settings;
        this.log = log;
        this.thread = Thread.ofPlatform().daemon().name("broker-probe").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether the brokers answered the last time they were asked. */
    boolean reachable() {
        return reachable;
    }

    /** Whether they answered a question that was asked since a moment of {@link System#nanoTime}. */
    boolean answeredSince(long nanoTime) {
        return reachable && answeredAskedAt - nanoTime >= 0;
    }

    /**
     * Completes after the first try: true when the brokers were there and the topics are right, false when they were away;
     * fails with {@link StartFailure} when the topics are wrong.
     */
    CompletableFuture<Boolean> firstAnswer() {
        return firstAnswer;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!thread.isInterrupted()) {
                askForEver();
                note(false);
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        } finally {
            var unused = firstAnswer.complete(false);
        }
    }

    /** Returns when no client can be made, because no broker's name resolves. */
    private void askForEver() throws InterruptedException {
        try (var admin = Admin.create(settings.client(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500,
                AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG,
                "none")))) {
            while (!thread.isInterrupted()) {
                ask(admin);
                Thread.sleep(INTERVAL);
            }
        } catch (KafkaException e) {
            LOG.debug("no client for the brokers", e);
        }
    }

    private void ask(Admin admin) throws InterruptedException {
        try {
            var askedAt = System.nanoTime();
            var unused = admin.describeCluster().nodes().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            note(topicsUsable(admin));
            answeredAskedAt = askedAt;
        } catch (ExecutionException | TimeoutException e) {
            note(false);
        } catch (StartFailure e) {
            refuse(e);
        }
    }

    /** Right, and known to the producer: it learns of new topics a moment after their creation. */
    private boolean topicsUsable(Admin admin) throws InterruptedException {
        var startedAt = System.nanoTime();
        while (!(verified(admin) && TOPICS.stream().allMatch(log::knows))) {
            if (System.nanoTime() - startedAt > METADATA_NANOS) {
                return false;
            }
            Thread.sleep(METADATA_PAUSE);
        }
        return true;
    }

    private boolean verified(Admin admin) throws InterruptedException {
        if (!topicsVerified) {
            try {
                new TopicCatalog(settings).ensure(admin, TOPICS);
                topicsVerified = true;
            } catch (TimeoutException e) {
                LOG.debug("the topics cannot be verified yet", e);
            }
        }
        return topicsVerified;
    }

    /** Refuses the start; a gateway that runs already says it once, and spools until it is mended. */
    private void refuse(StartFailure failure) {
        if (!firstAnswer.completeExceptionally(failure) && !topicsWrong) {
            LOG.error("{}", failure.getMessage());
        }
        topicsWrong = true;
        reachable = false;
    }

    private void note(boolean answered) {
        if (answered != reachable) {
            LOG.info(answered ? "the brokers answer" : "the brokers do not answer: events go to the spool");
        }
        topicsWrong &= !answered;
        reachable = answered;
        var unused = firstAnswer.complete(answered);
    }
}
