package io.switchboard.poller;

import io.switchboard.sync.Order;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Orders of one account that the log holds and nobody here has accepted. Filled whether or not this process leads the
 * account; who takes over skips what was accepted before. Safe for use by several threads.
 */
final class OrderQueue {
    /** More than a person orders in a week; the oldest are dropped beyond it. */
    static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Deque<Received> waiting = new ArrayDeque<>();
    private boolean woken;

    /** @param offset where the order stands in its partition of {@code sync-requests} */
    record Received(Order order, long offset) {}

    void add(Order order, long offset) {
        lock.lock();
        try {
            waiting.add(new Received(order, offset));
            if (waiting.size() > MOST) {
                waiting.removeFirst();
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Null when none waits. */
    @Nullable
    Received next() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    void skipTo(long offset) {
        lock.lock();
        try {
            var unused = waiting.removeIf(received -> received.offset() < offset);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an order to be there, or for a {@link #wake}; false when there is none. */
    boolean await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            var left = patience.toNanos();
            while (waiting.isEmpty() && !woken && left > 0) {
                left = added.awaitNanos(left);
            }
            woken = false;
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Has whoever awaits, or will do so next, look up. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
