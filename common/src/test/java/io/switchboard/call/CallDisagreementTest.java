package io.switchboard.call;

import static io.switchboard.call.CallScript.BUSINESS;
import static io.switchboard.call.CallScript.CLIENT;
import static io.switchboard.call.CallScript.at;
import static io.switchboard.call.CallScript.inbound;
import static io.switchboard.call.CallScript.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.Client;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.CallRecord.Party;
import io.switchboard.call.Disagreement.Field;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a disagreement of the two doors, and what does not. */
class CallDisagreementTest {

    @Test
    void aRecordThatSaysTheSameDisagreesInNothing() {
        var events = new java.util.ArrayList<>(CallFixtures.answeredCall());
        events.add(CallFixtures.answeredCallRecord());

        assertThat(CallFold.fold(events).orElseThrow().disagreements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.999, false",
        "1, true",
        "-0.999, false",
        "-1, true",
        "3600, true",
    })
    void startsDisagreeFromOneSecondOn(double recordStart, boolean expected) {
        var script = answered().record(80, record("Connected", recordStart, 70.0));

        assertThat(disputed(script).contains(Field.STARTED_AT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-20, false", "4.5, false", "6, true"})
    void withoutTheEventThatStartsTheCallOnlyALaterRecordDisagrees(double recordStart, boolean expected) {
        var script = inbound("a")
                .event(5, "IncomingCallRinging", "101")
                .event(70, "IncomingCallCompleted")
                .record(80, record("Missed", recordStart, 70 - recordStart));

        assertThat(disputed(script)).isEqualTo(expected ? List.of(Field.STARTED_AT) : List.of());
    }

    @Test
    void aTimeThatIsAnArrivalDisagreesWithNoRecord() {
        var script = inbound("a")
                .untimed(60, "IncomingCall", null)
                .untimed(130, "IncomingCallCompleted", null)
                .record(200, record("Missed", 0, 20.0));

        assertThat(disputed(script)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"68.001, false", "71.999, false", "72, true", "68, true"})
    void durationsAndEndsDisagreeFromTwoSecondsOn(double seconds, boolean expected) {
        var script = answered().record(80, record("Connected", 0, seconds));

        assertThat(disputed(script)).isEqualTo(expected ? List.of(Field.ENDED_AT, Field.DURATION_SECONDS) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"30, true", "69, false", "200, false"})
    void anOpenCallDisagreesWithARecordThatEndsItBeforeItsLastEvent(double seconds, boolean expected) {
        var script = inbound("a")
                .event(0, "IncomingCall")
                .event(9, "IncomingCallConnected", "101")
                .event(70, "IncomingCallRinging", "102")
                .record(300, record("Connected", 0, seconds));

        assertThat(disputed(script)).isEqualTo(expected ? List.of(Field.ENDED_AT) : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "IncomingCallConnected, Missed, true",
        "IncomingCallConnected, VoiceMail, true",
        "IncomingCallConnected, Dropped, true",
        "IncomingCallConnected, Connected, false",
        "IncomingCallConnected, Odd, false",
        "IncomingCallStopRinging, Connected, true",
        "IncomingCallStopRinging, Missed, false",
        "IncomingCallStopRinging, VoiceMail, false",
        "IncomingCallStopRinging, Dropped, false",
        "IncomingStopRinging, Missed, false",
    })
    void outcomesDisagreeAboutWhetherSomebodyAnswered(String type, String status, boolean expected) {
        var script = inbound("a")
                .event(0, "IncomingCall")
                .event(9, type, "103")
                .event(70, "IncomingCallCompleted")
                .record(80, record(status, 0, 70.0));

        assertThat(disputed(script)).isEqualTo(expected ? List.of(Field.OUTCOME) : List.of());
    }

    @Test
    void eventsWithoutAnEndDoNotDenyAnAnswer() {
        var script = inbound("a").event(0, "IncomingCall").record(80, record("Connected", 0, 70.0));

        assertThat(disputed(script)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+13125550117, +13125550117, false",
        "+13125550117, (312) 555-0117, false",
        "3125550117, 13125550117, false",
        "+13125550117, +13125550118, true",
        "+13125550117, +445550117, true",
        "Contact form, +13125550117, false",
        "anonymous, +13125550117, false",
    })
    void clientsAreComparedByTheirDigits(String told, String recorded, boolean expected) {
        var folded = fold(new CallScript("a", told, BUSINESS)
                .event(0, "IncomingCall")
                .record(80, incoming(new Party("Dana Ortiz", null, recorded, null), BUSINESS)));

        assertThat(fields(folded)).isEqualTo(expected ? List.of(Field.CLIENT) : List.of());
        var sameNumber = !expected && PhoneNumber.hasDigits(told);
        assertThat(folded.call().client()).isEqualTo(new Client(sameNumber ? told : recorded, "Dana Ortiz"));
    }

    @Test
    void aWidgetGivesItsNameToTheNumberThatOnlyTheRecordKnows() {
        var call = fold(new CallScript("a", "Contact form", BUSINESS)
                        .event(0, "IncomingCall")
                        .record(80, incoming(new Party(null, null, CLIENT, null), BUSINESS)))
                .call();

        assertThat(call.client()).isEqualTo(new Client(CLIENT, "Contact form"));
    }

    @Test
    void ofSeveralNumbersOutsideTheOneThatEventsTellStays() {
        var folded = fold(outbound("a")
                .event(0, "OutgoingCall", "101")
                .record(
                        80,
                        outgoing(
                                "101",
                                new Party(null, null, "+13125550188", true),
                                new Party(null, null, CLIENT, true))));

        assertThat(folded.call().client()).isEqualTo(new Client(CLIENT, null));
        assertThat(folded.disagreements()).isEmpty();
    }

    @Test
    void aRecordWithoutANumberOutsideSaysNothingOfTheClient() {
        var folded = fold(outbound("a")
                .event(0, "OutgoingCall", "101")
                .record(80, outgoing("101", new Party("Priya Nair", "102", "+13125550188", true))));

        assertThat(folded.call().direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(folded.call().client()).isEqualTo(new Client(CLIENT, null));
        assertThat(folded.disagreements()).isEmpty();
    }

    @Test
    void aCallThatEventsPlaceInsideStaysThereAndDisagrees() {
        var folded = fold(new CallScript("a", BUSINESS, "105")
                .event(0, "OutgoingCall", "101")
                .record(80, outgoing("101", new Party(null, null, CLIENT, true))));

        assertThat(folded.call().direction()).isEqualTo(Direction.INTERNAL);
        assertThat(folded.call().client()).isNull();
        assertThat(fields(folded)).containsExactly(Field.CLIENT);
    }

    @ParameterizedTest
    @CsvSource({"Incoming", "Outgoing", "Callback", "Internal"})
    void aCallbacksClientIsFoundWhicheverWayTheRecordPutsIt(String word) {
        var asCaller = new CallRecord(
                word,
                "Connected",
                at(0),
                null,
                new Party("Dana Ortiz", null, CLIENT, null),
                List.of(new Party(null, "101", null, true)),
                BUSINESS,
                null);
        var asCalled = new CallRecord(
                word,
                "Connected",
                at(0),
                null,
                new Party(null, null, BUSINESS, null),
                List.of(new Party(null, "101", null, true), new Party("Dana Ortiz", null, CLIENT, true)),
                BUSINESS,
                null);

        for (var record : List.of(asCaller, asCalled)) {
            var folded = fold(outbound("a").event(0, "CallbackCall").record(80, record));
            assertThat(folded.call().client()).isEqualTo(new Client(CLIENT, "Dana Ortiz"));
            assertThat(folded.call().direction()).isEqualTo(Direction.CALLBACK);
            assertThat(folded.disagreements()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"+12025550143, false", "2025550143, false", "+12025550199, true", "*101, false"})
    void businessNumbersAreComparedByTheirDigits(String recorded, boolean expected) {
        var folded = fold(inbound("a")
                .event(0, "IncomingCall")
                .record(80, incoming(new Party(null, null, null, null), recorded)));

        assertThat(fields(folded)).isEqualTo(expected ? List.of(Field.BUSINESS_NUMBER) : List.of());
        assertThat(folded.call().businessNumber()).isEqualTo(expected ? recorded : BUSINESS);
    }

    @ParameterizedTest
    @CsvSource({"Incoming, false", "Outgoing, true", "Callback, true", "Internal, true", "Sideways, false"})
    void anIncomingCallDisagreesWithEveryOtherWord(String word, boolean expected) {
        var record = new CallRecord(word, "Missed", at(0), null, null, List.of(), null, null);

        assertThat(disputed(inbound("a").event(0, "IncomingCall").record(80, record)))
                .isEqualTo(expected ? List.of(Field.DIRECTION) : List.of());
    }

    @Test
    void anotherDiallerIsAnotherAgent() {
        var folded = fold(outbound("a")
                .event(0, "OutgoingCall", "101")
                .record(80, outgoing("104", new Party(null, null, CLIENT, true))));

        assertThat(folded.call().agent()).isEqualTo(new Call.Agent("101", null));
        assertThat(fields(folded)).containsExactly(Field.AGENT);
    }

    @Test
    void anAnswerThatOnlyOneOfThemSawIsADisputedLeg() {
        var script = inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallConnected", "105")
                .event(20, "IncomingCallRinging", "101")
                .event(70, "IncomingCallCompleted")
                .record(
                        80,
                        new CallRecord(
                                "Incoming",
                                "Connected",
                                at(0),
                                Duration.ofSeconds(70),
                                null,
                                List.of(new Party(null, "105", null, true), new Party(null, "101", null, true)),
                                null,
                                null));

        assertThat(disputed(script)).containsExactly(Field.LEGS);
    }

    @Test
    void aRecordThatIsCorrectedNoLongerDisagrees() {
        var script = answered().record(80, record("Missed", 0, 70.0)).record(900, record("Connected", 0, 70.0));
        var folded = fold(script);

        assertThat(folded.disagreements()).isEmpty();
        assertThat(folded.effects().values())
                .allMatch(effect -> effect.disagrees().isEmpty());
    }

    private static CallScript answered() {
        return inbound("a")
                .event(0, "IncomingCall")
                .event(9, "IncomingCallConnected", "101")
                .event(70, "IncomingCallCompleted");
    }

    private static CallRecord record(String status, double start, double seconds) {
        return new CallRecord(
                "Incoming",
                status,
                at(start),
                Duration.ofMillis(Math.round(seconds * 1_000)),
                null,
                List.of(),
                null,
                null);
    }

    private static CallRecord incoming(Party caller, @Nullable String business) {
        return new CallRecord("Incoming", "Missed", at(0), null, caller, List.of(), business, null);
    }

    private static CallRecord outgoing(String dialler, Party... called) {
        return new CallRecord(
                "Outgoing",
                "Connected",
                at(0),
                null,
                new Party(null, dialler, null, null),
                List.of(called),
                BUSINESS,
                null);
    }

    private static List<Field> disputed(CallScript script) {
        return fields(fold(script));
    }

    private static List<Field> fields(FoldedCall folded) {
        return folded.disagreements().stream().map(Disagreement::field).toList();
    }

    private static FoldedCall fold(CallScript script) {
        return CallFold.fold(script.events()).orElseThrow();
    }
}
