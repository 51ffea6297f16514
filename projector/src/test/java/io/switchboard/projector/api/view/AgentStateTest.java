package io.switchboard.projector.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Source;
import io.switchboard.projector.api.view.AgentState.Ended;
import io.switchboard.projector.api.view.AgentState.Evidence;
import io.switchboard.projector.api.view.AgentState.OpenLeg;
import io.switchboard.projector.api.view.AgentState.Polled;
import io.switchboard.projector.api.view.AgentState.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AgentStateTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private static OpenLeg leg(String call, boolean talking, int minutesAgo, int holdsMinutes) {
        var since = ago(minutesAgo);
        return new OpenLeg(call, talking, Source.WEBHOOK, since, since.plus(Duration.ofMinutes(holdsMinutes)));
    }

    private static OpenLeg talking(String call, int minutesAgo) {
        return leg(call, true, minutesAgo, 240);
    }

    private static OpenLeg ringing(String call, int minutesAgo) {
        return leg(call, false, minutesAgo, 240);
    }

    private static Ended ended(int minutesAgo) {
        return new Ended("call-0", Source.WEBHOOK, ago(minutesAgo));
    }

    private static Polled polled(String status, int seenMinutesAgo, int confirmedMinutesAgo) {
        return new Polled(status, "e1", ago(seenMinutesAgo), ago(confirmedMinutesAgo));
    }

    private static Instant ago(int minutes) {
        return NOON.minus(Duration.ofMinutes(minutes));
    }

    static Stream<Arguments> cases() {
        return Stream.concat(inCalls(), outsideCalls());
    }

    private static Stream<Arguments> inCalls() {
        return Stream.of(
                row("nothing is known", State.UNKNOWN, null, null, List.of(), null, null),
                row("a leg rings", State.RINGING, 1, "ringing", List.of(ringing("a", 1)), null, null),
                row("a leg talks", State.ON_CALL, 2, "talking", List.of(talking("a", 2)), null, null),
                row(
                        "talking beats ringing",
                        State.ON_CALL,
                        9,
                        "talking",
                        List.of(ringing("a", 1), talking("b", 9)),
                        null,
                        null),
                row(
                        "a call beats a newer poll",
                        State.ON_CALL,
                        2,
                        "talking",
                        List.of(talking("a", 2)),
                        null,
                        polled("available", 1, 0)),
                row(
                        "a ring beats dnd",
                        State.RINGING,
                        1,
                        "ringing",
                        List.of(ringing("a", 1)),
                        null,
                        polled("dnd", 30, 0)),
                row(
                        "a silent call is no evidence",
                        State.UNKNOWN,
                        null,
                        null,
                        List.of(leg("a", true, 240, 240)),
                        null,
                        null),
                row(
                        "a silent call leaves the gap to the poll",
                        State.DND,
                        30,
                        "status",
                        List.of(leg("a", true, 241, 240)),
                        null,
                        polled("dnd", 30, 1)));
    }

    private static Stream<Arguments> outsideCalls() {
        return Stream.of(
                row("a call ended", State.UNKNOWN, 3, "call_ended", List.of(), ended(3), null),
                row("a setting outlives a call", State.DND, 30, "status", List.of(), ended(3), polled("dnd", 30, 10)),
                row(
                        "available again since the call ended",
                        State.AVAILABLE,
                        3,
                        "status",
                        List.of(),
                        ended(3),
                        polled("available", 30, 10)),
                row(
                        "on_call was polled before the call ended",
                        State.UNKNOWN,
                        3,
                        "call_ended",
                        List.of(),
                        ended(3),
                        polled("on_call", 10, 3)),
                row(
                        "on_call was polled after a call ended",
                        State.ON_CALL,
                        10,
                        "status",
                        List.of(),
                        ended(3),
                        polled("on_call", 10, 2)),
                row("on_call expires sooner", State.UNKNOWN, 0, "status", List.of(), null, polled("on_call", 15, 15)),
                row("a status expires", State.UNKNOWN, 0, "status", List.of(), null, polled("available", 90, 45)),
                row(
                        "a status expired before the last call ended",
                        State.UNKNOWN,
                        3,
                        "call_ended",
                        List.of(),
                        ended(3),
                        polled("available", 90, 60)));
    }

    private static Arguments row(
            String name,
            State state,
            @Nullable Integer sinceMinutesAgo,
            @Nullable String kind,
            List<OpenLeg> open,
            @Nullable Ended ended,
            @Nullable Polled polled) {
        return Arguments.of(
                name,
                state,
                sinceMinutesAgo == null ? null : ago(sinceMinutesAgo),
                kind,
                new Evidence(open, ended, polled));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void evidenceDecides(String name, State state, @Nullable Instant since, @Nullable String kind, Evidence evidence) {
        var judged = AgentState.of(evidence, NOON);

        assertThat(judged.state()).isEqualTo(state);
        assertThat(judged.since()).isEqualTo(since);
        assertThat(judged.proof() == null ? null : judged.proof().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "available, AVAILABLE",
        "dnd, DND",
        "wrap_up, DND",
        "outbound_only, DND",
        "on_call, ON_CALL",
        "offline, OFFLINE",
        "whatever, UNKNOWN"
    })
    void theProvidersWordsBecomeStates(String status, State state) {
        var judged = AgentState.of(new Evidence(List.of(), null, polled(status, 5, 1)), NOON);

        assertThat(judged.state()).isEqualTo(state);
    }

    @Test
    void ofSeveralCallsTheLastBegunCounts() {
        var judged = AgentState.of(new Evidence(List.of(talking("a", 9), talking("b", 2)), null, null), NOON);

        assertThat(judged.proof())
                .isNotNull()
                .extracting(AgentState.Proof::callId)
                .isEqualTo("b");
    }

    @Test
    void evidenceHoldsToTheLastMoment() {
        var status = polled("available", 45, 45);

        assertThat(AgentState.of(new Evidence(List.of(), null, status), NOON.minusNanos(1))
                        .state())
                .isEqualTo(State.AVAILABLE);
        assertThat(AgentState.of(new Evidence(List.of(), null, status), NOON).state())
                .isEqualTo(State.UNKNOWN);
    }
}
