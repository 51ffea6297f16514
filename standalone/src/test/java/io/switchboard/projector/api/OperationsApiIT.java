package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.event.EventId;
import io.switchboard.projector.api.view.PipelineView.Stage;
import io.switchboard.projector.api.view.Receipt;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Timelines, receipts, the pipeline and dead letters over a real Postgres. */
@ExtendWith(RealInfrastructure.class)
class OperationsApiIT {
    private static final EventId ID =
            EventId.parse("3f2a9c0d8e7b6a5f4c3d2e1f0a9b8c7d").orElseThrow();

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

    @Test
    void aTimelineTellsWhatEveryEventDidOldestFirst() {
        event(3, "IncomingCallCompleted", "2026-03-09T17:01:00Z", "null");
        event(1, "IncomingCall", "2026-03-09T17:00:00.1234567Z", "null");
        event(2, "IncomingCallConnected", "2026-03-09T17:00:09Z", "'102'");
        event(4, "IncomingCallRinging", "2026-03-09T17:05:00Z", "'103'");
        event(5, "SomethingNew", null, "null");
        api.sql(
                "update call_event set delivery_times = '{2026-03-09T17:00:10Z,2026-03-09T17:00:11Z}' where kafka_offset = 2");

        var reply = api.get("/v1/calls/c1/events", "v");

        assertThat(reply.each("type"))
                .containsExactly(
                        "IncomingCall",
                        "IncomingCallConnected",
                        "IncomingCallCompleted",
                        "IncomingCallRinging",
                        "SomethingNew");
        assertThat(reply.each("occurred_at"))
                .contains("2026-03-09T17:00:00.1234567Z", "2026-03-09T17:00:09Z", "2026-03-09T17:30:00Z");
        assertThat(reply.each("after_end")).containsExactly("false", "false", "false", "true", "true");
        assertThat(reply.each("time_source")).endsWith("provider", "arrival");
        assertThat(reply.each("deliveries")).containsExactly("1", "2", "1", "1", "1");
        assertThat(sets(reply.json().at("/data/1"))).contains("answered_at", "agent");
        assertThat(sets(reply.json().at("/data/4"))).isEmpty();
        var connected = reply.json().at("/data/1");
        assertThat(connected.path("event_id").asText()).isEqualTo("00000000000000000000000000000002");
        assertThat(connected.path("topic").asText()).isEqualTo("mightycall.calls");
        assertThat(connected.path("partition").asInt()).isEqualTo(4);
        assertThat(connected.path("offset").asLong()).isEqualTo(2);
        assertThat(connected.path("received_at").asText()).isEqualTo("2026-03-09T17:30:00Z");
        assertThat(reply.response().body()).doesNotContain("5550117");
    }

    @Test
    void aTimelineNamesWhatARecordDisagreesAbout() {
        event(1, "IncomingCall", "2026-03-09T17:00:00Z", "null");
        event(2, "IncomingCallConnected", "2026-03-09T17:00:09Z", "'102'");
        event(3, "call", "2026-03-09T17:00:00Z", "null");
        api.sql("""
                update call_event set source = 'poll', from_party = null, to_party = null, record =
                '{"direction":"Incoming","status":"Missed","started_at":"2026-03-09T17:00:00Z","duration":"PT26S",
                  "caller":{"phone":"+13125550188"},"called":[]}' where type = 'call'""");

        var reply = api.get("/v1/calls/c1/events", "s");

        assertThat(reply.json().at("/data/1/type").asText()).isEqualTo("call");
        assertThat(reply.json().at("/data/1/disagrees").toString()).isEqualTo("[\"outcome\",\"client\"]");
        assertThat(reply.json().at("/data/2/disagrees").toString()).isEqualTo("[]");
        assertThat(reply.response().body()).doesNotContain("5550188", "5550117");
    }

    @Test
    void aLongTimelineComesInPages() {
        for (int i = 1; i <= 10; i++) {
            event(i, "IncomingCallRinging", "2026-03-09T17:00:00Z", "'101'");
        }
        var seen = new ArrayList<String>();

        var path = "/v1/calls/c1/events?limit=3";
        for (@Nullable String next = ""; next != null; ) {
            var reply = api.get(path + next, "v");
            assertThat(reply.status()).isEqualTo(200);
            seen.addAll(reply.each("offset"));
            var cursor = reply.json().path("page").path("next");
            next = cursor.isNull() ? null : "&cursor=" + cursor.asText();
        }

        assertThat(seen).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    }

    @Test
    void aTimelineStaysInItsAccount() {
        event(1, "IncomingCall", "2026-03-09T17:00:00Z", "null");

        assertThat(api.get("/v1/calls/c1/events", "a").status()).isEqualTo(200);
        assertThat(api.get("/v1/calls/c1/events", "west").status()).isEqualTo(404);
        assertThat(api.get("/v1/calls/c2/events", "a").status()).isEqualTo(404);
    }

    @Test
    void aReceiptTellsHowFarAnEventHasCome() {
        var path = "/v1/receipts/" + ID;
        assertThat(api.get(path, "o").status()).isEqualTo(404);

        api.underway.put(
                ID, new Receipt(ID, Receipt.Status.SPOOLED, "default", ApiUnderTest.NOW, null, null, null, null));
        assertReceipt("spooled");

        api.sql("""
                insert into dead_letter (account, topic, partition, kafka_offset, event_id, reason, detail)
                values ('default', 'mightycall.calls', 4, 9, '%s', 'undecodable', 'not JSON')""".formatted(ID.toUuid()));
        assertReceipt("dead_lettered");

        api.sql("""
                insert into quarantined_event (account, event_id, received_at, replicated_at, topic, partition, kafka_offset)
                values ('default', '%s', '2026-03-09T17:00:00Z', '2026-03-09T17:00:01Z', 'mightycall.quarantine', 4, 9)""".formatted(ID.toUuid()));
        assertReceipt("quarantined");

        api.sql("""
                insert into call_event (account, event_id, call_id, source, type, received_at, topic, partition,
                                        kafka_offset, replicated_at)
                values ('default', '%s', 'c1', 'webhook', 'IncomingCall', '2026-03-09T17:00:00Z', 'mightycall.calls', 4, 9,
                        '2026-03-09T17:00:01Z')""".formatted(ID.toUuid()));
        assertReceipt("projected");
        var receipt = api.get(path, "o").json();
        assertThat(receipt.path("received_at").asText()).isEqualTo("2026-03-09T17:00:00Z");
        assertThat(receipt.path("replicated_at").asText()).isEqualTo("2026-03-09T17:00:01Z");
        assertThat(receipt.path("projected_at").asText()).isNotEmpty();
        assertThat(receipt.path("offset").asLong()).isEqualTo(9);
        assertThat(receipt.path("call_id").asText()).isEqualTo("c1");
    }

    private static void assertReceipt(String status) {
        var reply = api.get("/v1/receipts/" + ID, "o");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("status").asText()).isEqualTo(status);
        assertThat(reply.json().path("event_id").asText()).isEqualTo(ID.toString());
        assertThat(api.get("/v1/receipts/" + ID, "ops-west").status()).isEqualTo(404);
    }

    @Test
    void notBeingAbleToAskTheGatewayIsNotAnUnknownEvent() {
        api.gatewayAnswers = false;

        var reply = api.get("/v1/receipts/" + ID, "o");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isNotEmpty();
    }

    @Test
    void deadLettersAreListedNewestFirstAndGrouped() {
        deadLetter(1, "'default'", "mightycall.calls", "undecodable", "c1");
        deadLetter(2, "'west'", "mightycall.calls", "out_of_range", "c2");
        deadLetter(3, "null", "mightycall.phone-numbers", "undecodable", "+13125550117");

        var all = api.get("/v1/dead-letters", "o");
        assertThat(all.each("offset")).containsExactly("3", "2", "1");
        assertThat(all.each("key")).containsExactly("+1312•••••17", "c2", "c1");
        assertThat(all.json().at("/groups/0/reason").asText()).isEqualTo("undecodable");
        assertThat(all.json().at("/groups/0/count").asInt()).isEqualTo(2);
        assertThat(all.json().at("/groups/0/first_failed_at").asText()).isEqualTo("2026-03-09T17:00:01Z");
        assertThat(all.json().at("/groups/0/last_failed_at").asText()).isEqualTo("2026-03-09T17:00:03Z");
        assertThat(api.get("/v1/dead-letters", "a").each("key")).contains("+13125550117");
        assertThat(api.get("/v1/dead-letters?reason=out_of_range", "o").each("offset"))
                .containsExactly("2");
        assertThat(api.get("/v1/dead-letters?topic=calls", "o").each("offset")).containsExactly("2", "1");
        assertThat(api.get("/v1/dead-letters?topic=mightycall.calls&reason=undecodable", "o")
                        .each("offset"))
                .containsExactly("1");
        assertThat(api.get("/v1/dead-letters?reason=nothing", "o").each("offset"))
                .isEmpty();
        var bound = api.get("/v1/dead-letters", "ops-west");
        assertThat(bound.each("offset")).containsExactly("2");
        assertThat(bound.json().path("groups")).hasSize(1);
    }

    @Test
    void deadLettersComeInPagesAndOneByOne() {
        for (int i = 1; i <= 5; i++) {
            deadLetter(i, "'default'", "mightycall.calls", "undecodable", "c1");
        }

        var first = api.get("/v1/dead-letters?limit=3", "o");
        var second = api.get(
                "/v1/dead-letters?limit=3&cursor="
                        + first.json().at("/page/next").asText(),
                "o");
        assertThat(first.each("offset")).containsExactly("5", "4", "3");
        assertThat(second.each("offset")).containsExactly("2", "1");
        assertThat(second.json().at("/page/next").isNull()).isTrue();

        var id = first.each("id").getFirst();
        assertThat(api.get("/v1/dead-letters/" + id, "o").json().path("offset").asInt())
                .isEqualTo(5);
        assertThat(api.get("/v1/dead-letters/" + id, "ops-west").status()).isEqualTo(404);
        assertThat(api.get("/v1/dead-letters/999", "o").status()).isEqualTo(404);
    }

    @Test
    void thePipelineShowsItsStages() {
        api.stages.add(
                new Stage("projector", "running", null, 12.5, 3L, ApiUnderTest.NOW.minusMillis(210), ApiUnderTest.NOW));

        var stage = api.get("/v1/pipeline", "v").json().at("/stages/0");

        assertThat(stage.path("name").asText()).isEqualTo("projector");
        assertThat(stage.path("lag_seconds").asDouble()).isEqualTo(0.21);
        assertThat(stage.path("lag_records").asInt()).isEqualTo(3);
        assertThat(stage.path("last_success_at").asText()).isEqualTo("2026-03-10T12:00:00Z");
    }

    private static List<String> sets(JsonNode item) {
        var sets = new ArrayList<String>();
        item.path("sets").forEach(field -> sets.add(field.asText()));
        return sets;
    }

    private static void event(int offset, String type, @Nullable String time, String extension) {
        var rest = time != null && time.length() > 27 ? Integer.parseInt(time.substring(26, 27)) * 100 : 0;
        var micros = rest == 0 || time == null ? time : time.substring(0, 26) + "Z";
        api.sql("""
                insert into call_event (account, event_id, call_id, source, type, provider_time, provider_time_rest,
                    received_at, extension, from_party, to_party, topic, partition, kafka_offset, replicated_at)
                values ('default', '00000000-0000-0000-0000-%012d', 'c1', 'webhook', '%s', %s, %d, '2026-03-09T17:30:00Z', %s,
                    '+13125550117', '+12025550143', 'mightycall.calls', 4, %d, now())""".formatted(offset, type, micros == null ? "null" : "'" + micros + "'", rest, extension, offset));
    }

    private static void deadLetter(int offset, String account, String topic, String reason, String key) {
        api.sql("""
                insert into dead_letter (account, topic, partition, kafka_offset, record_key, reason, detail, failed_at)
                values (%s, '%s', 0, %d, '%s', '%s', 'for people', '2026-03-09T17:00:0%dZ')""".formatted(account, topic, offset, key, reason, offset));
    }
}
