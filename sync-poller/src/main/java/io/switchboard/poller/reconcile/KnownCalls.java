package io.switchboard.poller.reconcile;

import io.switchboard.call.CallEvent;
import io.switchboard.poller.plan.Attention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

public final class KnownCalls {
    public KnownCalls(Duration openCallTimeout) {}

    public static List<String> findings() {
        return List.of("webhook_missed");
    }

    public void observe(CallEvent event) {}

    public Attention attention(Instant now) {
        return Attention.NONE;
    }

    public Map<String, Long> drainFindings() {
        return Map.of();
    }
}
