package io.switchboard.poller;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchboard.event.Envelope;
import io.switchboard.event.Topic;
import io.switchboard.http.Health;
import io.switchboard.http.ManagementServer;
import io.switchboard.kafka.KafkaEventLog;
import io.switchboard.kafka.LogPosition;
import io.switchboard.kafka.TopicCatalog;
import io.switchboard.poller.kafka.Leadership;
import io.switchboard.poller.kafka.LogTail;
import io.switchboard.poller.plan.PlanSettings;
import io.switchboard.poller.plan.SyncPlan;
import io.switchboard.poller.provider.ProviderMetrics;
import io.switchboard.runtime.StartFailure;
import io.switchboard.sync.Order;
import io.switchboard.sync.SyncJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sync-poller as a whole, as a table of contents: management port → topics → the log read back → membership → a loop for
 * each account led. It waits for the brokers as long as it takes; what is wrong with an account's keys is that account's
 * trouble and shows in its state, not in the readiness.
 */
public final class Poller {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final Duration START_RETRY = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration CATCH_UP = Duration.ofSeconds(30);
    private static final Duration BEGINNING = Duration.ofDays(36_500);

    /** What is read back, and how far: as far as the plan reads the provider again, and a little more. */
    private static final Map<Topic, Duration> RECALLED = new EnumMap<>(Map.of(
            Topic.CALLS,
            Duration.ofHours(30),
            Topic.JOURNAL,
            Duration.ofHours(30),
            Topic.VOICEMAILS,
            Duration.ofDays(9),
            Topic.PHONE_NUMBERS,
            BEGINNING,
            Topic.EXTENSIONS,
            BEGINNING,
            Topic.CONTACTS,
            BEGINNING,
            Topic.AGENT_STATUS,
            BEGINNING,
            Topic.SYNC_REQUESTS,
            Duration.ofDays(7)));

    private final Vertx vertx;
    private final PollerSettings settings;
    private final PrometheusMeterRegistry registry;
    private final PollerMetrics metrics;
    private final Map<String, PolledAccount> accounts = new TreeMap<>();
    private final Deque<Supplier<Future<?>>> closings = new ArrayDeque<>();
    private volatile String waitingFor = "its start";
    private volatile boolean closed;

    private Poller(Vertx vertx, PollerSettings settings, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.settings = settings;
        this.registry = registry;
        var names = settings.accounts().stream().map(account -> account.id()).toList();
        this.metrics = new PollerMetrics(registry, names);
    }

    /** Succeeds when it polls, or stands by; fails with a {@link StartFailure} when an operator has to mend something. */
    public static Future<Poller> start(Vertx vertx, PollerSettings settings, PrometheusMeterRegistry registry) {
        var poller = new Poller(vertx, settings, registry);
        Promise<Poller> started = Promise.promise();
        var unused = Thread.ofVirtual().name("poller-start").start(() -> {
            try {
                poller.startParts();
                started.complete(poller);
            } catch (Exception e) { // the boundary of the start
                var ignored = poller.close().onComplete(any -> started.fail(e));
            }
        });
        return started.future();
    }

    /** Ends within ten seconds: the command in hand is finished or given up, the group is left. */
    public Future<Void> close() {
        closed = true;
        var done = Future.<Object>succeededFuture();
        synchronized (closings) {
            for (var closing : closings) {
                done = done.transform(before -> closing.get().mapEmpty());
            }
            closings.clear();
        }
        return done.timeout(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> LOG.warn("The poller did not close cleanly: {}", failure.toString()))
                .transform(any -> Future.succeededFuture());
    }

    private void startParts() throws InterruptedException {
        var log = new KafkaEventLog(vertx, settings.kafka(), "switchboard-poller");
        onCloseBlocking(log::close);
        var providerMetrics = new ProviderMetrics(registry);
        var plan = new SyncPlan(PlanSettings.ofDailyRequests(settings.dailyRequests()));
        for (var account : settings.accounts()) {
            var parts = new PolledAccount.Parts(
                    vertx, settings, plan, log, metrics, providerMetrics, InstantSource.system());
            var polled = new PolledAccount(account, parts);
            accounts.put(account.id(), polled);
            onClose(polled::close);
        }
        var address = new ManagementServer.Address(
                settings.bindAddress(), settings.managementPort(), PollerSettings.MANAGEMENT_PORT);
        var recordings = new RecordingsHandler(vertx, accounts);
        var route = new ManagementServer.Route(RecordingsHandler.PREFIX, recordings);
        var management = ManagementServer.start(vertx, address, registry, this::health, List.of(route))
                .await();
        onClose(management::close);
        awaitTopics(log);
        var tail = new LogTail(settings.kafka(), RECALLED, this::read);
        tail.start();
        onCloseBlocking(tail::close);
        if (!tail.awaitCaughtUp(CATCH_UP)) {
            LOG.warn(
                    "The log is long: polling begins before it has been read to its end, and may publish what it holds");
        }
        var leadership = new Leadership(settings.kafka(), accounts.keySet(), new Leadership.Listener() {
            @Override
            public void won(String account) {
                account(account).lead();
            }

            @Override
            public void lost(String account) {
                account(account).leave();
            }
        });
        leadership.start();
        onCloseBlocking(leadership::close);
        waitingFor = "";
        LOG.info(
                "management on {}:{}, accounts {}", settings.bindAddress(), management.actualPort(), accounts.keySet());
    }

    /** Called on the tail's thread. */
    private void read(Envelope envelope, LogPosition position) {
        var account = accounts.get(envelope.account());
        if (account == null) {
            return;
        }
        if (envelope.topic() == Topic.SYNC_REQUESTS) {
            SyncJson.read(envelope.value(), Order.class)
                    .ifPresentOrElse(
                            order -> account.order(order, position.offset()),
                            () -> LOG.warn("an order that cannot be read is left alone: {}", position));
        } else {
            account.observe(envelope);
        }
    }

    private PolledAccount account(String id) {
        return java.util.Objects.requireNonNull(accounts.get(id));
    }

    private void awaitTopics(KafkaEventLog log) throws InterruptedException {
        var admin = Admin.create(settings.kafka()
                .client(Map.of(
                        AdminClientConfig.CLIENT_ID_CONFIG, "switchboard-poller-admin",
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 9_000,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000)));
        try (admin) {
            var topics = new java.util.ArrayList<>(RECALLED.keySet());
            topics.add(Topic.SYNC_STATE);
            var told = false;
            while (!ensured(admin, topics) || !topics.stream().allMatch(log::knows)) {
                if (closed) {
                    throw new StartFailure("stopped while waiting for Kafka");
                }
                waitingFor = "Kafka at " + settings.kafka().bootstrapServers();
                if (!told) {
                    LOG.warn("The poller waits for {}; it goes on by itself", waitingFor);
                    told = true;
                }
                Thread.sleep(START_RETRY);
            }
        }
    }

    private boolean ensured(Admin admin, List<Topic> topics) throws InterruptedException {
        try {
            new TopicCatalog(settings.kafka()).ensure(admin, topics);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private Health health() {
        var stages = new LinkedHashMap<String, Object>();
        stages.put("waiting_for", waitingFor);
        accounts.forEach((id, account) -> stages.put("account " + id, account.status()));
        return new Health(!closed && waitingFor.isEmpty(), stages);
    }

    private void onCloseBlocking(Runnable closing) {
        onClose(() -> vertx.executeBlocking(
                () -> {
                    closing.run();
                    return null;
                },
                false));
    }

    private void onClose(Supplier<Future<?>> closing) {
        synchronized (closings) {
            closings.push(closing);
        }
    }
}
