package io.switchboard.poller;

import io.switchboard.poller.kafka.StateLog.LostException;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.StateKey;
import io.switchboard.sync.SyncJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands in for an account without credentials: says so, and fails what is ordered. What the account's polling had reached
 * before stays in the state. Owned by one virtual thread.
 */
final class IdleLoop implements PolledAccount.Stoppable {
    private static final Duration LOOK_UP = Duration.ofMinutes(1);
    private static final String DETAIL =
            "no MightyCall credentials are set (MIGHTYCALL_API_KEY and MIGHTYCALL_USER_KEY, or the accounts file): webhooks are received, nothing is polled";

    private final String account;
    private final SavedState saved;
    private final OrderQueue orders;
    private final InstantSource clock;
    private volatile boolean stopped;

    IdleLoop(String account, SavedState saved, OrderQueue orders, InstantSource clock) {
        this.account = account;
        this.saved = saved;
        this.orders = orders;
        this.clock = clock;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void run() throws LostException, InterruptedException {
        var entries = new TreeMap<>(saved.takeOver());
        orders.skipTo(saved.nextOrder());
        var now = clock.instant();
        var report =
                new PollerReport(account, PollerReport.State.IDLE, PollerReport.NO_CREDENTIALS, DETAIL, null, now, now);
        entries.put(StateKey.POLLER, SyncJson.write(report));
        saved.save(entries);
        while (!stopped) {
            for (var received = orders.next(); received != null; received = orders.next()) {
                var order = received.order();
                if (order.kind() != Order.Kind.CANCEL) {
                    entries.put(StateKey.JOB_PREFIX + order.id(), SyncJson.write(failed(order, clock.instant())));
                }
                saved.ordersAcceptedThrough(received.offset());
                saved.save(entries);
            }
            var unused = orders.await(LOOK_UP);
        }
    }

    private static Job failed(Order order, Instant now) {
        return new Job(
                order.id(),
                order.account(),
                order.kind(),
                order.command() == null ? null : order.command().type(),
                Job.Status.FAILED,
                order.resources(),
                order.from(),
                order.to(),
                order.requestedBy(),
                order.requestedAt(),
                null,
                now,
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                PollerReport.NO_CREDENTIALS,
                DETAIL,
                1);
    }
}
