package io.switchboard.projector.projection;

import io.switchboard.event.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The tables that are made from the log and can be made again: the one list of them. Every other table is named in {@link
 * #KEPT}; a test holds that each table is in exactly one of the two.
 */
public enum ProjectedTable {
    CALL_EVENT(Origin.FACTS),
    QUARANTINED_EVENT(Origin.FACTS),
    CALL(Origin.FOLD),
    CALL_LEG(Origin.FOLD),
    COVERAGE_HOUR(Origin.FOLD),
    REPORT_HOUR(Origin.FOLD),
    JOURNAL_ENTRY(Origin.LATEST, Topic.JOURNAL),
    VOICEMAIL(Origin.LATEST, Topic.VOICEMAILS),
    PHONE_NUMBER(Origin.LATEST, Topic.PHONE_NUMBERS),
    CONTACT(Origin.LATEST, Topic.CONTACTS),
    TEAM_MEMBER(Origin.LATEST, Topic.EXTENSIONS),
    EXTENSION_SOURCE(Origin.LATEST, Topic.EXTENSIONS, Topic.JOURNAL, Topic.CALLS),
    AGENT_STATUS(Origin.LATEST, Topic.AGENT_STATUS),
    AGENT_STATUS_SEEN(Origin.OBSERVED, Topic.AGENT_STATUS);

    /** Tables that a rebuild leaves alone: what people did, what pollers say, and where the projection stands. */
    public static final Set<String> KEPT = Set.of(
            "audit_entry",
            "change_feed",
            "dead_letter",
            "flyway_schema_history",
            "idempotency_key",
            "job",
            "poller_state",
            "projection_position",
            "repair",
            "stream_head");

    /** Kept tables that the projection writes too: a rebuild writes copies of them, which are thrown away. */
    public static final List<String> WRITTEN_BESIDE = List.of("change_feed", "dead_letter");

    /** Columns that tell when a row was written, not what it says: no two projections agree on them. */
    public static final Set<String> VOLATILE = Set.of("updated_at", "projected_at");

    /** What a table's rows are made from. */
    public enum Origin {
        /** One row for each event, with the event's place in the log. */
        FACTS,
        /** Functions of the facts. */
        FOLD,
        /** The latest observation of each thing: columns {@code seen_at} and {@code seen_event} say which. */
        LATEST,
        /** Each observation for itself, under the event that brought it. */
        OBSERVED
    }

    private final Origin origin;
    private final Set<Topic> topics;

    ProjectedTable(Origin origin, Topic... topics) {
        this.origin = origin;
        this.topics = Set.of(topics);
    }

    /** Its name in SQL. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Origin origin() {
        return origin;
    }

    /** Of observations: which topics bring them. */
    public Set<Topic> topics() {
        return topics;
    }
}
