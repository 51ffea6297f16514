package io.switchboard.simulator.world;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** Something that happened between the company and somebody else: a row of the journal. */
public sealed interface Interaction permits SimulatedCall, TextMessage {
    /** The call's id, or the message's. */
    UUID guid();

    Instant startedAt();

    Marks marks();

    /** Its id in the journal: 24 hexadecimal digits that begin with the time, and join with no other id. */
    String journalId();

    /** An id of the journal's form, made from a time and an id. */
    static String journalId(Instant at, UUID guid) {
        var mixed = guid.getMostSignificantBits() * 0x9E37_79B9_7F4A_7C15L + guid.getLeastSignificantBits();
        return HexFormat.of().toHexDigits((int) at.getEpochSecond())
                + HexFormat.of().toHexDigits(mixed);
    }
}
