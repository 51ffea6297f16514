package io.switchboard.simulator.rows;

import io.switchboard.simulator.switches.Position;
import io.switchboard.simulator.switches.Switches;
import io.switchboard.simulator.switches.Toggle;

/**
 * How rows look.
 *
 * @param fractionDigits digits after the second at most, 0 to 7
 * @param trimZeros whether zeros at the end of a fraction are left out
 */
public record RowSettings(
        Journal journal,
        Wrapping call,
        Wrapping team,
        Casing casing,
        int fractionDigits,
        Toggle trimZeros,
        Offset offset,
        Nulls nulls,
        RequestGuid requestGuid,
        Unanswered unanswered,
        Direction callback,
        Direction internal,
        VoicemailUnit voicemailUnit,
        StatusWords statusWords) {
    public static final RowSettings STANDARD = new RowSettings(
            Journal.BARE,
            Wrapping.DATA,
            Wrapping.BARE,
            Casing.DOCUMENTED,
            7,
            Toggle.ON,
            Offset.DOCUMENTED,
            Nulls.DOCUMENTED,
            RequestGuid.CALL,
            Unanswered.MISSED,
            Direction.OUTGOING,
            Direction.OUTGOING,
            VoicemailUnit.SECONDS,
            StatusWords.DOCUMENTED);

    /** What is around a page of the journal. */
    public enum Journal implements Position {
        BARE,
        DATA,
        /** In an array of one. */
        ARRAY
    }

    /** What is around a single object. */
    public enum Wrapping implements Position {
        BARE,
        DATA
    }

    /** How the words of a closed list are written. */
    public enum Casing implements Position {
        /** {@code Connected} in calls and voicemails, {@code connected} in the journal. */
        DOCUMENTED,
        PASCAL,
        CAMEL,
        UPPER
    }

    /** How UTC is written. */
    public enum Offset implements Position {
        /** Sometimes one, sometimes the other, by member. */
        DOCUMENTED("documented", ""),
        Z("z", "Z"),
        NUMERIC("+00:00", "+00:00"),
        NONE("none", "");

        private final String word;
        private final String text;

        Offset(String word, String text) {
            this.word = word;
            this.text = text;
        }

        @Override
        public String word() {
            return word;
        }

        String text() {
            return text;
        }
    }

    /** What becomes of a member without a value. */
    public enum Nulls implements Position {
        /** Some are null, some are left out, by member. */
        DOCUMENTED,
        NULL,
        MISSING
    }

    /** What {@code requestGuid} of the journal holds. */
    public enum RequestGuid implements Position {
        CALL,
        ZERO,
        /** One that joins with nothing. */
        OWN
    }

    /** {@code callStatus} of an outgoing call that nobody answered. */
    public enum Unanswered implements Position {
        MISSED,
        NULL,
        CANCELED,
        NO_ANSWER,
        DROPPED
    }

    /** {@code direction} of a call that is neither incoming nor outgoing. */
    public enum Direction implements Position {
        INCOMING,
        OUTGOING,
        CALLBACK,
        INTERNAL
    }

    /** What {@code duration} of a voicemail counts. */
    public enum VoicemailUnit implements Position {
        SECONDS,
        MS
    }

    /** The words of a person's status. */
    public enum StatusWords implements Position {
        /** {@code available} and {@code dnd}. */
        DOCUMENTED,
        /** {@code Free} and {@code Busy}. */
        BUSY
    }

    /** Reads the variables that are set; the others keep their present value. */
    public static RowSettings read(Switches switches, RowSettings present) {
        return new RowSettings(
                switches.position("SIMULATOR_API_JOURNAL_ENVELOPE", present.journal, Journal.values()),
                switches.position("SIMULATOR_API_CALL_ENVELOPE", present.call, Wrapping.values()),
                switches.position("SIMULATOR_API_TEAM_ENVELOPE", present.team, Wrapping.values()),
                switches.position("SIMULATOR_API_CASING", present.casing, Casing.values()),
                switches.integer("SIMULATOR_API_FRACTION_DIGITS", present.fractionDigits, 0, 7),
                switches.toggle("SIMULATOR_API_TRIM_ZEROS", present.trimZeros),
                switches.position("SIMULATOR_API_OFFSET", present.offset, Offset.values()),
                switches.position("SIMULATOR_API_NULLS", present.nulls, Nulls.values()),
                switches.position("SIMULATOR_API_REQUEST_GUID", present.requestGuid, RequestGuid.values()),
                switches.position("SIMULATOR_API_UNANSWERED", present.unanswered, Unanswered.values()),
                switches.position("SIMULATOR_API_CALLBACK_DIRECTION", present.callback, Direction.values()),
                switches.position("SIMULATOR_API_INTERNAL_DIRECTION", present.internal, Direction.values()),
                switches.position("SIMULATOR_API_VOICEMAIL_DURATION", present.voicemailUnit, VoicemailUnit.values()),
                switches.position("SIMULATOR_API_STATUS_WORDS", present.statusWords, StatusWords.values()));
    }
}
