package io.switchboard.call;

import static io.switchboard.call.CallScript.BUSINESS;
import static io.switchboard.call.CallScript.CLIENT;
import static io.switchboard.call.CallScript.START;
import static io.switchboard.call.CallScript.inbound;
import static io.switchboard.call.CallScript.outbound;

import io.switchboard.call.CallRecord.Party;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole calls as the provider tells them, for tests of every module; each call has its own id. */
public final class CallFixtures {

    /** The key in {@link #webhook}'s bodies, which may be found nowhere behind the gateway. */
    public static final String API_KEY = "5f1c0de0-0000-4a11-8b22-00000000a001";

    private CallFixtures() {}

    /** 101 rings after 5 s, answers after 9 s and talks until 70.2 s. */
    public static List<CallEvent> answeredCall() {
        return inbound("7df52a62-0000-48cd-9ae4-000000000001")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(9, "IncomingCallConnected", "101")
                .event(70.2, "IncomingCallCompleted")
                .events();
    }

    /** 101 rings in vain, the client hangs up after 26 s. */
    public static List<CallEvent> missedCall() {
        return inbound("7df52a62-0000-48cd-9ae4-000000000002")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(25, "IncomingCallStopRinging", "101")
                .event(26, "IncomingCallCompleted")
                .events();
    }

    /** 101 rings in vain, the client speaks to the voicemail until 70 s. */
    public static List<CallEvent> voicemailCall() {
        return inbound("7df52a62-0000-48cd-9ae4-000000000003")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(25, "IncomingStopRinging", "101")
                .event(70, "IncomingCallCompleted")
                .events();
    }

    /** 101 and 102 ring together, 102 answers after 12 s. */
    public static List<CallEvent> groupCall() {
        return inbound("7df52a62-0000-48cd-9ae4-000000000004")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(5, "IncomingCallRinging", "102")
                .event(11.9, "IncomingCallStopRinging", "101")
                .event(11.9, "IncomingCallStopRinging", "102")
                .event(12, "IncomingCallConnected", "102")
                .event(80, "IncomingCallCompleted")
                .events();
    }

    /** 101 calls a client, who answers after 9 s and talks until 271 s. */
    public static List<CallEvent> outgoingAnswered() {
        return outbound("7df52a62-0000-48cd-9ae4-000000000005")
                .event(0, "OutgoingCall", "101")
                .event(9, "OutgoingCallConnected", "101")
                .event(271, "OutgoingCallCompleted", "101")
                .events();
    }

    /** 101 calls a client, who does not answer in 31 s. */
    public static List<CallEvent> outgoingUnanswered() {
        return outbound("7df52a62-0000-48cd-9ae4-000000000006")
                .event(0, "OutgoingCall", "101")
                .event(31, "OutgoingCallCompleted", "101")
                .events();
    }

    /** A callback: 105 answers after 11 s, hands over to 101 at 60 s, who talks until 200 s. */
    public static List<CallEvent> callbackTransferred() {
        return outbound("7df52a62-0000-48cd-9ae4-000000000007")
                .event(0, "CallbackCall")
                .event(5, "CallbackCallRinging", "105")
                .event(11, "CallbackCallConnected", "105")
                .event(55, "IncomingCallRinging", "101")
                .event(60, "CallbackCallCompleted", "105")
                .event(60.5, "IncomingCallConnected", "101")
                .event(199, "IncomingCallCompleted", "101")
                .event(200, "CallbackCallCompleted")
                .events();
    }

    /** 101 calls its colleague 105, who answers after 8 s. */
    public static List<CallEvent> colleagueCall() {
        return new CallScript("7df52a62-0000-48cd-9ae4-000000000008", BUSINESS, "105")
                .event(0, "OutgoingCall", "101")
                .event(2, "IncomingCallRinging", "105")
                .event(8, "IncomingCallConnected", "105")
                .event(100, "IncomingCallCompleted", "105")
                .event(101, "OutgoingCallCompleted")
                .events();
    }

    /** A call that still rings at 101. */
    public static List<CallEvent> openCall() {
        return inbound("7df52a62-0000-48cd-9ae4-000000000009")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .events();
    }

    /** The record of {@link #answeredCall}, ten seconds after its end. */
    public static CallEvent answeredCallRecord() {
        return inbound("7df52a62-0000-48cd-9ae4-000000000001")
                .record(80, incomingRecord("Connected", 70_214, true))
                .events()
                .getFirst();
    }

    /** A record of a call from the client that rang at 101. */
    public static CallRecord incomingRecord(@Nullable String status, long millis, boolean connected) {
        return new CallRecord(
                "Incoming",
                status,
                START,
                Duration.ofMillis(millis),
                new Party("Dana Ortiz", null, CLIENT, null),
                List.of(new Party("Alex Moreno", "101", null, connected)),
                BUSINESS,
                null);
    }

    /** The body with which the provider delivers a webhook event. */
    public static byte[] webhook(CallEvent event) {
        var time = event.providerTime();
        return """
                {
                  "Body": {"From": %s, "To": %s, "Id": %s, "Extension": %s},
                  "Guid": "00000000-0000-0000-0000-000000000000",
                  "ApiKey": "%s",
                  "Timestamp": %s,
                  "EventType": %s
                }""".formatted(
                        quoted(event.from()),
                        quoted(event.to()),
                        quoted(event.callId()),
                        quoted(event.extension()),
                        API_KEY,
                        quoted(time == null ? null : time.toString()),
                        quoted(event.type()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : '"' + text + '"';
    }
}
