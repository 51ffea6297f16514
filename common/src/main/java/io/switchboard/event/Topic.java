package io.switchboard.event;

import java.util.Arrays;
import java.util.Optional;

/** The topics of the log, by what they hold; the configured prefix is added where Kafka is spoken. */
public enum Topic {
    /** Webhook call events and {@code /calls} records: everything known of a call, keyed by call id. */
    CALLS("calls", Cleanup.DELETE),
    JOURNAL("journal", Cleanup.DELETE),
    PHONE_NUMBERS("phone-numbers", Cleanup.COMPACT),
    EXTENSIONS("extensions", Cleanup.COMPACT),
    CONTACTS("contacts", Cleanup.COMPACT),
    VOICEMAILS("voicemails", Cleanup.DELETE),
    AGENT_STATUS("agent-status", Cleanup.DELETE),
    /** Authentic webhooks from which no event can be read, raw, keyed by event id. */
    QUARANTINE("quarantine", Cleanup.DELETE),
    /** Records that the projector refused, under their original key. */
    DEAD_LETTERS("dead-letters", Cleanup.DELETE),
    SYNC_REQUESTS("sync-requests", Cleanup.DELETE),
    SYNC_STATE("sync-state", Cleanup.COMPACT);

    /** How Kafka ages a topic's records. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }

    private final String suffix;
    private final Cleanup cleanup;

    Topic(String suffix, Cleanup cleanup) {
        this.suffix = suffix;
        this.cleanup = cleanup;
    }

    /** The name after the prefix, as in the contract: {@code calls}. */
    public String suffix() {
        return suffix;
    }

    public Cleanup cleanup() {
        return cleanup;
    }

    public static Optional<Topic> ofSuffix(String suffix) {
        return Arrays.stream(values())
                .filter(topic -> topic.suffix.equals(suffix))
                .findFirst();
    }
}
