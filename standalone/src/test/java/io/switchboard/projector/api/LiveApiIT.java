package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens now, over a real Postgres: extensions and the wallboard. It is noon on 10 March 2026. */
@ExtendWith(RealInfrastructure.class)
class LiveApiIT {
    static ApiUnderTest api;

    @BeforeAll
    static void start(Infrastructure infrastructure) {
        api = new ApiUnderTest(infrastructure);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void empty() {
        api.empty();
    }

    /** An inbound call that is over, begun so long before noon; the wait in seconds. */
    private static void over(String id, String began, String outcome, @Nullable Double wait) {
        var start = Instant.parse("2026-03-10T" + began + "Z");
        CallFixture.call(id)
                .with("outcome", outcome)
                .with("started_at", start)
                .with("last_event_at", start.plusSeconds(60))
                .with("ended_at", start.plusSeconds(60))
                .with("wait_seconds", wait)
                .insert(api);
    }

    private static void open(String id, String direction, String state, String began) {
        CallFixture.call(id)
                .with("direction", direction)
                .with("state", state)
                .with("outcome", null)
                .startedAt("2026-03-10T" + began + "Z")
                .insert(api);
    }

    /** A leg of an open call. */
    private static void leg(String account, String extension, String result, String heardAt) {
        var id = "leg-" + account + extension + result;
        CallFixture.call(id)
                .with("account", account)
                .with("state", result.equals("talking") ? "connected" : "ringing")
                .with("outcome", null)
                .startedAt(heardAt)
                .insert(api);
        api.sql("""
                insert into call_leg (account, call_id, position, extension, ringing_at, connected_at, result, call_started_at)
                values ('%1$s', '%2$s', 0, '%3$s', '%4$s', %5$s, '%6$s', '%4$s')""".formatted(
                account, id, extension, heardAt, result.equals("talking") ? "'" + heardAt + "'" : "null", result));
    }

    private static void status(String account, String extension, @Nullable String status, String seenAt) {
        api.sql("""
                insert into agent_status (account, extension, first_seen_at, seen_at, seen_event, status)
                values ('%s', '%s', '%4$s', '%4$s', '00000000-0000-0000-0000-0000000000a1', %3$s)""".formatted(account, extension, status == null ? "null" : "'" + status + "'", seenAt));
    }

    private static JsonNode agent(String extension) {
        var answer = api.get("/v1/agents/" + extension, "s");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void anExtensionOfWhichNothingIsKnownIsUnknown() {
        api.sql("""
                insert into extension_source (account, extension, source, first_seen_at, seen_at, seen_event, first_name)
                values ('default', '101', 'profile', now(), now(), '00000000-0000-0000-0000-0000000000a1', 'Alex')""");

        var alex = agent("101");
        assertThat(alex.path("state").asText()).isEqualTo("unknown");
        assertThat(alex.path("name").asText()).isEqualTo("Alex");
        assertThat(alex.path("evidence").isNull()).isTrue();
        assertThat(alex.path("since").isNull()).isTrue();
    }

    @Test
    void callsBeatThePollAndFreshStatusesFillTheGaps() {
        leg("default", "101", "talking", "2026-03-10T11:58:00Z");
        status("default", "101", "available", "2026-03-10T11:59:30Z");
        leg("default", "102", "ringing", "2026-03-10T11:59:50Z");
        leg("default", "103", "talking", "2026-03-10T07:59:00Z"); // silent for more than four hours
        status("default", "104", "dnd", "2026-03-10T11:30:00Z");
        status("default", "105", "available", "2026-03-10T11:14:00Z");
        status("default", "106", null, "2026-03-10T11:59:00Z");

        assertThat(agent("101").path("state").asText()).isEqualTo("on_call");
        assertThat(agent("101").path("call_id").asText()).isEqualTo("leg-default101talking");
        assertThat(agent("101").path("since").asText()).isEqualTo("2026-03-10T11:58:00Z");
        assertThat(agent("101").at("/evidence/source").asText()).isEqualTo("webhook");
        assertThat(agent("101").at("/evidence/age_seconds").asDouble()).isEqualTo(120.0);
        assertThat(agent("101").at("/evidence/expires_at").asText()).isEqualTo("2026-03-10T15:58:00Z");
        assertThat(agent("102").path("state").asText()).isEqualTo("ringing");
        assertThat(agent("103").path("state").asText()).isEqualTo("unknown");
        assertThat(agent("104").path("state").asText()).isEqualTo("dnd");
        assertThat(agent("104").at("/evidence/event_id").asText()).isEqualTo("000000000000000000000000000000a1");
        assertThat(agent("105").path("state").asText()).isEqualTo("unknown");
        assertThat(agent("105").at("/evidence/age_seconds").asDouble()).isEqualTo(2_760.0);
        assertThat(agent("106").path("state").asText()).isEqualTo("unknown");
    }

    @Test
    void aPollThatSucceededSinceConfirmsTheNewestStatusAlone() {
        status("default", "104", "dnd", "2026-03-10T09:00:00Z");
        status("default", "105", "available", "2026-03-10T10:00:00Z");
        api.sql("""
                insert into poller_state (account, entry, value, reported_at) values
                  ('default', 'agent-status', '{"last_success_at":"2026-03-10T11:50:00Z"}', now())""");

        assertThat(agent("105").path("state").asText()).isEqualTo("available");
        assertThat(agent("105").path("since").asText()).isEqualTo("2026-03-10T10:00:00Z");
        assertThat(agent("105").at("/evidence/at").asText()).isEqualTo("2026-03-10T11:50:00Z");
        assertThat(agent("104").path("state").asText()).isEqualTo("unknown");
    }

    @Test
    void theEndOfACallIsNoEvidenceOfBeingAvailable() {
        over("call-1", "11:50:00", "answered", 4.0);
        api.sql("""
                insert into call_leg (account, call_id, position, extension, ringing_at, connected_at, ended_at, result,
                    call_started_at)
                values ('default', 'call-1', 0, '101', '2026-03-10T11:50:00Z', '2026-03-10T11:50:04Z',
                    '2026-03-10T11:51:00Z', 'answered', '2026-03-10T11:50:00Z')""");

        var agent = agent("101");
        assertThat(agent.path("state").asText()).isEqualTo("unknown");
        assertThat(agent.path("call_id").isNull()).isTrue();
        assertThat(agent.path("since").asText()).isEqualTo("2026-03-10T11:51:00Z");
        assertThat(agent.at("/evidence/kind").asText()).isEqualTo("call_ended");
        assertThat(agent.at("/evidence/call_id").asText()).isEqualTo("call-1");
    }

    @Test
    void theListIsFilteredPagedAndBoundToTheAccount() {
        for (var extension : List.of("101", "102", "103")) {
            status("east", extension, "available", "2026-03-10T11:59:00Z");
            status("west", extension, "dnd", "2026-03-10T11:59:00Z");
        }

        var seen = new ArrayList<String>();
        for (var path = "/v1/agents?limit=2"; !path.isEmpty(); ) {
            var page = api.get(path, "a");
            page.json()
                    .path("data")
                    .forEach(row -> seen.add(
                            row.path("extension").asText() + row.path("account").asText()));
            path = page.header("Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
        }
        assertThat(seen).containsExactly("101east", "101west", "102east", "102west", "103east", "103west");
        assertThat(api.get("/v1/agents", "west").each("account")).containsExactly("west", "west", "west");
        assertThat(api.get("/v1/agents?state=dnd&state=on_call&extension=102", "a")
                        .each("account"))
                .containsExactly("west");
        assertThat(api.get("/v1/agents?state=offline", "a").each("extension")).isEmpty();
        assertThat(api.get("/v1/agents/101", "west").json().path("state").asText())
                .isEqualTo("dnd");
        assertThat(api.get("/v1/agents/999", "west").status()).isEqualTo(404);
    }

    @Test
    void theWallboardCountsWhatIsOpen() {
        open("call-1", "inbound", "ringing", "11:59:30");
        open("call-2", "inbound", "ringing", "11:58:00");
        open("call-3", "inbound", "connected", "11:50:00");
        open("call-4", "outbound", "ringing", "11:59:50");
        open("call-5", "inbound", "ringing", "07:00:00"); // silent
        api.sql("update call set answered_at = '2026-03-10T11:50:20Z' where call_id = 'call-3'");

        var live = api.get("/v1/live", "s").json();

        assertThat(live.path("at").asText()).isEqualTo("2026-03-10T12:00:00Z");
        assertThat(live.at("/open_calls/count").asInt()).isEqualTo(4);
        assertThat(live.at("/open_calls/ringing").asInt()).isEqualTo(3);
        assertThat(live.at("/open_calls/connected").asInt()).isEqualTo(1);
        assertThat(live.at("/waiting/count").asInt()).isEqualTo(2);
        assertThat(live.at("/waiting/longest_wait_seconds").asDouble()).isEqualTo(120.0);
        assertThat(live.at("/waiting/longest_wait_since").asText()).isEqualTo("2026-03-10T11:58:00Z");
        var calls = live.at("/open_calls/calls");
        assertThat(calls.findValuesAsText("id")).containsExactly("call-3", "call-2", "call-1", "call-4");
        assertThat(calls.path(0).at("/timers/talking_seconds").asDouble()).isEqualTo(580.0);
        assertThat(calls.path(0).at("/timers/waiting_seconds").isNull()).isTrue();
        assertThat(calls.path(1).at("/timers/waiting_seconds").asDouble()).isEqualTo(120.0);
        assertThat(calls.path(3).at("/timers/waiting_seconds").isNull()).isTrue();
        assertThat(api.get("/v1/live", "v").response().body())
                .contains("+1312•••••17")
                .doesNotContain("5550117");
        assertThat(api.get("/v1/live", "west").json().at("/open_calls/count").asInt())
                .isZero();
    }

    /** By hand: three answered (4 s, 20 s, 30 s), two missed (5 s: short, 40 s), one voicemail without a known wait. */
    private static void anHour() {
        over("a1", "11:58:00", "answered", 4.0);
        over("a2", "11:50:00", "answered", 20.0);
        over("a3", "11:20:00", "answered", 30.0);
        over("m1", "11:46:00", "missed", 5.0);
        over("m2", "11:10:00", "missed", 40.0);
        over("v1", "11:55:30", "voicemail", null);
        over("old", "10:59:00", "missed", 60.0);
        open("o1", "inbound", "ringing", "11:59:00");
    }

    @Test
    void theLastHourAndTheServiceLevelAreTheSumsByHand() {
        anHour();

        var live = api.get("/v1/live", "s").json();

        assertThat(live.at("/last_hour/missed").asInt()).isEqualTo(2);
        assertThat(live.at("/last_hour/average_wait_n").asInt()).isEqualTo(5);
        assertThat(live.at("/last_hour/average_wait_seconds").asDouble()).isEqualTo(99.0 / 5);
        assertThat(live.at("/service_level/formula").asText()).isEqualTo("offered_minus_short");
        assertThat(live.at("/service_level/threshold_seconds").asDouble()).isEqualTo(20.0);
        assertThat(live.at("/service_level/short_abandon_seconds").asDouble()).isEqualTo(5.0);
        var windows = live.at("/service_level/windows");
        // 5 min: a1, v1. 15 min: and a2, m1 (short). 30 min: no more. 60 min: and a3 (late), m2.
        assertThat(windows.findValuesAsText("minutes")).containsExactly("5", "15", "30", "60");
        assertThat(windows.findValuesAsText("numerator")).containsExactly("1", "2", "2", "2");
        assertThat(windows.findValuesAsText("denominator")).containsExactly("1", "2", "2", "4");
        assertThat(windows.findValuesAsText("value")).containsExactly("1.0", "1.0", "1.0", "0.5");
        assertThat(windows.findValuesAsText("coverage")).containsExactly("0.5", "0.75", "0.75", "" + 5 / 6.0);
    }

    @ParameterizedTest
    @CsvSource({
        "formula=answered_only, 2, 3",
        "formula=offered, 2, 5",
        "formula=offered_minus_short, 2, 4",
        "formula=answered_plus_late_lost, 2, 4",
        "threshold_seconds=30, 3, 4",
        "threshold_seconds=3, 0, 4",
        "short_abandon_seconds=0, 2, 5"
    })
    void theTermsAreTheReaders(String query, int numerator, int denominator) {
        anHour();

        var hour = api.get("/v1/live?" + query, "s").json().at("/service_level/windows/3");

        assertThat(hour.path("numerator").asInt()).isEqualTo(numerator);
        assertThat(hour.path("denominator").asInt()).isEqualTo(denominator);
    }

    @Test
    void anyNumberOfWallboardsAtOnceIsAnswered() throws Exception {
        anHour();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 80)
                    .mapToObj(i -> pool.submit(
                            () -> api.get("/v1/live", i % 2 == 0 ? "s" : "v").status()))
                    .toList();
            for (var answer : asked) {
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
    }

    @Test
    void ofNothingThereIsNoRate() {
        var live = api.get("/v1/live", "v").json();

        assertThat(live.at("/service_level/windows/0/value").isNull()).isTrue();
        assertThat(live.at("/service_level/windows/0/coverage").isNull()).isTrue();
        assertThat(live.at("/last_hour/average_wait_seconds").isNull()).isTrue();
        assertThat(live.at("/waiting/longest_wait_seconds").isNull()).isTrue();
        assertThat(live.at("/agents/available").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/live?formula= | formula",
                "/v1/live?formula=best | formula",
                "/v1/live?formula=offered&formula=offered | formula",
                "/v1/live?threshold_seconds=-1 | threshold_seconds",
                "/v1/live?threshold_seconds=3601 | threshold_seconds",
                "/v1/live?threshold_seconds=1e3 | threshold_seconds",
                "/v1/live?short_abandon_seconds=x | short_abandon_seconds",
                "/v1/live?tz=UTC | tz",
                "/v1/agents?state=busy | state",
                "/v1/agents?state= | state",
                "/v1/agents?extension= | extension",
                "/v1/agents?limit=0 | limit",
                "/v1/agents?limit=201 | limit",
                "/v1/agents?cursor=x | cursor",
                "/v1/agents/101?state=dnd | state"
            })
    void badParametersAreNamed(String path, String parameter) {
        var answer = api.get(path, "v");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo(parameter);
    }
}
