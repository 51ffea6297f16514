package io.switchboard.projector.projection;

import io.switchboard.mightycall.RecordRead;
import io.switchboard.mightycall.ScannedEvent;
import java.util.Locale;

/** Why a record became a dead letter: a closed list, by which dead letters are grouped and counted. */
public enum RefusalReason {
    /** Not a CloudEvent as this system writes them: an attribute or the value is missing or malformed. */
    UNREADABLE,
    // The envelope is sound, but no fact can be read from the value.
    NOT_JSON,
    NOT_AN_OBJECT,
    NO_CALL_ID,
    CALL_ID_TOO_LONG,
    TOO_DEEP,
    TOO_MANY_EVENTS,
    NOT_A_CALL,
    /** Not a report of a poller as its key announces. */
    NOT_A_REPORT,
    // Of the provider's other lists.
    NO_RECORD_ID,
    RECORD_ID_TOO_LONG,
    /** Its type is not one of its topic's. */
    NOT_A_RECORD,
    /** A time that no calendar column can hold. */
    OUT_OF_RANGE,
    /** The decoder itself failed on it. */
    DECODER_FAILED,
    /** Its call's events could not be folded. */
    FOLD_FAILED,
    /** Its call has more events than one fold takes. */
    CALL_TOO_LONG,
    /** Postgres refuses the data. */
    DATA_REJECTED;

    static RefusalReason of(ScannedEvent.Reason reason) {
        return switch (reason) {
            case NOT_JSON -> NOT_JSON;
            case NOT_AN_OBJECT -> NOT_AN_OBJECT;
            case NO_CALL_ID -> NO_CALL_ID;
            case CALL_ID_TOO_LONG -> CALL_ID_TOO_LONG;
            case TOO_DEEP -> TOO_DEEP;
            case TOO_MANY_EVENTS -> TOO_MANY_EVENTS;
            case NOT_A_CALL -> NOT_A_CALL;
        };
    }

    static RefusalReason of(RecordRead.Fault fault) {
        return switch (fault) {
            case NOT_JSON -> NOT_JSON;
            case NOT_AN_OBJECT -> NOT_AN_OBJECT;
            case TOO_DEEP -> TOO_DEEP;
            case NO_RECORD_ID -> NO_RECORD_ID;
            case RECORD_ID_TOO_LONG -> RECORD_ID_TOO_LONG;
        };
    }

    /** The word in tables, headers and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
