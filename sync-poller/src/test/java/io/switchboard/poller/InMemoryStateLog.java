package io.switchboard.poller;

import io.switchboard.poller.kafka.StateLog;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** State that several owners share; who takes over last is the only one who can save. */
final class InMemoryStateLog {
    private final SortedMap<String, byte[]> entries = new TreeMap<>();
    private final AtomicInteger epoch = new AtomicInteger();

    synchronized SortedMap<String, byte[]> entries() {
        return new TreeMap<>(entries);
    }

    int takeOvers() {
        return epoch.get();
    }

    StateLog owner() {
        return new Owner();
    }

    private final class Owner implements StateLog {
        private int mine;

        @Override
        public SortedMap<String, byte[]> takeOver() {
            mine = epoch.incrementAndGet();
            return entries();
        }

        @Override
        public void save(Map<String, byte @Nullable []> changes) throws LostException {
            synchronized (InMemoryStateLog.this) {
                if (mine != epoch.get()) {
                    throw new LostException("another took over", null);
                }
                changes.forEach((entry, value) -> {
                    if (value == null) {
                        entries.remove(entry);
                    } else {
                        entries.put(entry, value);
                    }
                });
            }
        }

        @Override
        public void close() {}
    }
}
