package io.switchboard.projector.api;

import static io.switchboard.projector.api.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of calls and single calls over a real Postgres. */
@ExtendWith(RealInfrastructure.class)
class QueryApiIT {
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

    @ParameterizedTest
    @ValueSource(strings = {"", "&extension=101&extension=102", "&client=0117"})
    void everyRowIsSeenOnceThoughAllShareOneMicrosecondAndMoreArrive(String filter) {
        insertThousand();
        var seen = new ArrayList<String>();

        var path = "/v1/calls?limit=7" + filter;
        for (int page = 0; path != null; page++) {
            var reply = api.get(path, "a");
            assertThat(reply.status()).isEqualTo(200);
            seen.addAll(reply.each("id"));
            // Newer ones belong before the pages already read, older ones behind all that are still to come.
            if (page % 10 == 0) {
                call("newer-" + page)
                        .startedAt("2026-03-09T18:00:00Z")
                        .legs("101")
                        .insert(api);
                call("older-" + page)
                        .startedAt("2026-03-09T16:00:00Z")
                        .legs("102")
                        .insert(api);
            }
            var next = reply.json().path("page").path("next");
            assertThat(reply.json().path("page").path("has_more").asBoolean()).isEqualTo(!next.isNull());
            assertThat(reply.header("Link").isEmpty()).isEqualTo(next.isNull());
            path = next.isNull() ? null : link(reply);
        }

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen.stream().filter(id -> id.startsWith("call-")))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 1000)
                        .mapToObj(i -> "call-" + i)
                        .toList());
        assertThat(seen.stream().filter(id -> id.startsWith("newer-"))).isEmpty();
        assertThat(seen.stream().filter(id -> id.startsWith("older-"))).hasSizeGreaterThan(13);
    }

    private static void insertThousand() {
        api.sql("""
                insert into call (account, call_id, direction, state, started_at, recording_status, sources, confirmed,
                                  last_event_at, version, client_number, client_digits)
                select case i % 3 when 0 then 'east' else 'west' end, 'call-' || i, 'inbound', 'ended',
                       '2026-03-09T17:00:00.123456Z', 'none', '{webhook}', true, now(), 1, '+13125550117', '13125550117'
                from generate_series(1, 1000) i""", """
                insert into call_leg (account, call_id, position, extension, result, call_started_at)
                select account, call_id, p, 101 + p % 2, 'no_answer', started_at from call, generate_series(0, 3) p""");
    }

    private static String link(ApiUnderTest.Reply reply) {
        return reply.header("Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
    }

    @Test
    void theOrderIsNewestFirst() {
        call("b").startedAt("2026-03-09T17:00:00.000001Z").insert(api);
        call("a").startedAt("2026-03-09T17:00:00.000002Z").insert(api);
        call("c")
                .startedAt("2026-03-09T17:00:00.000002Z")
                .with("account", "west")
                .insert(api);

        assertThat(api.get("/v1/calls", "a").each("id")).containsExactly("c", "a", "b");
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource({
        "direction=outbound, out",
        "direction=inbound&direction=outbound, late plain out",
        "state=connected, open",
        "outcome=missed, missed",
        "outcome=missed&outcome=unanswered, missed out",
        "number=%2B12025550199, out",
        "number=+1 202-555-0199, out",
        "number=2025550199, out",
        "extension=102, missed",
        "extension=101&extension=102, missed plain",
        "extension=101&direction=outbound, ''",
        "client=0118, out",
        "client=%2B1%20(312)%20555-0118, out",
        "client=0013125550118, out",
        "client=3125550118, out",
        "client=0118&extension=101, ''",
        "client=5550117&client=0118&extension=101, missed plain",
        "client=9999, ''",
        "min_talk_seconds=61.2, plain",
        "min_talk_seconds=61.3, ''",
        "has_recording=true, plain",
        "has_recording=false&direction=outbound, out",
        "source=poll, plain",
        "source=poll&source=webhook&state=connected, open",
        "started_after=2026-03-09T18:00:00Z, late",
        "started_after=2026-03-09T18:00:00.000001Z, ''",
        "started_before=2026-03-09T15:00:00.000001Z, open",
        "started_before=2026-03-09T15:00:00Z, ''",
        "started_after=2026-03-09T15:00:00Z&started_before=2026-03-09T18:00:00Z&direction=callback, open",
    })
    void everyFilterFindsItsCallsAndNoOthers(String filter, String expected) {
        api.now = CallFixture.START;
        call("plain")
                .with("talk_seconds", 61.2)
                .with("recording_status", "ready")
                .with("recording_uri", "https://recordings.example/1")
                .with("sources", new String[] {"webhook", "poll"})
                .legs("101", "101")
                .insert(api);
        call("missed")
                .with("outcome", "missed")
                .with("direction", "unknown")
                .legs("101", "102")
                .insert(api);
        call("out")
                .with("direction", "outbound")
                .with("outcome", "unanswered")
                .with("business_number", "+12025550199")
                .client("+13125550118")
                .with("state", "ended")
                .startedAt("2026-03-09T16:00:00Z")
                .insert(api);
        call("open")
                .with("direction", "callback")
                .with("state", "connected")
                .with("outcome", null)
                .with("client_number", "Contact form")
                .with("client_digits", null)
                .startedAt("2026-03-09T15:00:00Z")
                .insert(api);
        call("late")
                .startedAt("2026-03-09T18:00:00Z")
                .client("+13125550199")
                .with("outcome", "answered")
                .insert(api);
        if (filter.startsWith("extension=101&extension=102")) {
            assertThat(api.get("/v1/calls?" + filter, "s").each("id")).containsExactly("plain", "missed");
        }

        var reply = api.get("/v1/calls?" + filter.replace(" ", "%20"), "s");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.each("id"))
                .containsExactlyInAnyOrderElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void anOpenCallThatFellSilentReadsUnknownEverywhere() {
        call("silent")
                .with("state", "ringing")
                .with("outcome", null)
                .with("confirmed", false)
                .insert(api);
        api.now = CallFixture.START.plusSeconds(4 * 3600).minusNanos(1_000);
        assertThat(api.get("/v1/calls/silent", "v").json().path("state").asText())
                .isEqualTo("ringing");
        assertThat(api.get("/v1/calls?state=ringing", "v").each("outcome")).containsExactly("null");
        assertThat(api.get("/v1/calls?state=unknown", "v").each("id")).isEmpty();
        var before = api.get("/v1/calls/silent", "v").header("ETag");

        api.now = CallFixture.START.plusSeconds(4 * 3600);

        var call = api.get("/v1/calls/silent", "v");
        assertThat(call.json().path("state").asText()).isEqualTo("unknown");
        assertThat(call.json().path("outcome").asText()).isEqualTo("unknown");
        assertThat(call.header("ETag")).isNotEqualTo(before);
        assertThat(api.get("/v1/calls?state=ringing", "v").each("id")).isEmpty();
        assertThat(api.get("/v1/calls?state=unknown&outcome=unknown", "v").each("id"))
                .containsExactly("silent");
    }

    @Test
    void aCallIsProvisionalUntilConfirmedOrADayOld() {
        var end = CallFixture.START.plusSeconds(60);
        call("ended").with("confirmed", false).with("ended_at", end).insert(api);
        call("confirmed").with("ended_at", end).insert(api);
        call("open").with("confirmed", false).with("state", "ringing").insert(api);

        for (var expected : Map.of(86_399, "true", 86_400, "false").entrySet()) {
            api.now = end.plusSeconds(expected.getKey());
            assertThat(provisional("ended")).isEqualTo(expected.getValue());
            assertThat(provisional("confirmed")).isEqualTo("false");
            assertThat(provisional("open")).isEqualTo("true");
        }
    }

    private static String provisional(String id) {
        return api.get("/v1/calls/" + id, "v").json().path("provisional").asText();
    }

    @Test
    void numbersAreMaskedForViewersAndOperators() {
        call("c1").with("client_name", "312-555-0117").insert(api);

        for (var token : List.of("v", "o")) {
            for (var path : List.of("/v1/calls", "/v1/calls/c1")) {
                var body = api.get(path, token).response().body();
                assertThat(body).contains("+1312•••••17", "+12025550143").doesNotContain("5550117", "555-0117");
            }
            assertThat(api.get("/v1/calls?client=0117", token).status()).isEqualTo(403);
        }
        for (var token : List.of("s", "a")) {
            assertThat(api.get("/v1/calls", token).response().body()).contains("+13125550117", "312-555-0117");
        }
        assertThat(api.get("/v1/calls", "v").header("ETag"))
                .isNotEqualTo(api.get("/v1/calls", "s").header("ETag"));
        assertThat(api.get("/v1/calls", "s").header("ETag"))
                .isEqualTo(api.get("/v1/calls", "a").header("ETag"));
    }

    @Test
    void aTokenBoundToAnAccountSeesNothingElse() {
        call("c1").with("account", "west").legs("101").insert(api);
        call("c2").with("account", "east").legs("101").insert(api);

        for (var filter : List.of("", "?extension=101", "?client=0117", "?direction=inbound")) {
            assertThat(api.get("/v1/calls" + filter, "west").each("id")).containsExactly("c1");
            assertThat(api.get("/v1/calls" + filter, "a").each("id")).containsExactly("c2", "c1");
        }
        assertThat(api.get("/v1/calls/c1", "west").status()).isEqualTo(200);
        assertThat(api.get("/v1/calls/c2", "west").status()).isEqualTo(404);
    }

    @Test
    void aCursorBelongsToItsFiltersAndAccount() {
        call("c1").insert(api);
        call("c2").insert(api);
        var next = api.get("/v1/calls?limit=1&direction=inbound", "a")
                .json()
                .path("page")
                .path("next")
                .asText();

        assertThat(api.get("/v1/calls?limit=5&direction=inbound&cursor=" + next, "a")
                        .each("id"))
                .containsExactly("c1");
        for (var request : List.of("?cursor=" + next, "?direction=inbound&state=ended&cursor=" + next)) {
            var reply = api.get("/v1/calls" + request, "a");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("type").asText()).endsWith("/invalid-cursor");
            assertThat(reply.json().at("/errors/0/parameter").asText()).isEqualTo("cursor");
        }
        assertThat(api.get("/v1/calls?direction=inbound&cursor=" + next, "west").status())
                .isEqualTo(400);
    }

    @Test
    void anAnswerSaysHowFreshItIs() {
        call("c1").insert(api);
        assertThat(api.get("/v1/calls", "v").json().path("meta").path("as_of").isNull())
                .isTrue();
        assertThat(api.get("/v1/calls/c1", "v").header("Switchboard-As-Of")).isEmpty();
        var before = api.get("/v1/calls", "v").header("ETag");

        api.sql("""
                insert into projection_position (topic, partition, next_offset, last_received_at)
                values ('mightycall.calls', 0, 5, '2026-03-10T11:00:00.123456Z'), ('mightycall.calls', 1, 5, null),
                       ('mightycall.calls', 2, 5, '2026-03-10T11:00:00Z')""");

        var list = api.get("/v1/calls", "v", "X-Request-Id", "job-1");
        assertThat(list.json().path("meta").toString())
                .isEqualTo(
                        "{\"as_of\":\"2026-03-10T11:00:00.123456Z\",\"complete_through\":null,\"request_id\":\"job-1\"}");
        assertThat(api.get("/v1/calls/c1", "v").header("Switchboard-As-Of")).isEqualTo("2026-03-10T11:00:00.123456Z");
        assertThat(list.header("ETag")).isEqualTo(before);
        var again = api.get("/v1/calls", "v", "If-None-Match", before);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
    }

    @Test
    void oneCallIsFoundByItsIdInAnyCase() {
        call("7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11").legs("101", "102").insert(api);
        call("Mixed/Case 1").insert(api);

        var reply = api.get("/v1/calls/7DF52A62-0D5A-4A0E-9D2A-2F6F0F6F7C11", "v");
        assertThat(reply.json().path("id").asText()).isEqualTo("7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11");
        assertThat(reply.json().at("/legs/1/extension").asText()).isEqualTo("102");
        assertThat(reply.json().at("/legs/0/ringing_at").asText()).isEqualTo("2026-03-09T17:00:00.514Z");
        assertThat(api.get("/v1/calls/Mixed%2FCase%201", "v").status()).isEqualTo(200);
        assertThat(api.get("/v1/calls/mixed%2Fcase%201", "v").status()).isEqualTo(404);
        assertThat(api.get("/v1/calls/nothing", "v").status()).isEqualTo(404);
    }
}
