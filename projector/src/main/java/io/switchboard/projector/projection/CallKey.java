package io.switchboard.projector.projection;

import io.switchboard.call.Call;
import io.switchboard.call.CallEvent;
import java.util.Comparator;

/** A call's primary key. */
public record CallKey(String account, String callId) implements Comparable<CallKey> {
    private static final Comparator<CallKey> ORDER =
            Comparator.comparing(CallKey::account).thenComparing(CallKey::callId);

    static CallKey of(CallEvent event) {
        return new CallKey(event.account(), event.callId());
    }

    static CallKey of(Call call) {
        return new CallKey(call.account(), call.id());
    }

    @Override
    public int compareTo(CallKey other) {
        return ORDER.compare(this, other);
    }
}
