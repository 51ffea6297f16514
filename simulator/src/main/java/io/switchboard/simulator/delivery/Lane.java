package io.switchboard.simulator.delivery;

import io.switchboard.simulator.world.Delivery;
import io.switchboard.simulator.world.Delivery.Fate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one webhook URL: so many requests at once, so many waiting, the rest is dropped. A dead URL thus holds up
 * nobody else. Owned by the simulator's event loop.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final WebhookUrl url;
    private final WebhookSender sender;
    private final Limits limits;
    private final Supplier<Retries> retries;
    private final Retry retry;
    private final Queue<Delivery> waiting = new ArrayDeque<>();
    private final Tally tally = new Tally();
    private int outstanding;
    private boolean draining;
    private boolean accepting = true;
    private boolean closed;

    /** Where a delivery goes that is to be sent again. */
    interface Retry {
        /** False when there is no room for it. */
        boolean later(Delivery delivery, Duration pause);
    }

    Lane(WebhookUrl url, WebhookSender sender, Limits limits, Supplier<Retries> retries, Retry retry) {
        this.url = url;
        this.sender = sender;
        this.limits = limits;
        this.retries = retries;
        this.retry = retry;
    }

    void offer(Delivery delivery) {
        if (outstanding < limits.outstanding()) {
            send(delivery);
        } else if (waiting.size() < limits.queued()) {
            waiting.add(delivery);
        } else {
            delivery.drop();
            tally.add(Fate.DROPPED);
        }
    }

    /** Forgets what waits; requests under way end unheard. */
    void close() {
        closed = true;
        waiting.clear();
    }

    WebhookUrl url() {
        return url;
    }

    Tally tally() {
        return tally;
    }

    int outstanding() {
        return outstanding;
    }

    int waiting() {
        return waiting.size();
    }

    private void send(Delivery delivery) {
        outstanding++;
        delivery.send();
        tally.add(Fate.SENT);
        sender.post(url, delivery.event().body(), retries.get().timeout())
                .onComplete(answer -> done(delivery, answer.succeeded() ? answer.result() : 0));
    }

    private void done(Delivery delivery, int status) {
        outstanding--;
        noteHealth(status);
        var fate = fate(delivery, status);
        delivery.answered(status, fate);
        tally.add(fate);
        drain();
    }

    /** Sends what waits. A request that fails at once ends up here again while the loop runs: it must not nest. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (outstanding < limits.outstanding() && !waiting.isEmpty()) {
            send(waiting.remove());
        }
        draining = false;
    }

    /** Logs changes only: a dead receiver is told once, not once per event. */
    private void noteHealth(int status) {
        if (closed || accepted(status) == accepting) {
            return;
        }
        accepting = accepted(status);
        if (accepting) {
            LOG.info("{} accepts webhooks again", url);
        } else {
            LOG.warn("{} does not accept webhooks: {}", url, status == 0 ? "no answer" : "status " + status);
        }
    }

    private static boolean accepted(int status) {
        return status >= 200 && status < 300;
    }

    private Fate fate(Delivery delivery, int status) {
        if (accepted(status)) {
            return Fate.DELIVERED;
        }
        var rule = retries.get();
        var again = delivery.attempts() <= rule.most() && retry.later(delivery, rule.pauseAfter(delivery.attempts()));
        return again ? Fate.RETRYING : Fate.FAILED;
    }
}
