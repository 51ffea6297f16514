package io.switchboard.poller;

import io.switchboard.kafka.EventLog;
import io.switchboard.poller.kafka.KafkaStateLog;
import io.switchboard.poller.kafka.StateLog;
import io.switchboard.poller.kafka.StateLog.LostException;
import io.switchboard.poller.plan.SyncPlan;
import io.switchboard.poller.provider.MightyCallClient;
import io.switchboard.poller.provider.ProviderMetrics;
import io.switchboard.poller.provider.RecordingClient;
import io.switchboard.runtime.Account;
import io.switchboard.sync.Order;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One account in this process: what it knows and, while it is led from here, the loop that polls it. Leading begins and ends
 * on the membership's thread; everything else may be asked by any thread.
 */
final class PolledAccount {
    private static final Logger LOG = LoggerFactory.getLogger(PolledAccount.class);
    /** Long enough for the membership to have learnt that another leads, if one does. */
    private static final Duration AFTER_A_LOSS = Duration.ofSeconds(5);

    private static final Duration LAST_COMMAND = Duration.ofSeconds(3);

    private final Account account;
    private final Parts parts;
    private final AccountKnowledge knowledge;
    private final OrderQueue orders = new OrderQueue();
    private final LastReports reports = new LastReports();
    private final MightyCallClient client;
    private final RecordingClient recordings;
    private volatile @Nullable Lead lead;
    private boolean closed;

    /** What all accounts share. */
    record Parts(
            Vertx vertx,
            PollerSettings settings,
            SyncPlan plan,
            EventLog log,
            PollerMetrics metrics,
            ProviderMetrics providerMetrics,
            InstantSource clock) {}

    /** The time of leading, with its thread. */
    private final class Lead implements Runnable {
        private final Thread thread =
                Thread.ofVirtual().name("poll-" + account.id()).unstarted(this);
        private volatile boolean over;
        private volatile @Nullable Stoppable loop;

        @Override
        public void run() {
            while (!over) {
                try (var states = new KafkaStateLog(parts.settings().kafka(), account.id())) {
                    poll(states);
                } catch (LostException e) {
                    LOG.warn(
                            "account {}: {}; it is taken over again if it is still ours", account.id(), e.getMessage());
                    rest();
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) { // the boundary of this loop
                    LOG.error("account {}: a step failed for a reason nobody thought of", account.id(), e);
                    rest();
                }
            }
        }

        private void poll(StateLog states) throws LostException, InterruptedException {
            var current = account.hasCredentials() ? syncLoop(states) : idleLoop(states);
            loop = current;
            if (!over) {
                current.run();
            }
        }

        private void rest() {
            try {
                Thread.sleep(AFTER_A_LOSS);
            } catch (InterruptedException e) {
                over = true;
            }
        }

        private void end() throws InterruptedException {
            over = true;
            var running = loop;
            if (running != null) {
                running.stop();
            }
            orders.wake();
            if (!thread.join(LAST_COMMAND)) {
                thread.interrupt();
            }
        }
    }

    /** A loop that can be told to end. */
    interface Stoppable {
        void run() throws LostException, InterruptedException;

        void stop();
    }

    PolledAccount(Account account, Parts parts) {
        this.account = account;
        this.parts = parts;
        this.knowledge = new AccountKnowledge(parts.settings().openCallTimeout());
        this.client = new MightyCallClient(
                parts.vertx(), account, parts.providerMetrics(), parts.clock(), MightyCallClient.USUAL_TIMEOUT);
        this.recordings = new RecordingClient(parts.vertx(), client, RecordingClient.USUAL_TIMEOUT);
    }

    AccountKnowledge knowledge() {
        return knowledge;
    }

    RecordingClient recordings() {
        return recordings;
    }

    boolean isLed() {
        return lead != null;
    }

    void order(Order order, long offset) {
        orders.add(order, offset);
    }

    /** Has the loop look up: something is wanted. */
    void wake() {
        orders.wake();
    }

    /** Polls from now on, unless it is closed: whoever elects the leader may hear of the end later than this account. */
    synchronized void lead() {
        if (lead == null && !closed) {
            LOG.info("account {}: polled from here", account.id());
            var begun = new Lead();
            lead = begun;
            parts.metrics().leads(account.id(), true);
            begun.thread.start();
        }
    }

    synchronized void leave() {
        var ending = lead;
        if (ending != null) {
            lead = null;
            parts.metrics().leads(account.id(), false);
            try {
                ending.end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            LOG.info("account {}: no longer polled from here", account.id());
        }
    }

    private synchronized void leaveForGood() {
        closed = true;
        leave();
    }

    Map<String, Object> status() {
        var status = new LinkedHashMap<String, Object>();
        status.put("leads", isLed());
        status.put("credentials", account.hasCredentials());
        status.put("provider", String.valueOf(account.baseUrl().getHost()));
        if (isLed()) {
            status.putAll(reports.shown());
        }
        return status;
    }

    Future<Void> close() {
        return parts.vertx()
                .executeBlocking(
                        () -> {
                            leaveForGood();
                            return null;
                        },
                        false)
                .eventually(recordings::close)
                .eventually(client::close)
                .mapEmpty();
    }

    private Stoppable syncLoop(StateLog states) {
        var own = knowledge.ownExtension();
        if (own != null) {
            client.ownExtension(own);
        }
        var publisher = new RecordPublisher(account.id(), parts.log(), knowledge, parts.metrics());
        var loopParts = new SyncLoop.Parts(
                states, client, publisher, knowledge, orders, parts.metrics(), reports, parts.clock());
        return new SyncLoop(account.id(), parts.plan(), loopParts);
    }

    private Stoppable idleLoop(StateLog states) {
        return new IdleLoop(
                account.id(), new SavedState(account.id(), states, parts.metrics(), reports), orders, parts.clock());
    }
}
