package io.switchboard.call;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every event name that the provider is known to send, with what it means for a call: the standard names and the
 * contact-centre ones. A closed table: nothing is inferred from parts of a name.
 *
 * <p>Source: MightyCall's webhook documentation (standard names) and integrations of its contact-centre product.
 */
public enum EventName {
    INCOMING_CALL("IncomingCall", Family.INCOMING, Phase.START),
    INCOMING_CALL_RINGING("IncomingCallRinging", Family.INCOMING, Phase.RING),
    INCOMING_CALL_STOP_RINGING("IncomingCallStopRinging", Family.INCOMING, Phase.STOP_RING),
    INCOMING_CALL_CONNECTED("IncomingCallConnected", Family.INCOMING, Phase.CONNECT),
    INCOMING_CALL_COMPLETED("IncomingCallCompleted", Family.INCOMING, Phase.COMPLETE),
    /** Spelled without "Call" in the provider's voicemail sequence: ends the attempt and hints at voicemail. */
    INCOMING_STOP_RINGING("IncomingStopRinging", Family.INCOMING, Phase.STOP_RING),
    OUTGOING_CALL("OutgoingCall", Family.OUTGOING, Phase.START),
    OUTGOING_CALL_CONNECTED("OutgoingCallConnected", Family.OUTGOING, Phase.CONNECT),
    OUTGOING_CALL_COMPLETED("OutgoingCallCompleted", Family.OUTGOING, Phase.COMPLETE),
    CALLBACK_CALL("CallbackCall", Family.CALLBACK, Phase.START),
    CALLBACK_CALL_RINGING("CallbackCallRinging", Family.CALLBACK, Phase.RING),
    CALLBACK_CALL_STOP_RINGING("CallbackCallStopRinging", Family.CALLBACK, Phase.STOP_RING),
    CALLBACK_CALL_CONNECTED("CallbackCallConnected", Family.CALLBACK, Phase.CONNECT),
    CALLBACK_CALL_COMPLETED("CallbackCallCompleted", Family.CALLBACK, Phase.COMPLETE),
    INCOMING_CALL_AGENT_RINGING("IncomingCallAgentRinging", Family.INCOMING, Phase.RING),
    INCOMING_CALL_AGENT_CONNECTED("IncomingCallAgentConnected", Family.INCOMING, Phase.CONNECT),
    INCOMING_CALL_AGENT_COMPLETED("IncomingCallAgentCompleted", Family.INCOMING, Phase.LEG_COMPLETE),
    OUTGOING_CALL_AGENT_DIALING("OutgoingCallAgentDialing", Family.OUTGOING, Phase.RING),
    OUTGOING_CALL_AGENT_CONNECTED("OutgoingCallAgentConnected", Family.OUTGOING, Phase.CONNECT),
    OUTGOING_CALL_AGENT_COMPLETED("OutgoingCallAgentCompleted", Family.OUTGOING, Phase.LEG_COMPLETE);

    /** Which kind of call an event belongs to; the first event's family gives a call its direction. */
    public enum Family {
        INCOMING,
        OUTGOING,
        CALLBACK
    }

    /** What an event does to a call, in the order in which simultaneous events count. */
    public enum Phase {
        START,
        RING,
        STOP_RING,
        CONNECT,
        /** One extension's part is over; the call goes on. */
        LEG_COMPLETE,
        /** The call or, for incoming and callback names that carry an extension, a leg is over. */
        COMPLETE
    }

    private static final Map<String, EventName> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(name -> name.wire.toLowerCase(Locale.ROOT), Function.identity()));
    private static final Map<String, EventName> BY_EXACT_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventName::wire, Function.identity()));

    private final String wire;
    private final Family family;
    private final Phase phase;

    EventName(String wire, Family family, Phase phase) {
        this.wire = wire;
        this.family = family;
        this.phase = phase;
    }

    /** The name as the provider writes it. */
    public String wire() {
        return wire;
    }

    public Family family() {
        return family;
    }

    public Phase phase() {
        return phase;
    }

    /** Finds a name whatever its case; empty for names this table does not know. */
    public static Optional<EventName> of(String wire) {
        var exact = BY_EXACT_NAME.get(wire);
        return exact != null ? Optional.of(exact) : Optional.ofNullable(BY_NAME.get(wire.toLowerCase(Locale.ROOT)));
    }
}
