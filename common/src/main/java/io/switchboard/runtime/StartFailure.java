package io.switchboard.runtime;

/** A service cannot start for a reason that its operator can mend; the message is one line for that person. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
