package io.switchboard.projector.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.report.AgentFigures;
import io.switchboard.projector.report.AgentFigures.Rings;
import io.switchboard.projector.report.AgentFigures.Workload;
import io.switchboard.projector.report.FollowUp.Caller;
import io.switchboard.projector.report.FollowUp.LostCall;
import io.switchboard.projector.report.Spread;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeopleViewTest {
    @Test
    void aCallerIsMaskedInNumberAndName() {
        var call = new LostCall(
                "m1", "+12025550143", "missed", Instant.parse("2026-03-09T08:00:00Z"), Duration.ofSeconds(10));
        var caller = new Caller("default", "+13125550117", "3125550117", 1, call, call);

        assertThat(PeopleView.caller(caller, Masking.MASKED).toString())
                .contains("+1312•••••17", "+12025550143")
                .doesNotContain("5550117");
        assertThat(PeopleView.caller(caller, Masking.PLAIN).toString()).contains("+13125550117");
    }

    @Test
    void ofNothingSharesAreNullAndOccupancyIsNotZero() {
        var agent = new AgentFigures("default", "101", null, 0, 0, 0, Spread.NONE, Rings.NONE, Workload.NONE);

        var json = PeopleView.agent(agent, 20, "/v1/calls").toString();

        assertThat(json)
                .contains("connect_rate={value=null, numerator=0, denominator=0}")
                .contains("occupancy={value=null, estimate=true")
                .contains("known_seconds=null", "available_seconds=null");
    }

    @Test
    void ofTooFewDurationsNoPercentileIsShown() {
        var spread = new Spread(19, 190_000_000, 10.0, 10.0, 10.0);

        assertThat(SpreadView.of(spread, 20).toString()).startsWith("{n=19, mean_seconds=10.0, p50_seconds=null");
        assertThat(SpreadView.of(spread, 19)).containsEntry("p95_seconds", 10.0);
    }
}
