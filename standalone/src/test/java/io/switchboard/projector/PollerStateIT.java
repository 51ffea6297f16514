package io.switchboard.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.switchboard.sync.PollerReport.State;
import io.switchboard.sync.ResourceReport;
import io.switchboard.sync.StateKey;
import io.switchboard.sync.SyncJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What pollers say of themselves, from the log to the pipeline's page. */
@ExtendWith(RealInfrastructure.class)
class PollerStateIT {
    @TempDir
    static Path folder;

    private static LiveApi api;
    private static FakePoller poller;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        api = LiveApi.start(infrastructure, Map.of(), folder);
        poller = new FakePoller(api.settings.kafka());
    }

    @AfterAll
    static void stop() throws Exception {
        poller.close();
        api.close();
    }

    @BeforeEach
    void empty() {
        awaitLagZero(api);
        api.sql("truncate poller_state, dead_letter");
    }

    @Test
    void thePipelineShowsPollersAndBudgetsOfTheAccountsSeen() {
        var read = Instant.parse("2026-03-10T11:58:30Z");
        for (var account : List.of("east", "west")) {
            poller.say(account, StateKey.POLLER, OrdersApiIT.report(account, State.POLLING, null, null));
            poller.say(account, StateKey.BUDGET, OrdersApiIT.budget(account, account.equals("east") ? 100 : 900));
            poller.say(account, "calls", calls(account, account.equals("east") ? read : read.plusSeconds(60)));
        }
        LiveApi.until(() -> api.column("select 1 from poller_state").size() == 6);
        awaitLagZero(api);

        var all = api.get("/v1/pipeline", "v");
        assertThat(all.header("Switchboard-Complete-Through")).isEqualTo("2026-03-10T11:58:30Z");
        assertThat(all.json().at("/request_budget/left").asInt()).isEqualTo(1_000);
        assertThat(all.json().at("/request_budget/accounts")).hasSize(2);
        assertThat(all.json().at("/request_budget/by_purpose/live/spent").asInt())
                .isEqualTo(20);
        assertThat(all.json().findValuesAsText("name")).contains("poller east", "poller west", "projector");
        var west = api.get("/v1/pipeline", "ow");
        assertThat(west.header("Switchboard-Complete-Through")).isEqualTo("2026-03-10T11:59:30Z");
        assertThat(west.json().at("/request_budget/left").asInt()).isEqualTo(900);
        assertThat(west.json().at("/pollers/0/resources/0/complete_through").asText())
                .isEqualTo("2026-03-10T11:59:30Z");
        assertThat(west.text()).doesNotContain("east");
        assertThat(api.get("/v1/calls", "ow")
                        .json()
                        .at("/meta/complete_through")
                        .asText())
                .isEqualTo("2026-03-10T11:59:30Z");

        poller.say("west", "calls", null);
        LiveApi.until(() ->
                api.get("/v1/calls", "ow").json().at("/meta/complete_through").isNull());
        assertThat(api.get("/v1/calls", "v").json().at("/meta/complete_through").isNull())
                .isTrue();
    }

    @Test
    void whatIsNoReportBecomesADeadLetterAndWhatWasAbortedIsNotSeen() {
        poller.say(new StateKey("west", StateKey.POLLER), "{\"account\":\"east\"}".getBytes(UTF_8));
        poller.sayAndAbort(new StateKey("west", StateKey.BUDGET), SyncJson.write(OrdersApiIT.budget("west", 1)));
        poller.say("west", "calls", calls("west", Instant.EPOCH));

        LiveApi.until(() -> api.column("select entry from poller_state").equals(List.of("calls")));
        assertThat(api.column("select reason from dead_letter")).containsExactly("not_a_report");
        awaitLagZero(api);
    }

    /** Also past the markers of transactions, which are no records. */
    static void awaitLagZero(LiveApi api) {
        LiveApi.until(() -> api.status().lagRecords() == 0
                && api.status().measuredAt() != null
                && api.column(
                                "select coalesce(sum(next_offset), 0) from projection_position where topic like '%sync-state'")
                        .equals(List.of(Long.toString(api.status().positions().stream()
                                .filter(position -> position.topic().endsWith("sync-state"))
                                .mapToLong(ProjectorStatus.Position::endOffset)
                                .sum()))));
    }

    private static ResourceReport calls(String account, Instant completeThrough) {
        return new ResourceReport(
                account, "calls", completeThrough, completeThrough, completeThrough, null, null, 10, 3);
    }
}
