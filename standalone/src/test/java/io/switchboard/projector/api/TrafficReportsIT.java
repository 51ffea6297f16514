package io.switchboard.projector.api;

import static io.switchboard.projector.api.TimedCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reports on numbers, on calls at the same time and on callers over a real Postgres; all numbers are worked out by hand. */
@ExtendWith(RealInfrastructure.class)
class TrafficReportsIT {
    private static final String HOUR = "concurrency?from=2026-03-09T10:00:00Z&to=2026-03-09T11:00:00Z&interval=15m";
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

    private static JsonNode get(String path) {
        var reply = api.get("/v1/metrics/" + path, "s");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    /** One that ends as another begins, one across a quarter, one from before, one that nobody took. */
    private static void anHour() {
        call("a", "09:59:00", "10:10:00").answered("10:00:00", "101").insert(api);
        call("b", "10:09:00", "10:20:00").answered("10:10:00", "101").insert(api);
        call("c", "10:04:00", "10:15:00").answered("10:05:00", "102").insert(api);
        call("d", "09:49:00", "10:02:00").answered("09:50:00", "102").insert(api);
        call("e", "10:09:30", "10:09:50").insert(api);
        call("i", "10:00:00", "10:30:00")
                .of("internal", "answered")
                .answered("10:00:00", "103")
                .insert(api);
    }

    @Test
    void callsThatTouchAreNotAtTheSameTime() {
        anHour();

        var report = get(HOUR);

        // At 10:00 a and d; at 10:10 b begins as a ends. 600 + 300 + 600 + 120 seconds in the first quarter.
        assertThat(report.at("/terms/of").asText()).isEqualTo("talking");
        assertThat(report.at("/buckets/0/start").asText()).isEqualTo("2026-03-09T10:00:00Z");
        assertThat(report.at("/buckets/0/end").asText()).isEqualTo("2026-03-09T10:15:00Z");
        assertThat(report.at("/buckets/0/seconds").asInt()).isEqualTo(900);
        assertThat(report.at("/buckets/0").toString())
                .contains("\"peak\":2,\"peak_at\":\"2026-03-09T10:00:00Z\",\"mean_erlangs\":1.8,"
                        + "\"call_seconds\":1620.0");
        assertThat(report.at("/buckets/1").toString())
                .contains("\"peak\":1,\"peak_at\":\"2026-03-09T10:15:00Z\",\"mean_erlangs\":0.3333,"
                        + "\"call_seconds\":300.0");
        assertThat(report.at("/buckets/2").toString())
                .contains("\"peak\":0,\"peak_at\":null,\"mean_erlangs\":0.0,\"call_seconds\":0.0");
        assertThat(report.path("buckets")).hasSize(4);
        assertThat(report.path("peak").asInt()).isEqualTo(2);
        assertThat(report.path("peak_at").asText()).isEqualTo("2026-03-09T10:00:00Z");
        assertThat(report.path("mean_erlangs").asDouble()).isEqualTo(0.5333);
    }

    @Test
    void ringingCountsWhenWholeCallsAreAskedFor() {
        anHour();

        var report = get(HOUR + "&of=calls");

        assertThat(report.path("peak").asInt()).as("a, b, c and e").isEqualTo(4);
        assertThat(report.path("peak_at").asText()).isEqualTo("2026-03-09T10:09:30Z");
        assertThat(report.path("call_seconds").asDouble()).isEqualTo(2060);
        assertThat(get(HOUR + "&of=calls&direction=internal")
                        .path("call_seconds")
                        .asDouble())
                .isEqualTo(1800);
    }

    @Test
    void aCallThatGoesOnCountsUntilNowAndASilentOneUntilItWasLastHeardOf() {
        api.now = Instant.parse("2026-03-09T10:45:00Z");
        call("on", "10:29:00", "11:00:00")
                .answered("10:30:00", "101")
                .open("10:30:00")
                .insert(api);
        call("silent", "05:00:00", "11:00:00")
                .answered("05:00:00", "101")
                .open("05:30:00")
                .insert(api);

        assertThat(get(HOUR).path("call_seconds").asDouble()).isEqualTo(900);
        assertThat(get("concurrency?from=2026-03-09T05:00:00Z&to=2026-03-09T06:00:00Z&interval=hour")
                        .path("call_seconds")
                        .asDouble())
                .isEqualTo(1800);
    }

    @Test
    void theDayOfChangeHasAsManyBucketsAsItHasHours() {
        for (var day : List.of("from=2026-11-01&to=2026-11-02 25", "from=2026-03-08&to=2026-03-09 23")) {
            var report = get("concurrency?tz=America/New_York&interval=hour&" + day.split(" ")[0]);
            assertThat(report.path("buckets")).hasSize(Integer.parseInt(day.split(" ")[1]));
        }
    }

    private record Span(Instant from, Instant to) {
        private boolean holds(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }
    }

    @Test
    void theSweepAgreesWithCountingAtEveryInstant() {
        for (var seed = 1; seed <= 3; seed++) {
            api.empty();
            var random = new SplittableRandom(seed);
            var from = Instant.parse("2026-03-09T10:00:00Z");
            var spans = new ArrayList<Span>();
            for (var i = 0; i < 60; i++) {
                var start = from.plusSeconds(random.nextInt(-60, 270) * 15L);
                var span = new Span(start, start.plusSeconds(random.nextInt(0, 40) * 15L));
                spans.add(span);
                call("c" + i, span.from().toString(), span.to().toString())
                        .answered(span.from().toString(), "101")
                        .insert(api);
            }

            var buckets = get(HOUR).path("buckets");

            for (var quarter = 0; quarter < 4; quarter++) {
                var peak = 0L;
                var seconds = 0L;
                for (var step = 0; step < 60; step++) {
                    var instant = from.plusSeconds(quarter * 900L + step * 15L);
                    var calls =
                            spans.stream().filter(span -> span.holds(instant)).count();
                    peak = Math.max(peak, calls);
                    seconds += calls * 15;
                }
                assertThat(buckets.path(quarter).path("peak").asLong())
                        .as("seed %d", seed)
                        .isEqualTo(peak);
                assertThat(buckets.path(quarter).path("call_seconds").asDouble())
                        .as("seed %d", seed)
                        .isEqualTo(seconds, within(1e-6));
            }
        }
    }

    @Test
    void everyNumberHasItsFiguresAndTheSilentOnesAreThereToo() {
        call("1", "10:00:00", "10:01:10").answered("10:00:10", "101").insert(api);
        call("2", "10:10:00", "10:12:00").answered("10:10:30", "101").insert(api);
        call("3", "10:20:00", "10:20:25").insert(api);
        call("4", "10:30:00", "10:30:20").number("+12025550199").insert(api);
        call("5", "10:40:00", "10:40:20").number(null).insert(api);
        api.sql("""
                insert into phone_number (account, number, first_seen_at, seen_at, seen_event, label, released_at)
                select 'default', n, now(), now(), gen_random_uuid(), l, r::timestamptz
                from (values ('+12025550143', 'Main', null), ('+12025550150', 'Silent', null),
                    ('+12025550160', 'Gone', '2026-01-01T00:00:00Z')) v (n, l, r)""");

        var report = get("numbers" + DAY + "&formula=offered");

        var numbers = report.path("numbers");
        assertThat(numbers.findValuesAsText("number"))
                .containsExactly("+12025550143", "+12025550199", "null", "+12025550150");
        assertThat(numbers.findValuesAsText("label")).containsExactly("Main", "null", "null", "Silent");
        var main = numbers.path(0);
        assertThat(main.path("calls").asInt()).isEqualTo(3);
        assertThat(main.at("/outcomes/answered").asInt()).isEqualTo(2);
        assertThat(main.at("/answer_rate/value").asDouble()).isEqualTo(0.6667);
        assertThat(main.at("/service_level/value").asDouble())
                .as("one of three within 20 s")
                .isEqualTo(0.3333);
        assertThat(main.at("/time_to_answer/mean_seconds").asDouble()).isEqualTo(20);
        assertThat(main.at("/talk_time/sum_seconds").asDouble()).isEqualTo(150);
        assertThat(api.get(main.at("/links/calls").asText(), "v").each("id")).containsExactly("3", "2", "1");
        assertThat(numbers.at("/3/calls").asInt()).isZero();
        assertThat(numbers.at("/3/answer_rate/value").isNull()).isTrue();
        assertThat(get("numbers" + DAY + "&number=2025550199").path("numbers").findValuesAsText("number"))
                .containsExactly("+12025550199");
    }

    @Test
    void callersAreCountedOnceHoweverTheirNumberIsWritten() {
        calls("A", "+13125550101", 1);
        call("A-before", "2026-02-01T10:00:00Z", "2026-02-01T10:01:00Z")
                .of("outbound", "answered")
                .client("3125550101")
                .insert(api);
        calls("B", "+13125550102", 2);
        calls("C", "+13125550103", 2);
        calls("C-national", "3125550103", 1);
        calls("D", "+13125550104", 5);
        calls("nobody", null, 1);
        call("out", "15:00:00", "15:01:00")
                .of("outbound", "answered")
                .client("+13125550105")
                .insert(api);

        var callers = get("summary" + DAY + "&include=callers").path("callers");

        assertThat(callers.toString())
                .isEqualTo("{\"calls\":11,\"calls_without_number\":1,\"distinct\":4,\"first_time\":3,"
                        + "\"first_time_share\":{\"value\":0.75,\"numerator\":3,\"denominator\":4},\"repeat\":3,"
                        + "\"repeat_share\":{\"value\":0.75,\"numerator\":3,\"denominator\":4},"
                        + "\"by_calls\":{\"1\":1,\"2\":1,\"3\":1,\"4-5\":1,\"6-10\":0,\"11+\":0}}");
    }

    private static void calls(String id, @Nullable String client, int count) {
        for (var i = 0; i < count; i++) {
            call(id + i, "1" + i + ":00:00", "1" + i + ":01:00").client(client).insert(api);
        }
    }

    private static void voicemail(String id, String time, @Nullable String digits) {
        api.sql("""
                insert into voicemail (account, voicemail_id, first_seen_at, seen_at, seen_event, created_at, client_digits,
                    business_number)
                values ('default', '%s', now(), now(), gen_random_uuid(), '%s', %s, '+12025550143')""".formatted(id, TimedCall.at(time), digits == null ? "null" : "'" + digits + "'"));
    }

    @Test
    void aVoicemailIsRespondedToByTheFirstCallToWhoeverLeftIt() {
        voicemail("v1", "09:00:00", "13125550101");
        voicemail("v2", "09:00:00", "13125550102");
        voicemail("v3", "09:00:00", null);
        voicemail("before", "2026-03-08T23:00:00Z", "13125550102");
        call("early", "08:00:00", "08:01:00")
                .of("outbound", "answered")
                .client("+13125550101")
                .insert(api);
        call("in", "09:10:00", "09:11:00").client("+13125550101").insert(api);
        call("out", "09:30:00", "09:31:00")
                .of("outbound", "unanswered")
                .client("3125550101")
                .insert(api);
        call("again", "09:40:00", "09:41:00")
                .of("outbound", "answered")
                .client("+13125550101")
                .insert(api);

        var responses = get("summary" + DAY + "&include=voicemail_response").path("voicemail_response");

        assertThat(responses.toString())
                .isEqualTo("{\"received\":3,\"without_number\":1,\"responded\":1,\"open\":1,"
                        + "\"share\":{\"value\":0.5,\"numerator\":1,\"denominator\":2},"
                        + "\"response_time\":{\"n\":1,\"mean_seconds\":1800.0,\"p50_seconds\":1800.0,"
                        + "\"p90_seconds\":1800.0,\"p95_seconds\":1800.0,\"sum_seconds\":1800.0}}");
    }

    private static void message(String direction, String time, String number, String status) {
        api.sql("""
                insert into journal_entry (account, entry_id, first_seen_at, seen_at, seen_event, created_at, type, direction,
                    client_digits, business_number, delivery_status, tags, attachments)
                values ('default', gen_random_uuid()::text, now(), now(), gen_random_uuid(), '%s', 'message', '%s',
                    '13125550101', '%s', '%s', '[]', '[]')""".formatted(TimedCall.at(time), direction, number, status));
    }

    @Test
    void aRunOfMessagesIsRespondedToByTheFirstOneBack() {
        message("inbound", "09:00:00", "+12025550143", "sent");
        message("inbound", "09:05:00", "+12025550143", "sent");
        message("outbound", "09:20:00", "+12025550143", "sent");
        message("inbound", "10:00:00", "+12025550143", "sent");
        message("outbound", "10:01:00", "+12025550143", "not_sent");
        message("outbound", "10:02:00", "+12025550143", "sent");
        message("inbound", "11:00:00", "+12025550143", "sent");
        message("inbound", "09:10:00", "+12025550199", "sent");
        message("inbound", "2026-03-08T23:59:59Z", "+12025550150", "sent");
        message("inbound", "00:00:10", "+12025550150", "sent");

        var report = get("summary" + DAY + "&include=message_response&include=callers");

        assertThat(report.path("message_response").toString())
                .startsWith("{\"received\":4,\"without_number\":0,\"responded\":2,\"open\":2,")
                .contains("\"n\":2,\"mean_seconds\":660.0,\"p50_seconds\":660.0", "\"sum_seconds\":1320.0");
        assertThat(report.at("/callers/distinct").asInt()).isZero();
        assertThat(report.at("/callers/repeat_share/value").isNull()).isTrue();
        assertThat(get("summary" + DAY + "&include=message_response&number=2025550199")
                        .at("/message_response/received")
                        .asInt())
                .isEqualTo(1);
        assertThat(get("summary" + DAY).has("callers")).isFalse();
    }

    @Test
    void anAnswerKnownAlreadyIsNotSentAgain() {
        anHour();
        for (var path : List.of("agents" + DAY, "numbers" + DAY, "missed" + DAY, HOUR)) {
            var tag = api.get("/v1/metrics/" + path, "s").header("ETag");
            assertThat(api.get("/v1/metrics/" + path, "s", "If-None-Match", tag).status())
                    .as(path)
                    .isEqualTo(304);
            assertThat(Duration.ofSeconds(api.get("/v1/metrics/" + path, "s")
                            .json()
                            .at("/range/seconds")
                            .asInt()))
                    .isPositive();
        }
    }
}
