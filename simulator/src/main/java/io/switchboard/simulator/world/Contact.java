package io.switchboard.simulator.world;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the address book.
 *
 * @param etag changes with every change of the entry
 */
public record Contact(String id, String etag, Content content, Instant created, Instant updated, State state) {

    /** Whether it is still in the book. */
    public enum State {
        ACTIVE,
        DELETED
    }

    /** What people wrote. */
    public record Content(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String comment,
            List<String> tags,
            List<Channel> channels) {
        public Content {
            tags = List.copyOf(tags);
            channels = List.copyOf(channels);
        }
    }

    /** A way to reach somebody: a number or an address. */
    public record Channel(
            String id,
            List<String> labels,
            @Nullable String phone,
            @Nullable String email) {
        public Channel {
            labels = List.copyOf(labels);
        }
    }

    public boolean active() {
        return state == State.ACTIVE;
    }
}
