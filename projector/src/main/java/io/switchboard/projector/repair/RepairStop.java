package io.switchboard.projector.repair;

import org.jspecify.annotations.Nullable;

/** Ends a repair before its work is done; thrown from wherever it is, caught by {@link RepairLoop} alone. */
final class RepairStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it ends. */
    enum Why {
        /** A person asked for it. */
        CANCELLED,
        /** This projector stops; another one, or this one later, goes on. */
        SHUTDOWN,
        /** Another projector works on it. */
        LOST,
        /** It cannot be done. */
        FAILED
    }

    private final Why why;
    private final @Nullable String error;

    private RepairStop(Why why, @Nullable String error, String detail) {
        super(detail, null, false, false);
        this.why = why;
        this.error = error;
    }

    static RepairStop of(Why why) {
        return new RepairStop(why, null, why.name());
    }

    /**
     * @param error a word for programs
     * @param detail for people
     */
    static RepairStop failed(String error, String detail) {
        return new RepairStop(Why.FAILED, error, detail);
    }

    Why why() {
        return why;
    }

    @Nullable
    String error() {
        return error;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
