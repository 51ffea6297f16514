package io.switchboard.projector.api;

import static io.switchboard.projector.api.TimedCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report on agents, and what holds for all reports on people, over a real Postgres; all numbers are worked out by hand. */
@ExtendWith(RealInfrastructure.class)
class PeopleReportsIT {
    private static final String MORNING = "?from=2026-03-09T10:00:00Z&to=2026-03-09T12:00:00Z&min_samples=1";

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

    private static JsonNode get(String path, String token) {
        var reply = api.get("/v1/metrics/" + path, token);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    private static JsonNode agent(JsonNode report, String extension) {
        for (var agent : report.path("agents")) {
            if (agent.path("extension").asText().equals(extension)) {
                return agent;
            }
        }
        throw new AssertionError("no agent " + extension + " in " + report);
    }

    /** Two agents: an answer beside another phone, a transfer, a missed call, calls out, an internal call, one from before. */
    private static void aMorning() {
        call("c1", "10:00:00", "10:01:10")
                .answered("10:00:10", "101")
                .leg("101", "10:00:02", "10:00:10", "10:01:10", "answered")
                .leg("102", "10:00:02", "-", "10:00:10", "answered_elsewhere")
                .insert(api);
        call("c2", "10:10:00", "10:15:30")
                .answered("10:10:30", "102")
                .leg("101", "10:10:00", "-", "10:10:20", "no_answer")
                .leg("102", "10:10:20", "10:10:30", "10:12:30", "answered")
                .leg("101", "10:12:00", "10:12:30", "10:15:30", "answered")
                .insert(api);
        call("c3", "10:20:00", "10:20:25")
                .leg("101", "10:20:00", "-", "10:20:25", "no_answer")
                .leg("102", "10:20:00", "-", "10:20:25", "no_answer")
                .insert(api);
        call("c4", "10:30:00", "10:31:15")
                .of("outbound", "answered")
                .answered("10:30:15", "101")
                .leg("101", "-", "10:30:15", "10:31:15", "answered")
                .insert(api);
        call("c5", "10:40:00", "10:40:30")
                .of("outbound", "unanswered")
                .agent("101")
                .leg("101", "-", "-", "10:40:30", "no_answer")
                .insert(api);
        call("c6", "11:00:00", "11:01:05")
                .of("internal", "answered")
                .client(null)
                .answered("11:00:05", "101")
                .leg("101", "-", "11:00:05", "11:01:05", "answered")
                .leg("102", "11:00:00", "11:00:05", "11:01:05", "answered")
                .insert(api);
        call("c7", "09:59:00", "10:00:20")
                .answered("09:59:30", "102")
                .leg("102", "09:59:10", "09:59:30", "10:00:20", "answered")
                .insert(api);
        call("c8", "11:30:00", "11:30:50").answered("11:30:10", null).insert(api);
    }

    private static void status(String extension, String status, String... times) {
        for (var time : times) {
            api.sql(
                    """
                    insert into agent_status_seen values ('default', '%1$s', '%2$s', gen_random_uuid(), %3$s)""".formatted(extension, TimedCall.at(time), status.equals("-") ? "null" : "'" + status + "'"),
                    """
                    insert into agent_status values ('default', '%1$s', '%2$s', '%2$s', gen_random_uuid(), null)
                    on conflict do nothing""".formatted(extension, TimedCall.at(time)));
        }
    }

    private static void polledUntil(String time) {
        api.sql("insert into poller_state values ('default', 'agent-status', '{\"last_success_at\":\"%s\"}', now())"
                .formatted(TimedCall.at(time)));
    }

    @Test
    void anAgentHasTheCallsThatItAnsweredFirst() {
        aMorning();
        api.sql("""
                insert into extension_source (account, extension, source, first_seen_at, seen_at, seen_event, first_name)
                select 'default', x, 'profile', now(), now(), gen_random_uuid(), n
                from (values ('101', 'Alex'), ('103', 'Kim')) v (x, n)""");

        var report = get("agents" + MORNING, "v");

        assertThat(report.at("/terms/attribution").asText()).isEqualTo("first_answered");
        assertThat(report.path("agents").findValuesAsText("extension")).containsExactly("101", "102", "103");
        assertThat(report.path("agents").findValuesAsText("name")).containsExactly("Alex", "null", "Kim");
        var first = agent(report, "101");
        assertThat(first.path("handled").asInt()).isEqualTo(1);
        assertThat(first.path("outgoing").toString())
                .isEqualTo(
                        "{\"calls\":2,\"connected\":1,\"connect_rate\":{\"value\":0.5,\"numerator\":1,\"denominator\":2}}");
        assertThat(first.path("talk_time").toString())
                .isEqualTo("{\"n\":2,\"mean_seconds\":60.0,\"p50_seconds\":60.0,\"p90_seconds\":60.0,"
                        + "\"p95_seconds\":60.0,\"sum_seconds\":120.0}");
        assertThat(agent(report, "102").path("handled").asInt()).isEqualTo(1);
        assertThat(agent(report, "102").at("/talk_time/sum_seconds").asDouble()).isEqualTo(300);
        assertThat(agent(report, "103").path("handled").asInt()).isZero();
        assertThat(agent(report, "103").at("/outgoing/connect_rate/value").isNull())
                .isTrue();
        assertThat(report.path("unattributed").asInt()).as("c8").isEqualTo(1);
        assertThat(first.at("/links/calls").asText())
                .startsWith("/v1/calls?started_after=2026-03-09T10:00:00Z&started_before=2026-03-09T12:00:00Z")
                .endsWith("extension=101")
                .doesNotContain("internal");
        assertThat(api.get(first.at("/links/calls").asText(), "v").each("id"))
                .containsExactly("c5", "c4", "c3", "c2", "c1");
    }

    @Test
    void aTransferredCallIsOnceTheLastParticipants() {
        aMorning();

        var report = get("agents" + MORNING + "&attribution=last_participant", "v");

        assertThat(agent(report, "101").path("handled").asInt()).isEqualTo(2);
        assertThat(agent(report, "101").at("/talk_time/n").asInt()).isEqualTo(3);
        assertThat(agent(report, "101").at("/talk_time/sum_seconds").asDouble()).isEqualTo(420);
        assertThat(agent(report, "102").path("handled").asInt()).isZero();
    }

    @Test
    void everyPhoneThatRangInVainCounts() {
        aMorning();

        var report = get("agents" + MORNING, "v");

        assertThat(agent(report, "101").path("ringing").toString())
                .isEqualTo("{\"attempts\":4,\"no_answer\":2,\"answered_elsewhere\":0,\"time_to_answer\":{\"n\":2,"
                        + "\"mean_seconds\":19.0,\"p50_seconds\":19.0,\"p90_seconds\":27.8,\"p95_seconds\":28.9,"
                        + "\"sum_seconds\":38.0}}");
        var second = agent(report, "102").path("ringing");
        assertThat(second.path("attempts").asInt()).isEqualTo(3);
        assertThat(second.path("no_answer").asInt()).isEqualTo(1);
        assertThat(second.path("answered_elsewhere").asInt()).isEqualTo(1);
        assertThat(second.at("/time_to_answer/sum_seconds").asDouble()).isEqualTo(10);
        assertThat(report.at("/notes/0").asText()).contains("more than the calls missed");
        assertThat(get("agents" + MORNING.replace("&min_samples=1", ""), "v")
                        .at("/agents/0/ringing/time_to_answer/p50_seconds")
                        .isNull())
                .as("of fewer than 20")
                .isTrue();
    }

    @Test
    void occupancyIsTimeOnCallsHeldAgainstTimeAvailable() {
        aMorning();
        status("101", "available", "09:00:00");
        status("101", "dnd", "11:00:00");
        polledUntil("12:30:00");

        var report = get("agents" + MORNING, "v");

        // On calls 60 (c1) + 180 (c2) + 60 (c4) + 60 (c6) of 7200; available from ten to eleven but for 300 of these.
        assertThat(agent(report, "101").path("occupancy").toString())
                .isEqualTo("{\"value\":0.0984,\"estimate\":true,\"sampling_seconds\":900,\"on_call_seconds\":360.0,"
                        + "\"known_seconds\":7200.0,\"on_call_known_seconds\":360.0,\"available_seconds\":3300.0}");
        // c7 clipped to 20, c2 120, c6 60; no status is known.
        var second = agent(report, "102").path("occupancy");
        assertThat(second.path("on_call_seconds").asDouble()).isEqualTo(200);
        assertThat(second.path("value").isNull()).isTrue();
        assertThat(second.path("available_seconds").isNull()).isTrue();
    }

    @Test
    void aStatusIsKnownOnlyUntilThePollerLastLookedAndNotWhileNobodyKnowsTheWord() {
        status("101", "available", "10:00:00");
        status("101", "-", "10:30:00");
        status("101", "available", "11:00:00");
        polledUntil("11:15:00");

        var occupancy = agent(get("agents" + MORNING, "v"), "101").path("occupancy");

        assertThat(occupancy.path("known_seconds").asDouble()).isEqualTo(2700);
        assertThat(occupancy.path("available_seconds").asDouble()).isEqualTo(2700);
        assertThat(occupancy.path("value").asDouble()).isZero();
    }

    @ParameterizedTest(name = "{0} has {1} s")
    @CsvSource({"2026-03-08, 2026-03-09, 82800", "2026-11-01, 2026-11-02, 90000", "2026-03-10, 2026-03-11, 86400"})
    void statusTimeIsClippedToLocalDays(String from, String to, int seconds) {
        status("101", "available", "2026-01-01T00:00:00Z");
        polledUntil("2026-12-01T00:00:00Z");
        api.now = Instant.parse("2026-12-01T00:00:00Z");

        var report = get("agents?tz=America/New_York&from=" + from + "&to=" + to, "v");

        assertThat(report.at("/range/seconds").asInt()).isEqualTo(seconds);
        assertThat(agent(report, "101").at("/occupancy/available_seconds").asInt())
                .isEqualTo(seconds);
    }

    @Test
    void aTokenBoundToAnAccountSeesNothingElse() {
        for (var account : List.of("east", "west")) {
            call("c-" + account, "10:00:00", "10:05:00")
                    .account(account)
                    .answered("10:01:00", account.equals("west") ? "101" : "201")
                    .leg(account.equals("west") ? "101" : "201", "10:00:00", "10:01:00", "10:05:00", "answered")
                    .insert(api);
            call("m-" + account, "10:10:00", "10:11:00").account(account).insert(api);
        }
        // Somebody else's call to the same client is no response.
        call("o-east", "10:20:00", "10:21:00")
                .account("east")
                .of("outbound", "answered")
                .insert(api);

        assertThat(get("agents" + MORNING, "west").path("agents").findValuesAsText("extension"))
                .containsExactly("101");
        assertThat(get("agents" + MORNING, "a").path("agents").findValuesAsText("extension"))
                .containsExactly("201", "101");
        var west = get("missed" + MORNING, "west");
        assertThat(west.at("/totals/lost").asInt()).isEqualTo(1);
        assertThat(west.at("/totals/open").asInt()).isEqualTo(1);
        assertThat(west.at("/data/0/first/call_id").asText()).isEqualTo("m-west");
        assertThat(get("missed" + MORNING, "a").at("/totals/called_back").asInt())
                .isEqualTo(1);
        var path = "concurrency" + MORNING.replace("&min_samples=1", "") + "&interval=hour";
        assertThat(get(path, "west").path("peak").asInt()).isEqualTo(1);
        assertThat(get(path, "a").path("peak").asInt()).isEqualTo(2);
        assertThat(get("numbers" + MORNING, "west").at("/numbers/0/calls").asInt())
                .isEqualTo(2);
        assertThat(get("numbers" + MORNING, "a").at("/numbers/0/calls").asInt()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agents?attribution=nobody",
                "agents?attribution=",
                "agents?attribution=first_answered&attribution=first_answered",
                "agents?min_samples=0",
                "agents?min_samples=1e9",
                "agents?interval=hour",
                "agents?window_hours=3",
                "missed?window_hours=0",
                "missed?window_hours=721",
                "missed?window_hours=-1",
                "missed?window_hours=24.5",
                "missed?window_hours=99999999999999999999",
                "missed?limit=0",
                "missed?limit=201",
                "missed?cursor=AQAAAAAAAAAA",
                "missed?from=2026-03-01&from=2026-03-02&to=2026-03-09",
                "missed?to=2026-03-09T00:00:00Z&from=2025-11-01",
                "numbers?formula=best",
                "numbers?threshold_seconds=abc",
                "numbers?threshold_seconds=0",
                "numbers?colour=red",
                "concurrency?of=sleeping",
                "concurrency?of=calls&of=talking",
                "concurrency?interval=second",
                "concurrency?interval=15m&from=2026-01-01&to=2026-02-01",
                "concurrency?to=2026-03-09&from=2025-11-01",
                "concurrency?week_start=friday",
                "concurrency?direction=sideways",
                "agents?tz=Mars/Olympus",
                "agents?to=2026-03-01&from=2026-03-02",
                "agents?to=2026-03-01&from=2020-03-02",
                "agents?extension=%00",
                "agents?number=12",
                "summary?include=everything",
            })
    void badParametersAreRefusedByName(String request) {
        var reply = api.get("/v1/metrics/" + request, "a");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/parameter").asText())
                .isEqualTo(Objects.requireNonNull(request).replaceAll("^\\w+\\?(\\w+)=.*$", "$1"));
    }
}
