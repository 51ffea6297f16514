package io.switchboard.sync;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks of the poller: the value of a record of {@code sync-requests}, whose key is the account.
 *
 * @param id of the job that the order makes, or ends
 * @param resources words of {@link io.switchboard.event.Resource}; empty means all that the kind knows
 * @param from of a backfill: inclusive
 * @param to of a backfill: exclusive
 * @param requestedBy the principal's name, never a token
 * @param command what is to be done; null for all kinds but that one
 */
public record Order(
        String id,
        String account,
        Kind kind,
        List<String> resources,
        @Nullable Instant from,
        @Nullable Instant to,
        String requestedBy,
        Instant requestedAt,
        @Nullable PersonCommand command) {

    /** {@code ce_type} of an order. */
    public static final String TYPE = "switchboard.order";

    /** What is ordered. */
    public enum Kind {
        /** Reads every resource once, now. */
        SYNC,
        /** Reads a past range of calls, journal and voicemails, with what the budget has to spare. */
        BACKFILL,
        /** Ends the job of that id. */
        CANCEL,
        /** Does something at the provider. */
        COMMAND,
        /** Of a projector, which keeps its own orders: none of these ever goes to a poller. Dead letters once more. */
        DEAD_LETTERS,
        /** Likewise: a range of a topic once more. */
        REPLAY,
        /** Likewise: the tables built again. */
        REBUILD;

        /** Whether a projector does it, and no poller. */
        public boolean isRepair() {
            return this == DEAD_LETTERS || this == REPLAY || this == REBUILD;
        }
    }

    public Order {
        resources = List.copyOf(resources);
    }

    /** Of any kind but a command. */
    public Order(
            String id,
            String account,
            Kind kind,
            List<String> resources,
            @Nullable Instant from,
            @Nullable Instant to,
            String requestedBy,
            Instant requestedAt) {
        this(id, account, kind, resources, from, to, requestedBy, requestedAt, null);
    }

    /** That command. */
    public static Order of(String id, String account, PersonCommand command, String requestedBy, Instant requestedAt) {
        return new Order(id, account, Kind.COMMAND, List.of(), null, null, requestedBy, requestedAt, command);
    }
}
