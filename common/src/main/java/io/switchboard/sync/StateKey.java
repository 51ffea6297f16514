package io.switchboard.sync;

import org.jspecify.annotations.Nullable;

/**
 * The key of a record of {@code sync-state}: {@code account/entry}.
 *
 * @param entry {@code poller}, {@code budget}, {@code orders}, the word of a resource, or {@code job/{id}}
 */
public record StateKey(String account, String entry) {
    public static final String POLLER = "poller";
    public static final String BUDGET = "budget";
    /** Up to where orders were accepted. */
    public static final String ORDERS = "orders";

    public static final String JOB_PREFIX = "job/";

    /** What an entry holds. */
    public enum Kind {
        POLLER,
        BUDGET,
        RESOURCE,
        JOB,
        ORDERS
    }

    public Kind kind() {
        return switch (entry) {
            case POLLER -> Kind.POLLER;
            case BUDGET -> Kind.BUDGET;
            case ORDERS -> Kind.ORDERS;
            default -> entry.startsWith(JOB_PREFIX) ? Kind.JOB : Kind.RESOURCE;
        };
    }

    /** {@code ce_type} of its record. */
    public String type() {
        return switch (kind()) {
            case POLLER -> "switchboard.poller";
            case BUDGET -> "switchboard.budget";
            case RESOURCE -> "switchboard.resource";
            case JOB -> "switchboard.job";
            case ORDERS -> "switchboard.orders";
        };
    }

    /** Null when the text is no such key. */
    public static @Nullable StateKey parse(String text) {
        var slash = text.indexOf('/');
        return slash <= 0 || slash == text.length() - 1
                ? null
                : new StateKey(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return account + "/" + entry;
    }
}
