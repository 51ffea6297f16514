package io.switchboard.projector.api;

import static io.switchboard.projector.api.TimedCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What became of lost calls, over a real Postgres; all numbers are worked out by hand. */
@ExtendWith(RealInfrastructure.class)
class MissedCallsIT {
    private static final String DAY = "?from=2026-03-09&to=2026-03-10&tz=UTC&min_samples=1";

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

    /** Every kind of follow-up; A to G are clients. */
    private static void aDayOfLostCalls() {
        lost("m1", "09:00:00", "09:00:20", "A");
        out("o1", "09:10:20", "A", "unanswered");
        call("m2", "09:00:00", "09:01:00")
                .of("inbound", "voicemail")
                .client(client("B"))
                .insert(api);
        call("again", "09:31:00", "09:33:00")
                .answered("09:31:05", "101")
                .client(client("B"))
                .insert(api);
        lost("m3", "08:00:00", "08:00:10", "C");
        lost("m4", "08:30:00", "08:30:15", "C");
        call("m5", "11:00:00", "11:00:05")
                .of("inbound", "dropped")
                .client("312-555-0103")
                .number("+12025550199")
                .insert(api);
        lost("m6", "07:00:00", "07:00:30", "D");
        out("o6", "2026-03-10T08:00:00Z", "D", "answered");
        lost("m7", "07:00:00", "07:00:30", null);
        lost("m8", "06:00:00", "06:00:12", "E");
        call("o8", "2026-03-10T06:00:12Z", "2026-03-10T06:01:00Z")
                .of("outbound", "answered")
                .client("3125550105")
                .insert(api);
        lost("m9", "12:00:00", "12:00:10", "F");
        call("o9", "12:00:10", "12:05:00")
                .of("callback", "answered")
                .client(client("F"))
                .insert(api);
        lost("m10", "05:00:00", "05:00:20", "G");
        lost("m11", "05:30:00", "05:30:20", "G");
        out("o10", "05:40:20", "G", "answered");
        lost("before", "2026-03-08T23:59:59Z", "2026-03-09T00:00:10Z", "C");
    }

    private static String client(String letter) {
        return "+1312555010" + ("ABCDEFG".indexOf(letter) + 1);
    }

    private static void lost(String id, String from, String to, @Nullable String client) {
        call(id, from, to).client(client == null ? null : client(client)).insert(api);
    }

    private static void out(String id, String from, String client, String outcome) {
        call(id, from, TimedCall.at(from).plusSeconds(30).toString())
                .of("outbound", outcome)
                .client(client(client))
                .insert(api);
    }

    @Test
    void aLostCallIsCalledBackOrRangAgainOrOpen() {
        aDayOfLostCalls();

        var report = get("missed" + DAY, "s");

        // Responses: m9 0, m1 and m11 600, m2 1800, m10 2400 seconds. m6 and m8 came at 24:59:30 and 24:00:00: too
        // late.
        assertThat(report.path("totals").toString())
                .isEqualTo(
                        "{\"lost\":11,\"called_back\":4,\"called_back_reached\":3,\"rang_again\":1,\"open\":5,"
                                + "\"open_answered_late\":2,\"without_number\":1,"
                                + "\"share\":{\"value\":0.5,\"numerator\":5,\"denominator\":10},"
                                + "\"response_time\":{\"n\":5,\"mean_seconds\":1080.0,\"p50_seconds\":600.0,"
                                + "\"p90_seconds\":2160.0,\"p95_seconds\":2280.0,\"sum_seconds\":5400.0},\"callers_waiting\":1}");
        assertThat(report.path("data").toString())
                .isEqualTo("[{\"account\":\"default\",\"client\":{\"number\":\"+13125550103\",\"name\":null},"
                        + "\"attempts\":3,\"first\":{\"call_id\":\"m3\",\"business_number\":\"+12025550143\","
                        + "\"outcome\":\"missed\",\"started_at\":\"2026-03-09T08:00:00Z\",\"waited_seconds\":10.0},"
                        + "\"last\":{\"call_id\":\"m5\",\"business_number\":\"+12025550199\",\"outcome\":\"dropped\","
                        + "\"started_at\":\"2026-03-09T11:00:00Z\",\"waited_seconds\":5.0}}]");
        assertThat(report.at("/terms/window_hours").asInt()).isEqualTo(24);
        assertThat(api.get(report.at("/links/calls").asText(), "v").each("id")).hasSize(11);
        var longer = get("missed" + DAY + "&window_hours=25", "s");
        assertThat(longer.at("/totals/open").asInt()).isEqualTo(3);
        assertThat(longer.at("/totals/open_answered_late").asInt()).isZero();
    }

    @Test
    void anEmptyDenominatorIsNull() {
        lost("m7", "07:00:00", "07:00:30", null);

        var totals = get("missed" + DAY, "v").path("totals");

        assertThat(totals.at("/share/value").isNull()).isTrue();
        assertThat(totals.at("/response_time/mean_seconds").isNull()).isTrue();
        assertThat(totals.path("lost").asInt()).isEqualTo(1);
    }

    @Test
    void callersWhoWaitComeOnceEachTheLongestWaitingFirst() {
        IntStream.range(10, 40)
                .forEach(i -> call("m" + i, "08:00:0" + i / 10, "08:01:00")
                        .client("+131255501" + i)
                        .insert(api));
        var seen = new ArrayList<String>();

        var path = "/v1/metrics/missed" + DAY + "&limit=7";
        for (var page = 0; !path.isEmpty(); page++) {
            var reply = api.get(path, "v");
            reply.json()
                    .path("data")
                    .forEach(caller -> seen.add(caller.at("/first/call_id").asText()));
            assertThat(reply.json().at("/totals/callers_waiting").asInt()).isGreaterThanOrEqualTo(30);
            if (page == 1) {
                call("later", "09:00:00", "09:01:00").client("+13125550150").insert(api);
                call("earlier", "07:00:00", "07:01:00").client("+13125550151").insert(api);
            }
            path = reply.header("Link").isEmpty()
                    ? ""
                    : reply.header("Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
        }

        assertThat(seen)
                .doesNotHaveDuplicates()
                .hasSize(31)
                .endsWith("later")
                .isEqualTo(IntStream.range(10, 41)
                        .mapToObj(i -> i == 40 ? "later" : "m" + i)
                        .toList());
    }

    @Test
    void clientsAreMaskedAndCannotBeLookedForByMaskedRoles() {
        aDayOfLostCalls();

        for (var token : List.of("v", "o")) {
            assertThat(get("missed" + DAY, token).at("/data/0/client/number").asText())
                    .isEqualTo("+1312•••••03");
            for (var path : List.of("missed", "agents", "numbers", "concurrency")) {
                var refused =
                        api.get("/v1/metrics/" + path + DAY.replace("&min_samples=1", "") + "&client=0103", token);
                assertThat(refused.status()).as(path).isEqualTo(403);
            }
        }
        assertThat(get("missed" + DAY + "&client=5550103", "s")
                        .at("/totals/lost")
                        .asInt())
                .isEqualTo(3);
    }
}
