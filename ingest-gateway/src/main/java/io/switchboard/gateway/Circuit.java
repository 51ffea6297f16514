package io.switchboard.gateway;

/**
 * Whether events are offered to the brokers first. A value: its methods are the legal transitions.
 *
 * <pre>
 *   Closed ── an append timed out and nothing was acknowledged since it was sent ──▶ Open
 *   Open   ── the drainer's probe was acknowledged, or with nothing to probe with
 *             the brokers answered a question that was asked since ───────────────▶ Closed
 * </pre>
 */
public sealed interface Circuit {

    /** The brokers answer: events go to Kafka, and to the spool only when one is late. */
    record Closed() implements Circuit {
        Circuit silence(long sinceNanos) {
            return new Open(sinceNanos);
        }
    }

    /**
     * The brokers are silent: events go to the spool without waiting.
     *
     * @param sinceNanos when it opened, {@link System#nanoTime}
     */
    record Open(long sinceNanos) implements Circuit {
        Circuit acknowledged() {
            return new Closed();
        }
    }
}
