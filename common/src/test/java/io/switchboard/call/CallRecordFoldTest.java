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
import io.switchboard.call.Call.LegResult;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.Recording;
import io.switchboard.call.Call.State;
import io.switchboard.call.CallRecord.Party;
import io.switchboard.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the provider's own records add to a call, or decide. */
class CallRecordFoldTest {

    @Test
    void aRecordConfirmsAndNamesAnAnsweredCall() {
        var events = new java.util.ArrayList<>(CallFixtures.answeredCall());
        events.add(CallFixtures.answeredCallRecord());

        var folded = CallFold.fold(events).orElseThrow();
        var call = folded.call();

        assertThat(call.confirmed()).isTrue();
        assertThat(call.sources()).containsExactly(Source.WEBHOOK, Source.POLL);
        assertThat(call.duration()).isEqualTo(Duration.ofMillis(70_214));
        assertThat(call.endedAt()).isEqualTo(at(70.2));
        assertThat(call.client()).isEqualTo(new Client(CLIENT, "Dana Ortiz"));
        assertThat(call.agent()).isEqualTo(new Agent("101", "Alex Moreno"));
        assertThat(call.lastEventAt()).isEqualTo(at(70.214));
        assertThat(folded.effects().get(events.getLast().id()))
                .isEqualTo(new EventEffect(java.util.Set.of("agent", "client", "duration_seconds", "outcome"), false));
    }

    @Test
    void aCallKnownByItsRecordAlone() {
        var call = fold(inbound("a").record(80, CallFixtures.incomingRecord("Missed", 26_003, false)));

        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.outcome()).isEqualTo(Outcome.MISSED);
        assertThat(call.client()).isEqualTo(new Client(CLIENT, "Dana Ortiz"));
        assertThat(call.businessNumber()).isEqualTo(BUSINESS);
        assertThat(call.agent()).isNull();
        assertThat(call.startedAt()).isEqualTo(at(0));
        assertThat(call.endedAt()).isEqualTo(at(26.003));
        assertThat(call.waitTime()).isEqualTo(Duration.ofMillis(26_003));
        assertThat(call.legs()).isEmpty();
        assertThat(call.sources()).containsExactly(Source.POLL);
        assertThat(call.version()).isEqualTo(1);
    }

    @Test
    void anAnsweredCallKnownByItsRecordAloneHasNoAnswerTime() {
        var call = fold(inbound("a").record(80, CallFixtures.incomingRecord("Connected", 70_000, true)));

        assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(call.agent()).isEqualTo(new Agent("101", "Alex Moreno"));
        assertThat(call.answeredAt()).isNull();
        assertThat(call.waitTime()).isNull();
        assertThat(call.talkTime()).isNull();
    }

    @Test
    void anOutgoingCallKnownByItsRecordAloneIsItsCallers() {
        var call = fold(outbound("a").record(80, outgoingRecord("Connected", new Party(null, null, CLIENT, true))));

        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.client()).isEqualTo(new Client(CLIENT, null));
        assertThat(call.agent()).isEqualTo(new Agent("101", "Alex Moreno"));
    }

    @Test
    void aRecordToAColleagueIsInternal() {
        var call =
                fold(outbound("a").record(80, outgoingRecord("Missed", new Party("Priya Nair", "102", null, false))));

        assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(call.client()).isNull();
        assertThat(call.agent()).isEqualTo(new Agent("101", "Alex Moreno"));
        assertThat(call.outcome()).isEqualTo(Outcome.UNANSWERED);
    }

    @ParameterizedTest
    @CsvSource({
        "Connected, ANSWERED, ANSWERED",
        "connected, ANSWERED, ANSWERED",
        "Missed, MISSED, UNANSWERED",
        "Canceled, MISSED, UNANSWERED",
        "NoAnswer, MISSED, UNANSWERED",
        "VoiceMail, VOICEMAIL, VOICEMAIL",
        "Dropped, DROPPED, DROPPED",
        "Scheduled, UNKNOWN, UNKNOWN"
    })
    void theStatusIsTheOutcome(String status, Outcome incoming, Outcome outgoing) {
        var in = inbound("a").record(80, CallFixtures.incomingRecord(status, 1_000, false));
        var out = outbound("a").record(80, outgoingRecord(status, new Party(null, null, CLIENT, false)));

        assertThat(fold(in).outcome()).isEqualTo(incoming);
        assertThat(fold(out).outcome()).isEqualTo(outgoing);
    }

    @Test
    void anUnknownStatusLeavesTheOutcomeToTheEvents() {
        var script = inbound("a")
                .event(0, "IncomingCall")
                .event(26, "IncomingCallCompleted")
                .record(80, CallFixtures.incomingRecord("Scheduled", 26_000, false));

        assertThat(fold(script).outcome()).isEqualTo(Outcome.MISSED);
    }

    @Test
    void aCallbacksMissedRecordIsUnanswered() {
        var script = outbound("a")
                .event(0, "CallbackCall")
                .event(26, "CallbackCallCompleted")
                .record(80, CallFixtures.incomingRecord("Missed", 26_000, false));

        assertThat(fold(script).direction()).isEqualTo(Direction.CALLBACK);
        assertThat(fold(script).outcome()).isEqualTo(Outcome.UNANSWERED);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "Incoming, INBOUND",
                "inbound, INBOUND",
                "Outgoing, OUTBOUND",
                "Outbound, OUTBOUND",
                "Callback, CALLBACK",
                "Internal, INTERNAL",
                "Sideways, UNKNOWN",
                "none, UNKNOWN"
            })
    void theRecordsDirectionWordCountsOnlyWithoutEvents(@Nullable String word, Direction direction) {
        var record = record(word, "Connected", at(0), Duration.ofSeconds(9));

        assertThat(fold(inbound("a").record(80, record)).direction()).isEqualTo(direction);
        assertThat(fold(inbound("a").event(0, "IncomingCall").record(80, record))
                        .direction())
                .isEqualTo(Direction.INBOUND);
    }

    @Test
    void aRecordEndsACallWhoseEndWasNeverTold() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .record(80, CallFixtures.incomingRecord("Missed", 26_000, false)));

        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.endedAt()).isEqualTo(at(26));
        assertThat(call.legs()).singleElement().satisfies(leg -> {
            assertThat(leg.endedAt()).isEqualTo(at(26));
            assertThat(leg.result()).isEqualTo(LegResult.NO_ANSWER);
        });
    }

    @Test
    void aRecordWithoutDurationEndsACallAtAnUnknownTime() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallConnected", "101")
                .record(80, record("Incoming", "Connected", at(0), null)));

        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.endedAt()).isNull();
        assertThat(call.talkTime()).isNull();
        assertThat(call.duration()).isNull();
        assertThat(call.legs())
                .singleElement()
                .satisfies(leg -> assertThat(leg.result()).isEqualTo(LegResult.ANSWERED));
    }

    @Test
    void aRecordInProgressEndsAndConfirmsNothing() {
        var events = fold(inbound("a").event(0, "IncomingCall").record(80, record("Incoming", null, at(0), null)));
        var ringing = fold(inbound("a").record(80, record("Outgoing", null, at(0), null)));

        assertThat(events.state()).isEqualTo(State.RINGING);
        assertThat(events.confirmed()).isFalse();
        assertThat(ringing.state()).isEqualTo(State.RINGING);
        assertThat(ringing.outcome()).isNull();
    }

    @Test
    void aRecordInProgressWhosePartyTalksIsConnected() {
        var record = new CallRecord(
                "Outgoing", null, at(0), null, null, List.of(new Party(null, null, CLIENT, true)), BUSINESS, null);

        assertThat(fold(outbound("a").record(5, record)).state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void anOutgoingCallWhoseDiallerNobodyNamesHasNoAgent() {
        var call = fold(
                new CallScript("a", BUSINESS, "105").event(0, "OutgoingCall").event(8, "IncomingCallConnected", "105"));

        assertThat(call.agent()).isNull();
    }

    @Test
    void aLegThatOnlyTheRecordCallsConnectedIsUnknown() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(70, "IncomingCallCompleted")
                .record(80, CallFixtures.incomingRecord("Connected", 70_000, true)));

        assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(call.agent()).isEqualTo(new Agent("101", "Alex Moreno"));
        assertThat(call.legs())
                .singleElement()
                .satisfies(leg -> assertThat(leg.result()).isEqualTo(LegResult.UNKNOWN));
    }

    @Test
    void aRecordDoesNotUnsettleTheAttemptsOfAnExtensionThatTalked() {
        var call = fold(inbound("a")
                .event(1, "IncomingCallRinging", "101")
                .event(2, "IncomingCallStopRinging", "101")
                .event(3, "IncomingCallRinging", "101")
                .event(4, "IncomingCallConnected", "101")
                .event(70, "IncomingCallCompleted")
                .record(80, CallFixtures.incomingRecord("Connected", 70_000, true)));

        assertThat(call.legs().getFirst().result()).isEqualTo(LegResult.NO_ANSWER);
    }

    @ParameterizedTest
    @CsvSource({"-0.999, 0", "-1, -1", "-5, -5", "3, 0"})
    void theRecordsStartCountsWhenItIsEarlierByASecond(double recordStart, double start) {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .record(80, record("Incoming", "Missed", at(recordStart), Duration.ofSeconds(5))));

        assertThat(call.startedAt()).isEqualTo(at(start));
    }

    @Test
    void theLatestRecordWinsAndOlderOnesFillItsGaps() {
        var call = fold(inbound("a")
                .record(
                        90,
                        new CallRecord(
                                null,
                                "Connected",
                                null,
                                Duration.ofSeconds(9),
                                null,
                                List.of(),
                                null,
                                "https://b.example/2"))
                .record(
                        80,
                        new CallRecord(
                                "Incoming",
                                "Missed",
                                at(0),
                                Duration.ofSeconds(8),
                                null,
                                List.of(),
                                BUSINESS,
                                "https://a.example/1")));

        assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(call.duration()).isEqualTo(Duration.ofSeconds(9));
        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(call.businessNumber()).isEqualTo(BUSINESS);
        assertThat(call.startedAt()).isEqualTo(at(0));
        assertThat(call.recording()).isEqualTo(new Recording(Recording.Status.READY, "https://b.example/2"));
    }

    @Test
    void aRecordThatLacksAFieldTakesNothingFromAnOlderOne() {
        var full = CallFixtures.incomingRecord("Connected", 70_000, true);
        var recorded = new CallRecord(
                full.direction(),
                full.status(),
                full.startedAt(),
                full.duration(),
                full.caller(),
                full.called(),
                full.businessNumber(),
                "https://a.example/1");
        var poorer =
                new CallRecord("Sideways", "Odd", null, null, new Party(null, null, null, null), List.of(), null, null);

        var before = fold(inbound("a").record(80, recorded));
        var after = fold(inbound("a").record(80, recorded).record(900, poorer));

        assertThat(CallFoldPropertyTest.withVersion(after, 0))
                .usingRecursiveComparison()
                .ignoringFields("lastEventAt")
                .isEqualTo(CallFoldPropertyTest.withVersion(before, 0));
    }

    @Test
    void aStatusThatNobodyKnowsNeitherEndsNorConfirms() {
        var call =
                fold(inbound("a").event(0, "IncomingCall").record(80, record("Incoming", "InProgress", at(0), null)));

        assertThat(call.state()).isEqualTo(State.RINGING);
        assertThat(call.confirmed()).isFalse();
    }

    @Test
    void aRecordIsNeverAfterTheEnd() {
        var events = inbound("a")
                .event(0, "IncomingCall")
                .event(26, "IncomingCallCompleted")
                .record(80, record("Incoming", "Missed", at(30), Duration.ofSeconds(26)))
                .events();

        var effect = CallFold.fold(events)
                .orElseThrow()
                .effects()
                .get(events.getLast().id());

        assertThat(effect).isNotNull();
        assertThat(effect).matches(found -> !found.afterEnd());
    }

    @Test
    void aRecordsStartThatNobodyCanBelieveIsNone() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .record(
                        80,
                        record("Incoming", "Missed", Instant.parse("1999-01-01T00:00:00Z"), Duration.ofSeconds(5))));

        assertThat(call.startedAt()).isEqualTo(at(0));
        assertThat(call.endedAt()).isEqualTo(at(5));
    }

    private static CallRecord outgoingRecord(String status, Party called) {
        return new CallRecord(
                "Outgoing",
                status,
                at(0),
                Duration.ofSeconds(31),
                new Party("Alex Moreno", "101", null, null),
                List.of(called),
                BUSINESS,
                null);
    }

    private static CallRecord record(
            @Nullable String direction, @Nullable String status, Instant start, @Nullable Duration duration) {
        return new CallRecord(direction, status, start, duration, null, List.of(), null, null);
    }

    private static Call fold(CallScript script) {
        return CallFold.fold(script.events()).orElseThrow().call();
    }
}
