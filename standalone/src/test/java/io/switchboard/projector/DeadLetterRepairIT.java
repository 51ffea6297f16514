package io.switchboard.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters looked at, replayed and discarded, on a real Kafka and Postgres. */
@ExtendWith(RealInfrastructure.class)
class DeadLetterRepairIT {
    private static final Instant START = Instant.parse("2026-03-09T17:00:00Z");
    private static final String REPLAY = "/v1/dead-letters/replay";

    @TempDir
    static Path folder;

    private static LiveApi api;
    private static LogAppender log;
    private static int calls;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        api = LiveApi.start(infrastructure, Map.of(), folder);
        log = new LogAppender(api.settings.kafka());
    }

    @AfterAll
    static void stop() throws Exception {
        log.close();
        api.close();
    }

    @BeforeEach
    void empty() {
        api.sql("truncate dead_letter, job, repair, idempotency_key, audit_entry");
    }

    /** A call that the tables do not know, though its records are in the log: each of them a dead letter. */
    private static String refusedCall(String reason) {
        var call = "refused-" + calls++;
        var places = log.places(Webhooks.answeredCall(call, START.plusSeconds(calls)));
        LiveApi.until(() -> api.column("select version from call where call_id = '" + call + "'")
                .equals(List.of("4")));
        api.sql(
                "delete from call_event where call_id = '" + call + "'",
                "delete from call_leg where call_id = '" + call + "'",
                "delete from call where call_id = '" + call + "'");
        places.forEach(place -> plant(place.topic(), place.partition(), place.offset(), reason));
        return call;
    }

    private static void plant(String topic, int partition, long offset, String reason) {
        api.sql("""
                insert into dead_letter (account, topic, partition, kafka_offset, record_key, reason, detail, received_at)
                values ('default', '%s', %d, %d, 'key', '%s', 'planted', '2026-03-09T17:00:00Z')""".formatted(topic, partition, offset, reason));
    }

    private static RecordMetadata poison() {
        var body = "{\"EventType\":\"IncomingCall\",\"From\":\"+13125550117\",\"ClientName\":\"Dana\",\"no\":\"call\"}";
        var place = log.places(List.of(Webhooks.raw("poison-" + calls++, body.getBytes(UTF_8))))
                .getFirst();
        LiveApi.until(() -> !api.column("select id from dead_letter where kafka_offset = " + place.offset()
                        + " and partition = " + place.partition())
                .isEmpty());
        return place;
    }

    private static JsonNode finished(LiveApi.Reply ordered) {
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        var path = ordered.header("Location");
        LiveApi.until(() -> !List.of("queued", "running")
                .contains(api.get(path, "o").json().path("status").asText()));
        return api.get(path, "o").json();
    }

    @Test
    void lettersWhoseReasonIsGoneAreAppliedAndSettled() {
        var call = refusedCall("too_deep");

        var dryRun = api.post(REPLAY, "o", "{\"reason\":[\"too_deep\"],\"dry_run\":true}")
                .json();

        assertThat(dryRun.path("matched").asInt()).isEqualTo(4);
        assertThat(dryRun.path("would_apply").asInt()).isEqualTo(4);
        assertThat(dryRun.path("calls_changed").asInt()).isEqualTo(1);
        assertThat(dryRun.path("rows_by_table").path("call_event").asInt()).isEqualTo(4);
        assertThat(dryRun.at("/by_reason/0/reason").asText()).isEqualTo("too_deep");
        assertThat(api.column("select count(*) from call where call_id = '" + call + "'"))
                .containsExactly("0");
        assertThat(api.column("select count(*) from dead_letter where resolved_at is null"))
                .containsExactly("4");
        assertThat(api.column("select count(*) from job")).containsExactly("0");

        var job = finished(api.post(REPLAY, "o", "{\"reason\":[\"too_deep\"]}"));

        assertThat(job.path("status").asText()).isEqualTo("done");
        assertThat(job.path("kind").asText()).isEqualTo("dead_letters");
        assertThat(job.path("read").path("applied").asInt()).isEqualTo(4);
        assertThat(api.column("select outcome from call where call_id = '" + call + "'"))
                .containsExactly("answered");
        assertThat(api.get("/v1/dead-letters", "o").json().path("data")).isEmpty();
        var settled = api.get("/v1/dead-letters?status=applied", "o").json().at("/data/0");
        assertThat(settled.path("resolved_by").asText()).startsWith("operator-");
        assertThat(api.column("select action from audit_entry where outcome = 'allowed'"))
                .containsExactly("dead_letters.order");
    }

    @Test
    void whatIsRefusedAgainStaysOpenAndWhatIsGoneSaysSo() {
        var place = poison();
        plant(place.topic(), place.partition(), 999_999, "not_json");
        plant("elsewhere.calls", 0, 1, "not_json");

        var dryRun = api.post(REPLAY, "o", "{\"all\":true,\"dry_run\":true}").json();
        var job = finished(api.post(REPLAY, "o", "{\"all\":true}"));

        assertThat(dryRun.path("still_refused").asInt()).isOne();
        assertThat(dryRun.path("gone").asInt()).isEqualTo(2);
        assertThat(dryRun.path("rows_changed").asInt()).isZero();
        assertThat(job.path("read").path("refused").asInt()).isOne();
        assertThat(job.path("read").path("gone").asInt()).isEqualTo(2);
        assertThat(api.column("select reason || replays from dead_letter where replays > 0"))
                .containsExactly("no_call_id1");
        assertThat(api.column("select count(*) from dead_letter where gone_at is not null and resolved_at is null"))
                .containsExactly("2");
    }

    @Test
    void aFilterThatMatchesNothingDoesNothing() {
        var place = poison();

        var reply = api.post(REPLAY, "o", "{\"reason\":[\"out_of_range\"]}", "Idempotency-Key", "none");
        var discarded = api.send("DELETE", "/v1/dead-letters?reason=out_of_range", "o", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("matched").asInt()).isZero();
        assertThat(discarded.json().path("discarded").asInt()).isZero();
        assertThat(api.column("select count(*) from job")).containsExactly("0");
        assertThat(api.column("select kafka_offset from dead_letter where resolved_at is null"))
                .containsExactly(Long.toString(place.offset()));
    }

    @Test
    void oneKeyIsOneReplayEvenWhenNothingIsLeftToReplay() {
        var call = refusedCall("too_deep");
        assertThat(call).isNotEmpty();
        var body = "{\"reason\":[\"too_deep\"]}";

        var first = api.post(REPLAY, "o", body, "Idempotency-Key", "k");
        var done = finished(first);
        var again = api.post(REPLAY, "o", body, "Idempotency-Key", "k");

        assertThat(done.path("read").path("applied").asInt()).isEqualTo(4);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(api.post(REPLAY, "o", "{\"all\":true}", "Idempotency-Key", "k")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void discardedLettersStayDiscarded() {
        var first = poison();
        var other = poison();
        assertThat(other.hasOffset()).isTrue();
        var id = api.column("select id from dead_letter where kafka_offset = " + first.offset() + " and partition = "
                        + first.partition())
                .getFirst();

        assertThat(api.send("DELETE", "/v1/dead-letters/" + id, "o", "")
                        .json()
                        .path("discarded")
                        .asInt())
                .isOne();
        assertThat(api.send("DELETE", "/v1/dead-letters/" + id, "o", "").status())
                .isEqualTo(404);
        assertThat(api.get("/v1/dead-letters/" + id, "o").json().path("status").asText())
                .isEqualTo("discarded");
        assertThat(api.send("DELETE", "/v1/dead-letters?reason=no_call_id", "o", "")
                        .json()
                        .path("discarded")
                        .asInt())
                .isOne();
        assertThat(api.column("select count(*) from audit_entry where action = 'dead_letters.discard'"))
                .containsExactly("3");
        var replay = finished(api.post(
                "/v1/replays",
                "o",
                "{\"topic\":\"calls\",\"partition\":%d,\"from_offset\":%d,\"to_offset\":%d}"
                        .formatted(first.partition(), first.offset(), first.offset() + 1)));
        assertThat(replay.path("read").path("refused").asInt()).isOne();
        assertThat(api.get("/v1/dead-letters", "o").json().path("data")).isEmpty();
    }

    @Test
    void theRecordItselfIsShownMaskedByRole() {
        var place = poison();
        plant(place.topic(), place.partition(), 999_999, "not_json");
        var groups = api.get("/v1/dead-letters", "a").json().path("groups");
        var sample = groups.findValuesAsText("reason").indexOf("no_call_id");
        var group = groups.path(0).path("reason").asText().equals("no_call_id") ? groups.path(0) : groups.path(1);
        assertThat(sample).isNotNegative();
        assertThat(group.path("count").asInt()).isOne();
        assertThat(group.path("topics").path(0).asText()).endsWith("calls");
        var id = group.path("sample").path("id").asText();

        var admin = api.get("/v1/dead-letters/" + id, "a").json().path("payload");
        var operator = api.get("/v1/dead-letters/" + id, "o").json().path("payload");
        var gone = api.get("/v1/dead-letters?reason=not_json", "o")
                .json()
                .at("/data/0/id")
                .asText();

        assertThat(admin.path("text").asText()).contains("+13125550117", "Dana");
        assertThat(operator.path("text").asText()).contains("+1312•••••17").doesNotContain("3125550117", "Dana");
        assertThat(api.get("/v1/dead-letters/" + gone, "o")
                        .json()
                        .at("/payload/state")
                        .asText())
                .isEqualTo("gone");
    }

    @Test
    void aBoundOperatorTouchesItsOwnAccountAlone() {
        var call = refusedCall("too_deep");
        assertThat(call).isNotEmpty();

        assertThat(api.get("/v1/dead-letters", "oe").json().path("data")).isEmpty();
        assertThat(api.post(REPLAY, "oe", "{\"all\":true}")
                        .json()
                        .path("matched")
                        .asInt())
                .isZero();
        assertThat(api.send("DELETE", "/v1/dead-letters?reason=too_deep", "oe", "")
                        .json()
                        .path("discarded")
                        .asInt())
                .isZero();
        assertThat(api.post(
                                "/v1/replays",
                                "oe",
                                "{\"topic\":\"calls\",\"partition\":0,\"from_offset\":0,\"to_offset\":1}")
                        .status())
                .isEqualTo(403);
        assertThat(api.post("/v1/rebuilds", "oe", "{\"from\":\"events\"}").status())
                .isEqualTo(403);
        assertThat(api.column("select count(*) from repair")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"reason\":\"too_deep\"}",
                "{\"reason\":[1]}",
                "{\"reason\":[\"\"]}",
                "{\"ids\":[\"x\"]}",
                "{\"ids\":[17]}",
                "{\"all\":\"true\"}",
                "{\"all\":true,\"reason\":[\"too_deep\"]}",
                "{\"reason\":[\"too_deep\"],\"dry_run\":1}",
                "{\"received_after\":\"yesterday\"}",
                "{\"received_after\":\"2026-03-10T00:00:00Z\",\"received_before\":\"2026-03-09T00:00:00Z\"}",
                "{\"reason\":[\"too_deep\"],\"colour\":\"red\"}"
            })
    void aBadReplayOfLettersIsRefused(String body) {
        assertThat(api.post(REPLAY, "o", body).status()).isEqualTo(400);
        assertThat(api.column("select count(*) from repair")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"topic\":\"calls\"}",
                "{\"topic\":\"sync-state\",\"partition\":0,\"from_offset\":0,\"to_offset\":1}",
                "{\"topic\":\"calls\",\"from\":\"2026-03-10T00:00:00Z\"}",
                "{\"topic\":\"calls\",\"from\":\"2026-03-10T00:00:00Z\",\"to\":\"2026-03-10T00:00:00Z\"}",
                "{\"topic\":\"calls\",\"from\":\"2026-03-10\",\"to\":\"2026-03-11\"}",
                "{\"topic\":\"calls\",\"partition\":-1,\"from_offset\":0,\"to_offset\":1}",
                "{\"topic\":\"calls\",\"partition\":0,\"from_offset\":5,\"to_offset\":5}",
                "{\"topic\":\"calls\",\"partition\":0,\"from_offset\":1.5,\"to_offset\":5}",
                "{\"topic\":\"calls\",\"from_offset\":0,\"to_offset\":5}",
                "{\"topic\":\"calls\",\"partition\":0,\"from_offset\":0,\"to_offset\":99999999999999999999}",
                "{\"topic\":\"calls\",\"partition\":0,\"from\":\"2026-03-10T00:00:00Z\",\"to\":\"2026-03-11T00:00:00Z\"}"
            })
    void aBadReplayIsRefused(String body) {
        assertThat(api.post("/v1/replays", "o", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"from\":\"tables\"}", "{\"from\":1}", "{\"from\":\"events\",\"compare_only\":\"yes\"}"})
    void aBadRebuildIsRefused(String body) {
        assertThat(api.post("/v1/rebuilds", "o", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?reason=", "?received_after=x", "?colour=red", "?limit=1"})
    void aDiscardSaysWhich(String query) {
        var other = poison();
        assertThat(other.hasOffset()).isTrue();

        assertThat(api.send("DELETE", "/v1/dead-letters" + query, "o", "").status())
                .isEqualTo(400);
        assertThat(api.column("select count(*) from dead_letter where resolved_at is null"))
                .containsExactly("1");
    }
}
