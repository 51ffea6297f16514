package io.switchboard.call;

import static io.switchboard.call.CallScript.BUSINESS;
import static io.switchboard.call.CallScript.CLIENT;
import static io.switchboard.call.CallScript.at;
import static io.switchboard.call.CallScript.inbound;
import static io.switchboard.call.CallScript.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.Agent;
import io.switchboard.call.Call.Client;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Leg;
import io.switchboard.call.Call.LegResult;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.Recording;
import io.switchboard.call.Call.State;
import io.switchboard.event.Source;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallFoldTest {

    @Test
    void anAnsweredCallIsFoldedWhole() {
        var call = fold(CallFixtures.answeredCall());

        assertThat(call)
                .isEqualTo(new Call(
                        "default",
                        "7df52a62-0000-48cd-9ae4-000000000001",
                        Direction.INBOUND,
                        State.ENDED,
                        Outcome.ANSWERED,
                        new Client(CLIENT, null),
                        BUSINESS,
                        new Agent("101", null),
                        at(0),
                        at(9),
                        at(70.2),
                        Duration.ofSeconds(9),
                        Duration.ofMillis(61_200),
                        Duration.ofMillis(70_200),
                        List.of(new Leg("101", at(5), at(9), at(70.2), LegResult.ANSWERED)),
                        Recording.NONE,
                        Set.of(Source.WEBHOOK),
                        false,
                        at(70.2),
                        4));
    }

    @Test
    void aMissedCallWaitsToItsEnd() {
        var call = fold(CallFixtures.missedCall());

        assertThat(call.outcome()).isEqualTo(Outcome.MISSED);
        assertThat(call.waitTime()).isEqualTo(Duration.ofSeconds(26));
        assertThat(call.talkTime()).isNull();
        assertThat(call.agent()).isNull();
        assertThat(call.legs()).containsExactly(new Leg("101", at(5), null, at(25), LegResult.NO_ANSWER));
    }

    @Test
    void incomingStopRingingWithoutAConnectIsVoicemail() {
        assertThat(fold(CallFixtures.voicemailCall()).outcome()).isEqualTo(Outcome.VOICEMAIL);
    }

    @Test
    void aGroupRingsMemberWhoDidNotAnswerWasAnsweredElsewhere() {
        var call = fold(CallFixtures.groupCall());

        assertThat(call.legs())
                .containsExactly(
                        new Leg("101", at(5), null, at(11.9), LegResult.ANSWERED_ELSEWHERE),
                        new Leg("102", at(5), at(12), at(80), LegResult.ANSWERED));
        assertThat(call.agent()).isEqualTo(new Agent("102", null));
    }

    @Test
    void oneWhoRangBeforeTheAnsweringExtensionDidNotAnswer() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(20, "IncomingCallStopRinging", "101")
                .event(20, "IncomingCallRinging", "102")
                .event(28, "IncomingCallConnected", "102")
                .event(90, "IncomingCallCompleted"));

        assertThat(call.legs())
                .containsExactly(
                        new Leg("101", at(5), null, at(20), LegResult.NO_ANSWER),
                        new Leg("102", at(20), at(28), at(90), LegResult.ANSWERED));
    }

    @Test
    void anOutgoingCallBelongsToItsDialler() {
        var call = fold(CallFixtures.outgoingAnswered());

        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.client()).isEqualTo(new Client(CLIENT, null));
        assertThat(call.businessNumber()).isEqualTo(BUSINESS);
        assertThat(call.agent()).isEqualTo(new Agent("101", null));
        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(call.waitTime()).isEqualTo(Duration.ofSeconds(9));
        assertThat(call.legs()).containsExactly(new Leg("101", null, at(9), at(271), LegResult.ANSWERED));
    }

    @Test
    void anOutgoingCallWithoutAnswerIsUnansweredAndStillItsDiallers() {
        var call = fold(CallFixtures.outgoingUnanswered());

        assertThat(call.outcome()).isEqualTo(Outcome.UNANSWERED);
        assertThat(call.agent()).isEqualTo(new Agent("101", null));
        assertThat(call.waitTime()).isEqualTo(Duration.ofSeconds(31));
        assertThat(call.legs()).containsExactly(new Leg("101", null, null, at(31), LegResult.NO_ANSWER));
    }

    @Test
    void aTransferredCallbackStaysACallbackAndEndsLegByLeg() {
        var call = fold(CallFixtures.callbackTransferred());

        assertThat(call.direction()).isEqualTo(Direction.CALLBACK);
        assertThat(call.client()).isEqualTo(new Client(CLIENT, null));
        assertThat(call.agent()).isEqualTo(new Agent("105", null));
        assertThat(call.talkTime()).isEqualTo(Duration.ofSeconds(189));
        assertThat(call.legs())
                .containsExactly(
                        new Leg("105", at(5), at(11), at(60), LegResult.ANSWERED),
                        new Leg("101", at(55), at(60.5), at(199), LegResult.ANSWERED));
    }

    @Test
    void aCallbackWithoutAnswerIsUnanswered() {
        var call = fold(outbound("a")
                .event(0, "CallbackCall")
                .event(5, "CallbackCallRinging", "101")
                .event(25, "CallbackCallStopRinging", "101")
                .event(26, "CallbackCallCompleted"));

        assertThat(call.outcome()).isEqualTo(Outcome.UNANSWERED);
        assertThat(call.agent()).isNull();
    }

    @Test
    void aCallToAColleagueIsInternalAndHasNoClient() {
        var call = fold(CallFixtures.colleagueCall());

        assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(call.client()).isNull();
        assertThat(call.businessNumber()).isEqualTo(BUSINESS);
        assertThat(call.agent()).isEqualTo(new Agent("101", null));
        assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(call.endedAt()).isEqualTo(at(101));
        assertThat(call.legs())
                .containsExactly(
                        new Leg("101", null, at(8), at(101), LegResult.ANSWERED),
                        new Leg("105", at(2), at(8), at(100), LegResult.ANSWERED));
    }

    @Test
    void anOpenCallRingsThenTalks() {
        var ringing = fold(CallFixtures.openCall());
        var talking = fold(inbound("a").event(0, "IncomingCall").event(4, "IncomingCallConnected", "101"));

        assertThat(ringing.state()).isEqualTo(State.RINGING);
        assertThat(ringing.outcome()).isNull();
        assertThat(ringing.endedAt()).isNull();
        assertThat(ringing.waitTime()).isNull();
        assertThat(ringing.duration()).isNull();
        assertThat(ringing.legs()).containsExactly(new Leg("101", at(5), null, null, LegResult.RINGING));
        assertThat(talking.state()).isEqualTo(State.CONNECTED);
        assertThat(talking.outcome()).isNull();
        assertThat(talking.waitTime()).isEqualTo(Duration.ofSeconds(4));
        assertThat(talking.legs()).containsExactly(new Leg("101", null, at(4), null, LegResult.TALKING));
    }

    @Test
    void stopRingingDoesNotEndTheCall() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(25, "IncomingCallStopRinging", "101"));

        assertThat(call.state()).isEqualTo(State.RINGING);
        assertThat(call.legs()).containsExactly(new Leg("101", at(5), null, at(25), LegResult.NO_ANSWER));
    }

    @Test
    void stopRingingEndsTheLatestOpenAttemptAndNothingElse() {
        var call = fold(inbound("a")
                .event(0, "IncomingCallStopRinging", "101")
                .event(1, "IncomingCallRinging", "101")
                .event(2, "IncomingCallRinging", "101")
                .event(3, "IncomingCallStopRinging", "101")
                .event(4, "IncomingCallStopRinging", "102"));

        assertThat(call.legs())
                .containsExactly(
                        new Leg("101", at(1), null, null, LegResult.RINGING),
                        new Leg("101", at(2), null, at(3), LegResult.NO_ANSWER));
    }

    @Test
    void stopRingingDoesNotEndATalk() {
        var call = fold(inbound("a")
                .event(1, "IncomingCallRinging", "101")
                .event(2, "IncomingCallConnected", "101")
                .event(3, "IncomingCallStopRinging", "101"));

        assertThat(call.legs()).containsExactly(new Leg("101", at(1), at(2), null, LegResult.TALKING));
    }

    @Test
    void aSecondConnectOfATalkingExtensionChangesNothing() {
        var call = fold(inbound("a")
                .event(1, "IncomingCallRinging", "101")
                .event(2, "IncomingCallStopRinging", "101")
                .event(3, "IncomingCallRinging", "101")
                .event(4, "IncomingCallConnected", "101")
                .event(5, "IncomingCallConnected", "101"));

        assertThat(call.answeredAt()).isEqualTo(at(4));
        assertThat(call.legs())
                .containsExactly(
                        new Leg("101", at(1), null, at(2), LegResult.NO_ANSWER),
                        new Leg("101", at(3), at(4), null, LegResult.TALKING));
    }

    @Test
    void aConnectAfterAnEndedTalkOpensALegOfItsOwn() {
        var call = fold(inbound("a")
                .event(1, "IncomingCallRinging", "101")
                .event(2, "IncomingCallConnected", "101")
                .event(3, "IncomingCallCompleted", "101")
                .event(4, "IncomingCallConnected", "101"));

        assertThat(call.legs())
                .containsExactly(
                        new Leg("101", at(1), at(2), at(3), LegResult.ANSWERED),
                        new Leg("101", null, at(4), null, LegResult.TALKING));
    }

    @Test
    void aCompletionWithExtensionEndsOnlyThatLeg() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(1, "IncomingCallConnected", "101")
                .event(5, "IncomingCallCompleted", "101"));

        assertThat(call.state()).isEqualTo(State.CONNECTED);
        assertThat(call.endedAt()).isNull();
        assertThat(call.legs()).containsExactly(new Leg("101", null, at(1), at(5), LegResult.ANSWERED));
    }

    @Test
    void contactCentreNamesFollowTheSameRules() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(4, "IncomingCallAgentRinging", "101")
                .event(11, "IncomingCallAgentConnected", "101")
                .event(220, "IncomingCallAgentCompleted", "101")
                .event(221, "IncomingCallCompleted"));

        assertThat(call.endedAt()).isEqualTo(at(221));
        assertThat(call.legs()).containsExactly(new Leg("101", at(4), at(11), at(220), LegResult.ANSWERED));
    }

    @Test
    void diallingDoesNotOpenASecondLegForTheDiallerButForOthers() {
        var call = fold(outbound("a")
                .event(0, "OutgoingCallAgentDialing", "102")
                .event(1, "OutgoingCallAgentDialing", "103")
                .event(3, "OutgoingCallAgentConnected", "102")
                .event(9, "OutgoingCallAgentCompleted", "102")
                .event(10, "OutgoingCallCompleted"));

        assertThat(call.agent()).isEqualTo(new Agent("102", null));
        assertThat(call.legs())
                .containsExactly(
                        new Leg("102", null, at(3), at(9), LegResult.ANSWERED),
                        new Leg("103", at(1), null, at(10), LegResult.NO_ANSWER));
    }

    @Test
    void theDiallerIsNamedByTheCallThenByDiallingThenByAnyOutgoingEvent() {
        var announced = outbound("a")
                .event(0, "OutgoingCallAgentDialing", "102")
                .event(1, "OutgoingCall", "101")
                .events();
        var other = outbound("a")
                .event(0, "OutgoingCall")
                .event(1, "OutgoingCallConnected", "103")
                .event(2, "OutgoingCallCompleted", "104")
                .events();

        assertThat(fold(announced).agent()).isEqualTo(new Agent("101", null));
        assertThat(fold(other).agent()).isEqualTo(new Agent("103", null));
        assertThat(fold(outbound("a").event(0, "OutgoingCall")).agent()).isNull();
    }

    @Test
    void aTentativeEndIsReopenedByALaterRingOrConnectOnly() {
        var tentative = outbound("a").event(0, "OutgoingCall", "101").event(9, "OutgoingCallCompleted", "101");
        assertThat(fold(tentative).endedAt()).isEqualTo(at(9));

        var reopened = tentative.event(10, "IncomingCallRinging", "105");
        assertThat(fold(reopened).state()).isEqualTo(State.RINGING);
        assertThat(fold(reopened).endedAt()).isNull();

        var endedAgain = reopened.event(11, "OutgoingCallCompleted").event(12, "IncomingCallStopRinging", "105");
        assertThat(fold(endedAgain).endedAt()).isEqualTo(at(11));

        var connected = endedAgain.event(13, "IncomingCallConnected", "105");
        assertThat(fold(connected).state()).isEqualTo(State.CONNECTED);

        var last = connected.event(20, "OutgoingCallCompleted", "101").event(21, "OutgoingCallCompleted");
        assertThat(fold(last).endedAt()).isEqualTo(at(21));
    }

    @Test
    void aFinalEndClosesTheTimeline() {
        var script = inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(26, "IncomingCallCompleted");
        var before = fold(script);

        var events = script.event(27, "IncomingCallConnected", "102")
                .event(28, "SomethingNew")
                .event(29, "IncomingCallCompleted")
                .events();
        var after = CallFold.fold(events).orElseThrow();

        assertThat(withoutVersion(after.call())).isEqualTo(withoutVersion(before));
        assertThat(after.call().version()).isEqualTo(6);
        assertThat(events.stream()
                        .map(event -> after.effects().get(event.id()))
                        .map(effect -> effect != null && effect.afterEnd()))
                .containsExactly(false, false, false, true, true, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"})
    void whatHappensInTheSameInstantCountsInTheOrderOfACallsLife(String callId) {
        var call = fold(inbound(callId)
                .event(5, "IncomingCallCompleted")
                .event(5, "IncomingCallAgentCompleted", "101")
                .event(5, "IncomingCallConnected", "101")
                .event(5, "IncomingCallStopRinging", "101")
                .event(5, "IncomingCallRinging", "101")
                .event(5, "IncomingCall"));

        assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(call.legs()).containsExactly(new Leg("101", at(5), at(5), at(5), LegResult.ANSWERED));
    }

    @Test
    void ofAnEventDeliveredTwiceTheFirstArrivalCounts() {
        var first = inbound("a").untimed(3, "IncomingCallConnected", "101").events();
        var second = inbound("a").untimed(7, "IncomingCallConnected", "101").events();

        assertThat(first.getFirst().id()).isEqualTo(second.getFirst().id());
        assertThat(fold(List.of(first.getFirst(), second.getFirst())).answeredAt())
                .isEqualTo(at(3));
        assertThat(fold(List.of(second.getFirst(), first.getFirst())).answeredAt())
                .isEqualTo(at(3));
    }

    @Test
    void aConnectAfterAnEndedTalkDoesNotAnswerAnAttemptBeforeIt() {
        var call = fold(inbound("a")
                .event(1, "IncomingCallRinging", "101")
                .event(2, "IncomingCallStopRinging", "101")
                .event(3, "IncomingCallConnected", "102")
                .event(4, "IncomingCallRinging", "101")
                .event(5, "IncomingCallConnected", "101")
                .event(6, "IncomingCallCompleted", "101")
                .event(7, "IncomingCallConnected", "101"));

        assertThat(call.legs())
                .containsExactly(
                        new Leg("101", at(1), null, at(2), LegResult.NO_ANSWER),
                        new Leg("102", null, at(3), null, LegResult.TALKING),
                        new Leg("101", at(4), at(5), at(6), LegResult.ANSWERED),
                        new Leg("101", null, at(7), null, LegResult.TALKING));
    }

    @Test
    void onlyAnotherExtensionThatRangAtTheSameTimeAnswersElsewhere() {
        var call = fold(inbound("a")
                .event(1, "IncomingCallRinging", "101")
                .event(2, "IncomingCallRinging", "101")
                .event(9, "IncomingCallConnected", "101")
                .event(9, "IncomingCallRinging", "102")
                .event(20, "IncomingCallCompleted"));

        assertThat(call.legs())
                .containsExactly(
                        new Leg("101", at(1), null, at(20), LegResult.NO_ANSWER),
                        new Leg("101", at(2), at(9), at(20), LegResult.ANSWERED),
                        new Leg("102", at(9), null, at(20), LegResult.NO_ANSWER));
    }

    @Test
    void unknownEventsChangeNothingAndAreNoCall() {
        var unknown = inbound("a").event(-60, "MessageReceived", "109").event(1, "", null);
        assertThat(CallFold.fold(unknown.events())).isEmpty();
        assertThat(CallFold.fold(List.of())).isEmpty();

        var events = unknown.event(0, "IncomingCall").events();
        var folded = CallFold.fold(events).orElseThrow();

        assertThat(folded.call().startedAt()).isEqualTo(at(0));
        assertThat(folded.call().lastEventAt()).isEqualTo(at(0));
        assertThat(folded.call().version()).isEqualTo(3);
        assertThat(folded.effects()).hasSize(3);
        assertThat(folded.effects().get(events.getFirst().id())).isEqualTo(new EventEffect(Set.of(), false));
    }

    @Test
    void withoutTheStartNobodyKnowsHowLongItWas() {
        var call = fold(inbound("a")
                .event(5, "IncomingCallRinging", "101")
                .event(9, "IncomingCallConnected", "101")
                .event(20, "IncomingCallCompleted"));

        assertThat(call.startedAt()).isEqualTo(at(5));
        assertThat(call.waitTime()).isNull();
        assertThat(call.duration()).isNull();
        assertThat(call.talkTime()).isEqualTo(Duration.ofSeconds(11));
        assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IncomingCallCompleted", "CallbackCallCompleted", "OutgoingCallCompleted"})
    void nothingButAnEndIsUnknown(String type) {
        var call = fold(inbound("a").event(5, type));

        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(call.waitTime()).isNull();
        assertThat(call.duration()).isNull();
    }

    @Test
    void anEventWithoutATimeCountsAtItsArrival() {
        var call = fold(inbound("a").event(0, "IncomingCall").untimed(7, "IncomingCallConnected", "101"));

        assertThat(call.answeredAt()).isEqualTo(at(7));
    }

    @ParameterizedTest
    @CsvSource({
        "IncomingCall, INBOUND",
        "IncomingCallRinging, INBOUND",
        "IncomingStopRinging, INBOUND",
        "OutgoingCall, OUTBOUND",
        "OutgoingCallAgentDialing, OUTBOUND",
        "CallbackCall, CALLBACK",
        "CallbackCallRinging, CALLBACK"
    })
    void theEarliestEventsFamilyIsTheDirection(String type, Direction direction) {
        var call = fold(new CallScript("a", "+12025550143", "+13125550117")
                .event(0, type)
                .event(1, "IncomingCallConnected", "101")
                .event(1, "CallbackCallConnected", "102")
                .event(1, "OutgoingCallConnected", "103"));

        assertThat(call.direction()).isEqualTo(direction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "10", "1055", "*101", "*", "70001"})
    void anExtensionOrStarInTheClientsPlaceIsInternal(String address) {
        var incoming = fold(new CallScript("a", address, BUSINESS)
                .event(0, "IncomingCall")
                .event(1, "IncomingCallRinging", "70001"));
        var outgoing = fold(new CallScript("a", BUSINESS, address).event(0, "OutgoingCall", "70001"));

        assertThat(incoming.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(incoming.client()).isNull();
        assertThat(outgoing.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(outgoing.businessNumber()).isEqualTo(BUSINESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "911",
                "112",
                "999",
                "988",
                "933",
                "211",
                "311",
                "411",
                "511",
                "611",
                "711",
                "811",
                "+101",
                "7",
                "70001",
                "Pricing page widget",
                "１０１"
            })
    void publicServicesAndEverythingElseAreClients(String address) {
        var call = fold(new CallScript("a", BUSINESS, address).event(0, "OutgoingCall", "101"));

        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.client()).isEqualTo(new Client(address, null));
    }

    @Test
    void anInternalCallToldAsIncomingBelongsToWhoPlacedIt() {
        var call = fold(
                new CallScript("a", "101", "105").event(0, "IncomingCall").event(2, "IncomingCallConnected", "105"));

        assertThat(call.agent()).isEqualTo(new Agent("101", null));
    }

    @Test
    void anInternalBusinessSideIsNoBusinessNumber() {
        var call = fold(new CallScript("a", "*101", "*105").event(0, "IncomingCallRinging", "105"));

        assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(call.businessNumber()).isNull();
        assertThat(call.agent()).isNull();
    }

    @Test
    void onlyTheEarliest10000EventsAreFolded() {
        var script = inbound("a").event(0, "IncomingCall");
        for (var i = 1; i <= CallFold.MAX_EVENTS + 5; i++) {
            var ignored = script.event(i, i % 2 == 0 ? "IncomingCallStopRinging" : "IncomingCallRinging", "101");
        }

        var call = fold(script.event(20_000, "IncomingCallCompleted"));

        assertThat(call.state()).isEqualTo(State.RINGING);
        assertThat(call.legs()).hasSize(CallFold.MAX_EVENTS / 2);
        assertThat(call.version()).isEqualTo(CallFold.MAX_EVENTS + 7);
    }

    @Test
    void theTimelineNamesWhatEachEventSet() {
        var events = CallFixtures.answeredCall();
        var effects = CallFold.fold(events).orElseThrow().effects();

        assertThat(events.stream().map(event -> effects.get(event.id())))
                .containsExactly(
                        new EventEffect(Set.of("business_number", "client", "direction", "started_at"), false),
                        new EventEffect(Set.of("legs"), false),
                        new EventEffect(Set.of("agent", "answered_at", "legs", "outcome"), false),
                        new EventEffect(Set.of("duration_seconds", "ended_at"), false));
    }

    private static Call withoutVersion(Call call) {
        return CallFoldPropertyTest.withVersion(call, 0);
    }

    private static Call fold(CallScript script) {
        return fold(script.events());
    }

    private static Call fold(List<CallEvent> events) {
        return CallFold.fold(events).orElseThrow().call();
    }
}
