package io.switchboard.mightycall;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** What one webhook request holds. */
public sealed interface ScannedDelivery {

    /** Empty, white space or {@code []}: the provider is trying the URL, there is nothing to store. */
    record Validation() implements ScannedDelivery {}

    /**
     * At least one event, readable or not, in the order of the body.
     *
     * @param form whether the body was an array, because the answer then is one too
     * @param apiKeys the different {@code ApiKey} texts found, which stay in memory
     */
    record Events(List<ScannedEvent> events, Form form, List<String> apiKeys) implements ScannedDelivery {

        /** Whether at least one {@code ApiKey} was found and all are this one; takes the same time for any other. */
        public boolean carriesOnly(String expectedApiKey) {
            var expected = expectedApiKey.getBytes(StandardCharsets.UTF_8);
            var same = !apiKeys.isEmpty();
            for (var found : apiKeys) {
                same &= MessageDigest.isEqual(expected, found.getBytes(StandardCharsets.UTF_8));
            }
            return same;
        }

        /** Shows neither bodies nor keys. */
        @Override
        public String toString() {
            return "Events[" + events.size() + ", " + form + "]";
        }
    }

    /** The shape of a body, which is the shape of its answer. */
    enum Form {
        /** One event, or a body that could not be taken apart. */
        SINGLE,
        ARRAY
    }
}
