package io.switchboard.poller.provider;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer, complete.
 *
 * @param retryAfter the header of this name; null when absent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawAnswer(int status, @Nullable String retryAfter, byte[] body) {

    /** Shows nothing of the body. */
    @Override
    public String toString() {
        return "RawAnswer[" + status + ", " + body.length + " bytes]";
    }
}
