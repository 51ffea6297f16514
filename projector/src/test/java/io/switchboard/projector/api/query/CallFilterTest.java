package io.switchboard.projector.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.State;
import io.switchboard.event.Source;
import io.switchboard.http.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallFilterTest {
    private static final List<String> PARAMETERS = List.of(
            "started_after",
            "started_before",
            "direction",
            "state",
            "outcome",
            "number",
            "extension",
            "client",
            "min_talk_seconds",
            "has_recording",
            "source",
            "limit",
            "cursor");
    private static final List<String> ONCE = List.of(
            "started_after=2026-03-09T17:00:00Z",
            "started_before=2026-03-09T17:00:00Z",
            "min_talk_seconds=3",
            "has_recording=true",
            "limit=3",
            "cursor=x");

    @Test
    void readsEveryParameter() {
        var filter = filter("started_after=2026-03-09T17:00:00.0000001Z&started_before=2026-03-10T00:00:00%2B01:00"
                + "&direction=inbound&direction=callback&state=ended&outcome=missed&outcome=voicemail"
                + "&number=%2B12025550143&extension=101&extension=102&client=0117&min_talk_seconds=2.5"
                + "&has_recording=false&source=webhook&source=poll");

        assertThat(filter.startedAfter()).isEqualTo(Instant.parse("2026-03-09T17:00:00.000001Z"));
        assertThat(filter.startedBefore()).isEqualTo(Instant.parse("2026-03-09T23:00:00Z"));
        assertThat(filter.directions()).containsExactly(Direction.INBOUND, Direction.CALLBACK);
        assertThat(filter.states()).containsExactly(State.ENDED);
        assertThat(filter.outcomes()).containsExactly(Outcome.MISSED, Outcome.VOICEMAIL);
        assertThat(filter.numbers()).contains(new PhoneMatch("12025550143", true));
        assertThat(filter.extensions()).containsExactly("101", "102");
        assertThat(filter.clients()).containsExactly(new PhoneMatch("0117", false));
        assertThat(filter.minTalkSeconds()).isEqualTo(new BigDecimal("2.5"));
        assertThat(filter.hasRecording()).isFalse();
        assertThat(filter.sources()).containsExactly(Source.WEBHOOK, Source.POLL);
    }

    static Stream<Arguments> wrongValues() {
        var wrong = new ArrayList<Arguments>();
        for (var name : PARAMETERS) {
            for (var value : List.of("", "%20", "%00", "a%00b", "%0a", "%ff", "x".repeat(513))) {
                wrong.add(Arguments.of(name, value));
            }
        }
        for (var name : List.of("direction", "state", "outcome", "source")) {
            for (var value : List.of("bogus", "Inbound", "ENDED", "inbound,outbound", "null", "*")) {
                wrong.add(Arguments.of(name, value));
            }
        }
        for (var name : List.of("started_after", "started_before")) {
            for (var value : List.of("2026-03-09", "2026-03-09T17:00:00", "2026-03-09T17:00:00+01:00", "0", "now")) {
                wrong.add(Arguments.of(name, value));
            }
        }
        for (var value : List.of("117", "abc", "+", "1".repeat(21), "12'%20or%201=1")) {
            wrong.add(Arguments.of("client", value));
            wrong.add(Arguments.of("number", value));
        }
        for (var value : List.of("-1", "1e3", "NaN", "12345678", "1.", ".5", "1,5")) {
            wrong.add(Arguments.of("min_talk_seconds", value));
        }
        for (var value : List.of("1", "yes", "TRUE")) {
            wrong.add(Arguments.of("has_recording", value));
        }
        for (var value : List.of("10%201", "'", "1".repeat(33))) {
            wrong.add(Arguments.of("extension", value));
        }
        for (var value : List.of("0", "201", "-1", "50.0", "fifty", "99999999999")) {
            wrong.add(Arguments.of("limit", value));
        }
        return wrong.stream();
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("wrongValues")
    void aWrongValueIsAFaultOfItsParameter(String name, String value) {
        var problem = problem(name + "=" + value).orElseThrow();

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors()).extracting(Problem.Fault::parameter).containsOnly(name);
        assertThat(problem.errors())
                .extracting(Problem.Fault::detail)
                .allSatisfy(detail -> assertThat(detail).isNotBlank().doesNotContain("xxx"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour=red",
                "Direction=inbound",
                "started_after[]=x",
                "%E2%82%AC=1",
                "direction%00=x",
                "caller=0117"
            })
    void anUnknownParameterIsAFault(String query) {
        assertThat(problem(query).orElseThrow().errors())
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.detail()).startsWith("is unknown; this resource takes client, cursor"));
    }

    @Test
    void mostParametersMayBeGivenOnlyOnce() {
        for (var pair : ONCE) {
            assertThat(problem(pair + "&" + pair).orElseThrow().errors())
                    .extracting(Problem.Fault::detail)
                    .contains("may be given only once");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-09T17:00:00Z", "2026-03-09T18:00:00%2B01:00", "2026-03-09T16:59:59Z"})
    void theEndMustBeLaterThanTheBeginning(String before) {
        var problem = problem("started_after=2026-03-09T17:00:00Z&started_before=" + before);

        assertThat(problem.orElseThrow().errors())
                .containsExactly(new Problem.Fault("started_before", "must be later than started_after"));
    }

    @Test
    void everyFaultIsReportedAtOnce() {
        assertThat(problem("direction=x&limit=0&colour=red&started_after=")
                        .orElseThrow()
                        .errors())
                .extracting(Problem.Fault::parameter)
                .containsExactlyInAnyOrder("direction", "limit", "colour", "started_after");
    }

    @Test
    void aBrokenEscapeOrTooManyParametersAreFaults() {
        assertThat(problem("client=%zz")).isPresent();
        assertThat(problem("state=ended&".repeat(101))).isPresent();
        assertThat(problem("&&state=ended&")).isEmpty();
    }

    @Test
    void theOrderOfValuesDoesNotMakeAnotherList() {
        assertThat(filter("direction=inbound&direction=outbound&extension=2&extension=1"))
                .hasToString(filter("extension=1&direction=outbound&extension=2&direction=inbound&direction=inbound")
                        .toString());
    }

    private static CallFilter filter(String query) {
        var parameters = QueryParameters.parse(query);
        var filter = CallFilter.of(parameters);
        assertThat(parameters.problem()).isEmpty();
        return filter;
    }

    private static Optional<Problem> problem(String query) {
        var parameters = QueryParameters.parse(query);
        var unused = CallFilter.of(parameters);
        var page = PageRequest.of(parameters, 1, 2);
        return parameters.problem().or(page::problem);
    }
}
