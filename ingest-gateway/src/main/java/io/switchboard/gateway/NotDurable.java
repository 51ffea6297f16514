package io.switchboard.gateway;

/** An event could not be made durable; the request is answered 503. A value rather than an error: it has no stack. */
public final class NotDurable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public NotDurable(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why not. */
    public enum Reason {
        /** More bodies in memory than the gateway holds at once. */
        OVERLOADED,
        SPOOL_FULL,
        /** The disk refused, or has not answered for too long. */
        SPOOL_FAILING,
        STOPPING
    }
}
