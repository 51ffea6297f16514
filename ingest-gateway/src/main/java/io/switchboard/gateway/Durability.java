package io.switchboard.gateway;

/** Where an event was made durable before it was acknowledged. */
public enum Durability {
    /** All in-sync replicas have it. */
    REPLICATED("replicated"),
    /** It is fsynced in the local spool, and moves to the log when the brokers are back. */
    SPOOLED("spooled");

    private final String word;

    Durability(String word) {
        this.word = word;
    }

    /** The word in answers and metrics. */
    public String word() {
        return word;
    }
}
