package io.switchboard.projector.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.report.Bucket;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsLinkTest {
    private static final Bucket DAY =
            new Bucket(Instant.parse("2026-11-01T04:00:00Z"), Instant.parse("2026-11-02T05:00:00Z"));
    private static final String TIMES = "started_after=2026-11-01T04:00:00Z&started_before=2026-11-02T05:00:00Z";

    @Test
    void withoutAFilterItLeavesOutInternalCallsAsReportsDo() {
        assertThat(link("").in(DAY))
                .isEqualTo("/v1/calls?" + TIMES
                        + "&direction=inbound&direction=outbound&direction=callback&direction=unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direction=internal&direction=inbound",
                "number=%2B12025550143&number=%2B1+202+555+0144&extension=10%23&client=0117",
                "outcome=missed&outcome=voicemail&min_talk_seconds=2.5&has_recording=false&source=poll",
            })
    void theListOfCallsReadsTheFilterOfTheReport(String query) {
        var asked = QueryParameters.parse(query);
        var filter = CallFilter.ofReport(asked);
        var parameters =
                QueryParameters.parse(CallsLink.of(asked, filter).in(DAY).substring("/v1/calls?".length()));

        var listed = CallFilter.of(parameters);

        assertThat(parameters.problem()).isEmpty();
        assertThat(listed.startedAfter()).isEqualTo(DAY.start());
        assertThat(listed.startedBefore()).isEqualTo(DAY.end());
        assertThat(listed)
                .usingRecursiveComparison()
                .ignoringFields("startedAfter", "startedBefore", "states")
                .isEqualTo(filter);
    }

    @Test
    void whatFellSilentIsNotAmongThoseOfUnknownOutcome() {
        assertThat(link("outcome=unknown").in(DAY)).endsWith("&outcome=unknown&state=ended");
    }

    @Test
    void aGroupTakesThePlaceOfTheFilter() {
        var link = link("direction=inbound&direction=outbound&number=5550143");

        assertThat(link.withDirection(Direction.OUTBOUND).in(DAY))
                .isEqualTo("/v1/calls?" + TIMES + "&number=5550143&direction=outbound");
        assertThat(link.withNumber("+12025550143").orElseThrow().in(DAY))
                .isEqualTo("/v1/calls?" + TIMES + "&number=%2B12025550143&direction=inbound&direction=outbound");
        assertThat(link.withOutcomes(Set.of(Outcome.MISSED)).in(DAY)).endsWith("&outcome=missed&state=ended");
    }

    @Test
    void aNumberThatCannotBeLookedForHasNoLink() {
        assertThat(link("").withNumber("12")).isEmpty();
        assertThat(link("").withNumber("widget")).isEmpty();
    }

    private static CallsLink link(String query) {
        var parameters = QueryParameters.parse(query);
        return CallsLink.of(parameters, CallFilter.ofReport(parameters));
    }
}
