package io.switchboard.standalone.ledger;

import io.switchboard.event.EventId;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What was sent, written down before sending, and what came back. Safe for use by several threads. */
public final class Ledger {
    private final Collection<Entry> entries = new ConcurrentLinkedQueue<>();

    /** One request. Its answer is filled in later, or never. */
    public static final class Entry {
        private final EventId eventId;
        private final String callId;
        private final long sentAt = System.nanoTime();
        private volatile int status;
        private volatile String body = "";
        private volatile long answeredAt;

        Entry(EventId eventId, String callId) {
            this.eventId = eventId;
            this.callId = callId;
        }

        void answered(int newStatus, String newBody) {
            answeredAt = System.nanoTime();
            body = newBody;
            status = newStatus;
        }

        public EventId eventId() {
            return eventId;
        }

        public String callId() {
            return callId;
        }

        public boolean isAcknowledged() {
            return status >= 200 && status < 300;
        }

        public boolean isAnswered() {
            return status != 0;
        }

        public boolean isSpooled() {
            return body.contains("\"spooled\"");
        }

        /** Whether the answer names the event that was sent. */
        public boolean namesItsEvent() {
            return body.contains(eventId.toString());
        }

        public double answerMillis() {
            return (answeredAt - sentAt) / 1e6;
        }
    }

    public Entry sending(EventId eventId, String callId) {
        var entry = new Entry(eventId, callId);
        entries.add(entry);
        return entry;
    }

    public Collection<Entry> entries() {
        return entries;
    }

    public long acknowledged() {
        return entries.stream().filter(Entry::isAcknowledged).count();
    }

    public long spooled() {
        return entries.stream().filter(Entry::isSpooled).count();
    }

    public long refused() {
        return entries.stream()
                .filter(entry -> entry.isAnswered() && !entry.isAcknowledged())
                .count();
    }

    public long unanswered() {
        return entries.stream().filter(entry -> !entry.isAnswered()).count();
    }

    public Set<EventId> acknowledgedIds() {
        return entries.stream()
                .filter(Entry::isAcknowledged)
                .map(Entry::eventId)
                .collect(Collectors.toSet());
    }

    public Set<EventId> sentIds() {
        return entries.stream().map(Entry::eventId).collect(Collectors.toSet());
    }

    /** Milliseconds within which so many of the acknowledged were answered. */
    public double answerMillis(double quantile) {
        var sorted = entries.stream()
                .filter(Entry::isAcknowledged)
                .mapToDouble(Entry::answerMillis)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length))];
    }

    @Override
    public String toString() {
        return "sent %d = acknowledged %d (spooled %d) + refused %d + unanswered %d; p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                .formatted(
                        entries.size(),
                        acknowledged(),
                        spooled(),
                        refused(),
                        unanswered(),
                        answerMillis(0.5),
                        answerMillis(0.99),
                        answerMillis(1));
    }
}
