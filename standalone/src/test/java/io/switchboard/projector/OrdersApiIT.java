package io.switchboard.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.projector.LiveApi.Reply;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.PollerReport.State;
import io.switchboard.sync.StateKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Orders, jobs and what pollers say, on a real Kafka and Postgres. */
@ExtendWith(RealInfrastructure.class)
class OrdersApiIT {
    private static final String RANGE = "\"from\":\"2026-02-01T00:00:00Z\",\"to\":\"2026-02-11T00:00:00Z\"";

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
        api.sql("truncate job, idempotency_key, audit_entry, poller_state, dead_letter");
    }

    @Test
    void aSyncIsOrderedOnceAndItsProgressIsSeen() {
        var first = api.post("/v1/sync", "o", "{\"account\":\"west\",\"resources\":[\"calls\"]}");
        var second = api.post("/v1/sync", "o", "{\"account\":\"west\"}");

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.json().path("status").asText()).isEqualTo("queued");
        assertThat(first.json().path("detail").asText()).contains("waits");
        assertThat(first.header("Location")).isEqualTo("/v1/jobs/" + id(first));
        assertThat(second.status()).isEqualTo(202);
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(ordered(id(first))).singleElement().satisfies(order -> {
            assertThat(order.account()).isEqualTo("west");
            assertThat(order.kind()).isEqualTo(Order.Kind.SYNC);
            assertThat(order.resources()).containsExactly("calls");
            assertThat(order.requestedBy()).startsWith("operator-");
        });

        poller.progress(job(first, Job.Status.RUNNING, 2));
        awaitStatus(id(first), "running");
        poller.progress(job(first, Job.Status.QUEUED, 1));
        poller.progress(job(first, Job.Status.DONE, 3));
        awaitStatus(id(first), "done");
        poller.say("west", StateKey.JOB_PREFIX + id(first), null);
        poller.progress(job(first, Job.Status.RUNNING, 2));
        PollerStateIT.awaitLagZero(api);

        var job = api.get("/v1/jobs/" + id(first), "o").json();
        assertThat(job.path("status").asText()).isEqualTo("done");
        assertThat(job.path("revision").asInt()).isEqualTo(3);
        assertThat(job.path("read").path("calls").asInt()).isEqualTo(7);
        assertThat(id(api.post("/v1/sync", "o", "{\"account\":\"west\"}"))).isNotEqualTo(id(first));
    }

    @Test
    void anOrderIsACloudEventUnderItsAccountsKey() {
        var id = id(api.post("/v1/sync", "oe", "{}"));

        var record = poller.records().stream()
                .filter(one -> new String(one.value(), UTF_8).contains(id))
                .findFirst()
                .orElseThrow();

        assertThat(new String(record.key(), UTF_8)).isEqualTo("east");
        assertThat(header(record.headers(), "ce_type")).isEqualTo(Order.TYPE);
        assertThat(header(record.headers(), "ce_source")).isEqualTo("/mightycall/east/poll");
    }

    @Test
    void oneKeyMakesOneJobHoweverOftenAndAtOnce() {
        var body = "{\"account\":\"west\"," + RANGE + "}";
        var sent = IntStream.range(0, 12)
                .mapToObj(i -> api.sending("POST", "/v1/backfills", "o", body, "Idempotency-Key", "k1"))
                .toList();
        var replies = sent.stream().map(one -> one.join()).toList();

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(202));
        assertThat(replies.stream().map(Reply::json).distinct()).hasSize(1);
        assertThat(ordered(id(replies.getFirst()))).hasSize(1);
        var other = api.post("/v1/backfills", "o", body.replace("west", "east"), "Idempotency-Key", "k1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
        assertThat(id(api.post("/v1/backfills", "a", body, "Idempotency-Key", "k1")))
                .isNotEqualTo(id(replies.getFirst()));
        assertThat(id(api.post("/v1/backfills", "o", body, "Idempotency-Key", "k2")))
                .isNotEqualTo(id(replies.getFirst()));
    }

    @Test
    void manySyncsAtOnceAreOneJob() {
        var sent = IntStream.range(0, 12)
                .mapToObj(i -> api.sending("POST", "/v1/sync", "o", "{\"account\":\"east\"}"))
                .toList();

        assertThat(sent.stream().map(one -> id(one.join())).distinct()).hasSize(1);
        assertThat(api.column("select id from job where kind = 'sync'")).hasSize(1);
    }

    @Test
    void theAccountIsTheOnlyOneItsGiverCanMean() {
        var unclear = api.post("/v1/sync", "o", "{}");
        assertThat(unclear.status()).isEqualTo(400);
        assertThat(unclear.json().path("detail").asText()).contains("east, west");
        assertThat(api.post("/v1/sync", "o", "{\"account\":\"north\"}").status())
                .isEqualTo(400);
        assertThat(api.post("/v1/sync", "ow", "{}").json().path("account").asText())
                .isEqualTo("west");
        for (var path : List.of("/v1/sync", "/v1/backfills")) {
            var other = api.post(path, "ow", "{\"account\":\"east\"" + (path.endsWith("s") ? "," + RANGE : "") + "}");
            assertThat(other.status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void jobsStayInTheirAccountAndASupervisorSeesTheirOwn() {
        var east = id(api.post("/v1/sync", "o", "{\"account\":\"east\"}"));
        var west = id(api.post("/v1/sync", "o", "{\"account\":\"west\"}"));

        assertThat(ids("/v1/jobs", "o")).containsExactly(west, east);
        assertThat(ids("/v1/jobs", "ow")).containsExactly(west);
        assertThat(ids("/v1/jobs", "s")).isEmpty();
        assertThat(api.get("/v1/jobs/" + east, "s").status()).isEqualTo(404);
        assertThat(api.get("/v1/jobs/" + east, "ow").status()).isEqualTo(404);
        assertThat(api.get("/v1/jobs/" + east, "oe").status()).isEqualTo(200);
        assertThat(api.send("DELETE", "/v1/jobs/" + east, "ow", "").status()).isEqualTo(404);
        assertThat(api.send("DELETE", "/v1/jobs/" + east, "s", "").status()).isEqualTo(403);
        assertThat(ordered(east)).noneMatch(order -> order.kind() == Order.Kind.CANCEL);
        assertThat(ids("/v1/jobs?kind=backfill", "o")).isEmpty();
        assertThat(ids("/v1/jobs?status=queued&status=running", "o")).hasSize(2);
        assertThat(api.get("/v1/jobs?status=eternal", "o").status()).isEqualTo(400);
        var page = api.get("/v1/jobs?limit=1", "o").json();
        assertThat(ids("/v1/jobs?limit=1&cursor=" + page.at("/page/next").asText(), "o"))
                .containsExactly(east);
    }

    @Test
    void aBackfillTellsItsPriceBeforeItStarts() {
        poller.say("west", StateKey.BUDGET, budget("west", 900));
        api.sql("""
                insert into call (account, call_id, direction, state, started_at, recording_status, sources, confirmed,
                    last_event_at, version)
                select 'west', 'busy-' || i, 'inbound', 'ended', now() - interval '1 day', 'none', '{poll}', true, now(), 1
                from generate_series(1, 30500) i""");
        LiveApi.until(() -> !api.column("select 1 from poller_state").isEmpty());

        var offer = api.post("/v1/backfills", "ow", "{" + RANGE + ",\"dry_run\":true,\"resources\":[\"calls\"]}");

        assertThat(offer.status()).isEqualTo(200);
        assertThat(offer.json().path("slices").asInt()).isEqualTo(10);
        assertThat(offer.json().path("price_requests").asInt()).isEqualTo(20);
        assertThat(offer.json().path("budget_left").asInt()).isEqualTo(900);
        assertThat(offer.json().path("note").asText()).isNotEmpty();
        assertThat(api.column("select id from job")).isEmpty();
        var job = api.post("/v1/backfills", "ow", "{" + RANGE + "}").json();
        assertThat(job.path("price_requests").asInt()).isEqualTo(20 + 20 + 10);
        assertThat(job.path("from").asText()).isEqualTo("2026-02-01T00:00:00Z");
        api.sql("delete from call");
    }

    @Test
    void aRangeThatNobodyCanReadIsRefused() {
        for (var range : List.of(
                "\"from\":\"2026-02-01T00:00:00Z\"",
                "\"from\":\"2026-02-02T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"",
                "\"from\":\"2026-02-02T00:00:00Z\",\"to\":\"2026-02-02T00:00:00Z\"",
                "\"from\":\"2024-02-02T00:00:00Z\",\"to\":\"2026-02-02T00:00:00Z\"",
                "\"from\":\"2026-02-02T00:00:00Z\",\"to\":\"2999-02-02T00:00:00Z\"")) {
            assertThat(api.post("/v1/backfills", "ow", "{" + range + "}").status())
                    .as(range)
                    .isEqualTo(400);
        }
    }

    @Test
    void aJobIsCancelledByAnOrderUnlessItIsOver() {
        var backfill = api.post("/v1/backfills", "ow", "{" + RANGE + "}");

        assertThat(api.send("DELETE", "/v1/jobs/" + id(backfill), "ow", "").status())
                .isEqualTo(202);
        assertThat(ordered(id(backfill)).stream().map(Order::kind))
                .containsExactly(Order.Kind.BACKFILL, Order.Kind.CANCEL);

        poller.progress(job(backfill, Job.Status.CANCELLED, 5));
        awaitStatus(id(backfill), "cancelled");
        var late = api.send("DELETE", "/v1/jobs/" + id(backfill), "ow", "");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("job-is-over");
        assertThat(api.send("DELETE", "/v1/jobs/nothing", "o", "").status()).isEqualTo(404);
    }

    @Test
    void whatKeepsThePollerFromItIsToldAtOnce() {
        var halted = assertRefused(State.HALTED, PollerReport.AUTH_FAILED, null, 502, "provider-auth-failed");
        var idle = assertRefused(State.IDLE, PollerReport.NO_CREDENTIALS, null, 503, "poller-idle");
        assertThat(halted.json().path("detail").asText()).contains("west");
        assertThat(idle.json().path("detail").asText()).contains("for an operator");
        var limited = assertRefused(
                State.HALTED,
                PollerReport.LIMIT_EXCEEDED,
                Instant.now().plusSeconds(600),
                503,
                "provider-limit-exceeded");
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(500, 601);
        assertThat(api.column("select id from job")).isEmpty();

        poller.say("west", StateKey.POLLER, null);
        LiveApi.until(() -> api.column("select 1 from poller_state").isEmpty());
        assertThat(api.post("/v1/sync", "ow", "{}").status()).isEqualTo(202);
    }

    @Test
    void ordersAndRefusalsAreInTheAudit() {
        var id = id(api.post("/v1/sync", "ow", "{}", "X-Request-Id", "r1"));
        assertThat(api.post("/v1/sync", "v", "{}", "X-Request-Id", "r2").status())
                .isEqualTo(403);
        assertThat(api.send("DELETE", "/v1/jobs/" + id, "ow", "", "X-Request-Id", "r3")
                        .status())
                .isEqualTo(202);

        LiveApi.until(() -> api.column("select 1 from audit_entry").size() == 3);
        assertThat(api.column("""
                        select concat_ws(' ', request_id, role, account, action, (target = '%s')::text, outcome)
                        from audit_entry order by request_id""".formatted(id)))
                .containsExactly(
                        "r1 operator west sync.order true allowed",
                        "r2 viewer order denied",
                        "r3 operator west job.cancel true allowed");
    }

    @Test
    void oldEntriesOfTheAuditAndOldKeysAreForgottenAndYoungOnesAreNot() {
        api.sql("""
                insert into audit_entry (at, principal, role, action, outcome, request_id)
                select now() - interval '1 day' * days, 'x', 'operator', 'sync.order', 'allowed', days::text
                from unnest(array[399, 401]) days""", """
                insert into idempotency_key (principal, route, key, request_hash, status, answer, made_at)
                select 'x', 'POST /v1/sync', hours::text, '', 202, '{}', now() - interval '1 hour' * hours
                from unnest(array[25, 49]) hours""");

        LiveApi.until(() -> api.column("select request_id from audit_entry").equals(List.of("399")));
        LiveApi.until(() -> api.column("select key from idempotency_key").equals(List.of("25")));
    }

    @Test
    void whileTheLogIsAwayAnOrderFailsAndSaysSo(Infrastructure infrastructure, @TempDir Path away) throws Exception {
        try (var cut = LiveApi.startWithoutKafka(infrastructure, away)) {
            var reply = cut.post("/v1/sync", "ow", "{}", "Idempotency-Key", "k1");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.problem()).isEqualTo("log-unavailable");
            assertThat(reply.header("Retry-After")).isNotEmpty();
            var job = cut.get("/v1/jobs", "ow").json().at("/data/0");
            assertThat(job.path("status").asText()).isEqualTo("failed");
            assertThat(job.path("error").asText()).isEqualTo("log-unavailable");
        }
        var again = api.post("/v1/sync", "ow", "{}", "Idempotency-Key", "k1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(ordered(id(again))).hasSize(1);
    }

    private Reply assertRefused(State state, String reason, @Nullable Instant until, int status, String problem) {
        poller.say("west", StateKey.POLLER, report("west", state, reason, until));
        LiveApi.until(
                () -> api.column("select value->>'reason' from poller_state").equals(List.of(reason)));
        var backfill = api.post("/v1/backfills", "ow", "{" + RANGE + "}");
        assertThat(backfill.problem()).isEqualTo(problem);
        var reply = api.post("/v1/sync", "ow", "{}");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.problem()).isEqualTo(problem);
        return reply;
    }

    private static void awaitStatus(String id, String status) {
        LiveApi.until(() ->
                api.column("select status from job where id = '" + id + "'").equals(List.of(status)));
    }

    private static List<Order> ordered(String id) {
        return poller.orders().stream().filter(order -> order.id().equals(id)).toList();
    }

    private static String id(Reply reply) {
        return reply.json().path("id").asText();
    }

    private static List<String> ids(String path, String token) {
        return api.get(path, token).json().path("data").findValuesAsText("id");
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }

    static Job job(Reply reply, Job.Status status, int revision) {
        JsonNode json = reply.json();
        return new Job(
                json.path("id").asText(),
                json.path("account").asText(),
                Order.Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
                null,
                status,
                List.of(),
                null,
                null,
                json.path("requested_by").asText(),
                Instant.parse(json.path("requested_at").asText()),
                Instant.parse("2026-03-10T12:00:00Z"),
                status.isFinal() ? Instant.parse("2026-03-10T12:00:09Z") : null,
                8,
                3,
                3,
                8,
                Map.of("calls", 7L),
                2,
                null,
                null,
                revision);
    }

    static PollerReport report(String account, State state, @Nullable String reason, @Nullable Instant until) {
        return new PollerReport(account, state, reason, "for an operator", until, Instant.now(), Instant.now());
    }

    static BudgetReport budget(String account, int left) {
        return new BudgetReport(
                account,
                2_500,
                2_500 - left,
                left,
                2_400,
                null,
                Map.of("live", new BudgetReport.Share(10, 1_600)),
                Instant.now());
    }
}
