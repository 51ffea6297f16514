package io.switchboard.poller.kafka;

import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An account's state in the log, by entry: the part of the key after the account. Blocking; one thread. */
public interface StateLog extends AutoCloseable {
    /**
     * Takes the account over: from now on no earlier owner can save. Answers the newest value of each entry.
     *
     * @throws LostException when the brokers do not let it
     */
    SortedMap<String, byte[]> takeOver() throws LostException, InterruptedException;

    /**
     * Saves the entries, all or none; null deletes one.
     *
     * @throws LostException when another owner took over, or it is not known whether the entries were saved: the account
     *     has to be taken over again before anything else is done in its name
     */
    void save(Map<String, byte @Nullable []> changes) throws LostException, InterruptedException;

    @Override
    void close();

    /** The account is, or may be, somebody else's. */
    final class LostException extends Exception {
        public LostException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
