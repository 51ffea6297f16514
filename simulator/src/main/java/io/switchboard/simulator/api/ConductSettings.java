package io.switchboard.simulator.api;

import io.switchboard.simulator.switches.Position;
import io.switchboard.simulator.switches.Switches;

/**
 * What goes on in the account beside calls.
 *
 * @param textsPerMinute mean rate of text messages
 * @param contactEditsPerHour mean rate of changes in the address book
 * @param messagesPerMinute how many messages may be sent
 */
public record ConductSettings(
        double textsPerMinute,
        double contactEditsPerHour,
        int messagesPerMinute,
        Sending sending,
        ContactCentreRole contactCentreRole) {
    public static final ConductSettings STANDARD =
            new ConductSettings(0.5, 6, 30, Sending.SENT, ContactCentreRole.REFUSED);

    /** What becomes of a message to be sent. */
    public enum Sending implements Position {
        SENT,
        /** 200 with an array of errors. */
        ERRORS,
        /** 403. */
        FORBIDDEN
    }

    /** Whether the user may use the contact centre's methods. */
    public enum ContactCentreRole implements Position {
        GRANTED,
        REFUSED
    }

    /** Reads the variables that are set; the others keep their present value. */
    static ConductSettings read(Switches switches, ConductSettings present) {
        return new ConductSettings(
                switches.decimal("SIMULATOR_TEXTS_PER_MINUTE", present.textsPerMinute, 0, 6_000),
                switches.decimal("SIMULATOR_CONTACT_EDITS_PER_HOUR", present.contactEditsPerHour, 0, 36_000),
                switches.integer("SIMULATOR_API_MESSAGES_PER_MINUTE", present.messagesPerMinute, 0, 1_000_000),
                switches.position("SIMULATOR_API_MESSAGES", present.sending, Sending.values()),
                switches.position(
                        "SIMULATOR_API_CONTACT_CENTER", present.contactCentreRole, ContactCentreRole.values()));
    }
}
