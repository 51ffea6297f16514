package io.switchboard.projector.projection;

import java.util.Locale;

/** Why a record became a dead letter: a closed list, by which dead letters are grouped and counted. */
public enum RefusalReason {
    /** Not a CloudEvent as this system writes them: an attribute or the value is missing or malformed. */
    UNREADABLE,
    /** The envelope is sound, but no fact about a call can be read from the value. */
    UNDECODABLE,
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

    /** The word in tables, headers and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
