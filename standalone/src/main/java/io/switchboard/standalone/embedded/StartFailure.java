package io.switchboard.standalone.embedded;

/**
 * Something outside the program prevents the start: a taken port, a full disk, a folder in use. The message is one line
 * that says what is wrong, where, and what would be right; it is shown without a stack trace.
 */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
