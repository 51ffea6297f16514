package io.switchboard.mightycall;

import io.switchboard.call.CallEvent;

/** What became of the bytes of one fact. */
public sealed interface Decoded {

    record Understood(CallEvent event) implements Decoded {}

    /**
     * Bytes that are no event of a call: a dead letter.
     *
     * @param detail for an operator, free of personal data
     */
    record Undecodable(ScannedEvent.Reason reason, String detail) implements Decoded {}
}
