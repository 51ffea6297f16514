package io.switchboard.call;

import static io.switchboard.call.CallScript.at;
import static io.switchboard.call.CallScript.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.LegResult;
import io.switchboard.call.Call.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose end no webhook told, and records that are dated by another clock than the webhooks. */
class CallClockTest {

    @ParameterizedTest
    @ValueSource(doubles = {-3_600, -300, -0.6, 0, 0.6, 300, 3_600})
    void aLostEndIsTheStartPlusTheDurationWhateverTheRecordsClock(double skew) {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(9, "IncomingCallConnected", "101")
                .record(9_000, record("Connected", at(skew), 70.0)));

        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.duration()).isEqualTo(Duration.ofSeconds(70));
        assertThat(call.endedAt()).isEqualTo(at(70));
        assertThat(call.talkTime()).isEqualTo(Duration.ofSeconds(61));
        assertThat(call.legs()).singleElement().satisfies(leg -> {
            assertThat(leg.endedAt()).isEqualTo(at(70));
            assertThat(leg.result()).isEqualTo(LegResult.ANSWERED);
        });
    }

    @Test
    void anUnansweredCallOfARecordThatRunsAheadWaitedAsLongAsItLasted() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .record(80, record("Missed", at(-3_600), 26.0)));

        assertThat(call.startedAt()).isEqualTo(at(-3_600));
        assertThat(call.waitTime()).isEqualTo(Duration.ofSeconds(26));
        assertThat(call.legs())
                .singleElement()
                .satisfies(leg -> assertThat(leg.endedAt()).isNull());
    }

    @Test
    void anEndBeforeTheAnswerIsUnknown() {
        var call = fold(
                inbound("a").event(9, "IncomingCallConnected", "101").record(80, record("Connected", at(-0.5), 0.0)));

        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.endedAt()).isNull();
        assertThat(call.talkTime()).isNull();
    }

    @Test
    void anEndThatRoundingPutsBeforeTheAnswerIsTheAnswer() {
        var call = fold(
                inbound("a").event(9.4, "IncomingCallConnected", "101").record(80, record("Connected", at(0), 9.0)));

        assertThat(call.endedAt()).isEqualTo(at(9.4));
        assertThat(call.talkTime()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aRecordWithoutAStartEndsTheCallItsDurationAfterTheFirstEvent() {
        var call = fold(inbound("a").event(0, "IncomingCall").record(80, record("Missed", null, 26.0)));
        var headless =
                fold(inbound("a").event(5, "IncomingCallRinging", "101").record(80, record("Missed", null, 26.0)));

        assertThat(call.endedAt()).isEqualTo(at(26));
        assertThat(headless.state()).isEqualTo(State.ENDED);
        assertThat(headless.endedAt()).isNull();
    }

    @Test
    void aNegativeDurationIsNone() {
        var call = fold(inbound("a").event(0, "IncomingCall").record(80, record(null, at(0), -5.0)));

        assertThat(call.state()).isEqualTo(State.RINGING);
        assertThat(call.duration()).isNull();
    }

    @Test
    void anEndThatIsToldAfterTheRecordGivesItsExactMoment() {
        var script = inbound("a").event(0, "IncomingCall").record(80, record("Missed", at(0), 26.0));
        assertThat(fold(script).endedAt()).isEqualTo(at(26));

        var call = fold(script.event(26.3, "IncomingCallCompleted"));

        assertThat(call.endedAt()).isEqualTo(at(26.3));
        assertThat(call.duration()).isEqualTo(Duration.ofSeconds(26));
        assertThat(call.confirmed()).isTrue();
    }

    @Test
    void onlyAFinalEndPutsALaterStampedEventAfterTheEnd() {
        var open = inbound("a").event(0, "IncomingCall").record(80, record("Missed", at(0), 26.0));
        var late = open.event(27, "IncomingCallStopRinging", "101").events();
        var ended = open.event(26.3, "IncomingCallCompleted").events();

        assertThat(afterEnd(late)).containsOnly(false);
        assertThat(afterEnd(ended)).containsExactly(false, false, false, true);
    }

    @Test
    void aRecordHoursLaterClosesACallThatNeverEnded() {
        var call = fold(inbound("a")
                .event(0, "IncomingCall")
                .event(9, "IncomingCallConnected", "101")
                .record(30 * 3_600, record("Connected", at(0), 70.0)));

        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.outcome()).isEqualTo(Call.Outcome.ANSWERED);
        assertThat(call.confirmed()).isTrue();
        assertThat(call.endedAt()).isEqualTo(at(70));
    }

    private static List<Boolean> afterEnd(List<CallEvent> events) {
        var effects = CallFold.fold(events).orElseThrow().effects();
        return effects.values().stream().map(EventEffect::afterEnd).toList();
    }

    private static CallRecord record(@Nullable String status, @Nullable Instant start, double seconds) {
        return new CallRecord(
                "Incoming", status, start, Duration.ofMillis(Math.round(seconds * 1_000)), null, List.of(), null, null);
    }

    private static Call fold(CallScript script) {
        return CallFold.fold(script.events()).orElseThrow().call();
    }
}
