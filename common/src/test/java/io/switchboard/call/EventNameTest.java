package io.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.EventName.Family;
import io.switchboard.call.EventName.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventNameTest {

    @ParameterizedTest
    @CsvSource({
        "IncomingCall, INCOMING, START",
        "IncomingCallRinging, INCOMING, RING",
        "IncomingCallStopRinging, INCOMING, STOP_RING",
        "IncomingCallConnected, INCOMING, CONNECT",
        "IncomingCallCompleted, INCOMING, COMPLETE",
        "IncomingStopRinging, INCOMING, STOP_RING",
        "OutgoingCall, OUTGOING, START",
        "OutgoingCallConnected, OUTGOING, CONNECT",
        "OutgoingCallCompleted, OUTGOING, COMPLETE",
        "CallbackCall, CALLBACK, START",
        "CallbackCallRinging, CALLBACK, RING",
        "CallbackCallStopRinging, CALLBACK, STOP_RING",
        "CallbackCallConnected, CALLBACK, CONNECT",
        "CallbackCallCompleted, CALLBACK, COMPLETE",
        "IncomingCallAgentRinging, INCOMING, RING",
        "IncomingCallAgentConnected, INCOMING, CONNECT",
        "IncomingCallAgentCompleted, INCOMING, LEG_COMPLETE",
        "OutgoingCallAgentDialing, OUTGOING, RING",
        "OutgoingCallAgentConnected, OUTGOING, CONNECT",
        "OutgoingCallAgentCompleted, OUTGOING, LEG_COMPLETE"
    })
    void everyNameHasItsFamilyAndPhaseInAnyCase(String wire, Family family, Phase phase) {
        assertThat(EventName.of(wire)).hasValueSatisfying(name -> {
            assertThat(name.wire()).isEqualTo(wire);
            assertThat(name.family()).isEqualTo(family);
            assertThat(name.phase()).isEqualTo(phase);
        });
        assertThat(EventName.of(wire.toUpperCase(java.util.Locale.ROOT))).isEqualTo(EventName.of(wire));
    }

    @Test
    void theTableHasTwentyNames() {
        assertThat(EventName.values()).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Incoming", "IncomingCallRinging2", "OutgoingCallRinging", "MessageReceived", "call"})
    void nothingIsInferredFromPartsOfAName(String wire) {
        assertThat(EventName.of(wire)).isEmpty();
    }
}
