package io.switchboard.projector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.PollerReport.State;
import io.switchboard.sync.StateKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The paths of the dashboard that was there before, in exactly its shapes. */
@ExtendWith(RealInfrastructure.class)
class CompatibilityApiIT {
    private static final String BASE = "/api/admin/mightycall";

    @TempDir
    static Path folder;

    private static LiveApi api;
    private static FakePoller poller;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        api = LiveApi.start(infrastructure, Map.of("DEFAULT_TIMEZONE", "UTC"), folder);
        poller = new FakePoller(api.settings.kafka());
    }

    @AfterAll
    static void stop() throws Exception {
        poller.close();
        api.close();
    }

    @BeforeEach
    void fill() {
        api.sql("truncate job, poller_state, audit_entry, phone_number, extension_source, team_member, call", """
                insert into phone_number (account, number, first_seen_at, seen_at, seen_event, label, object_guid, released_at)
                values
                    ('east', '+12025550143', '2026-03-01T08:00:00Z', now(), gen_random_uuid(), 'Main line', 'guid-1', null),
                    ('east', '+12025550144', '2026-03-01T08:00:00Z', now(), gen_random_uuid(), null, null, now()),
                    ('west', '+13125550199', '2026-03-02T08:00:00Z', now(), gen_random_uuid(), 'West', 'guid-2', null)""", """
                insert into extension_source (account, extension, source, first_seen_at, seen_at, seen_event, user_id, name)
                values ('east', '101', 'journal', now(), now(), gen_random_uuid(), 'user-1', 'Front desk'),
                    ('west', '101', 'call', now(), now(), gen_random_uuid(), null, null)""");
    }

    @Test
    void numbersAreListedActiveAndDeleted() {
        var numbers = api.get(BASE + "/phone-numbers", "ae").json();

        assertThat(numbers).hasToString("""
                {"phone_numbers":[\
                {"id":"+12025550143","external_id":"guid-1","number":"+12025550143","e164":"+12025550143",\
                "label":"Main line","status":"active","created_at":"2026-03-01T08:00:00Z"},\
                {"id":"+12025550144","external_id":null,"number":"+12025550144","e164":"+12025550144",\
                "label":null,"status":"deleted","created_at":"2026-03-01T08:00:00Z"}]}""");
        assertThat(api.get(BASE + "/phone-numbers", "a").json().path("phone_numbers"))
                .hasSize(3);
    }

    @Test
    void extensionsAreListed() {
        assertThat(api.get(BASE + "/extensions", "ae").json()).hasToString("""
                {"extensions":[{"extension":"101","display_name":"Front desk","external_id":"user-1"}]}""");
        assertThat(api.get(BASE + "/extensions", "aw").json()).hasToString("""
                {"extensions":[{"extension":"101","display_name":null,"external_id":null}]}""");
    }

    @Test
    void onlyAnAdministratorReadsThem() {
        for (var path :
                List.of("/phone-numbers", "/extensions", "/reports?start_date=2026-03-01&end_date=2026-03-01")) {
            for (var token : List.of("v", "s", "o", "oe", "sw")) {
                assertThat(api.get(BASE + path, token).status()).isEqualTo(403);
            }
            assertThat(api.get(BASE + path, "").status()).isEqualTo(401);
        }
        assertThat(api.post(BASE + "/sync", "o", "").status()).isEqualTo(403);
    }

    @Test
    void aReportCountsIncomingCallsByTheDayOfTheirAccount() {
        // In New York the first of November 2026 has 25 hours: 04:00Z to 05:00Z of the next day.
        call("e1", "east", "2026-11-01T03:59:59Z", "inbound", "answered", 100.0);
        call("e2", "east", "2026-11-01T04:00:00Z", "inbound", "answered", 100.4);
        call("e3", "east", "2026-11-02T04:59:59Z", "inbound", "missed", null);
        call("e4", "east", "2026-11-02T04:00:00Z", "inbound", "voicemail", null);
        call("e5", "east", "2026-11-02T05:00:00Z", "inbound", "dropped", null);
        call("e6", "east", "2026-11-01T12:00:00Z", "outbound", "answered", 50.0);
        call("e7", "east", "2026-11-01T12:00:00Z", "inbound", null, null);
        call("w1", "west", "2026-11-01T00:00:00Z", "inbound", "answered", 60.0);

        var one = reports("2026-11-01", "2026-11-01", "ae");
        assertThat(one).hasSize(1);
        assertThat(one.getFirst()).hasToString("""
                {"report_date":"2026-11-01","number":"+12025550143","calls":4,"answered":1,"missed":2,\
                "duration_seconds":100,"answer_rate":0.25}""");
        assertThat(reports("2026-10-31", "2026-11-02", "ae").stream()
                        .map(row -> row.path("report_date").asText() + " "
                                + row.path("calls").asInt()))
                .containsExactly("2026-10-31 1", "2026-11-01 4", "2026-11-02 1");
        assertThat(reports("2026-11-01", "2026-11-01", "aw").stream()
                        .map(row -> row.path("calls").asInt()))
                .containsExactly(1);
        assertThat(reports("2026-11-01", "2026-11-01", "a")).hasSize(2);
        assertThat(reports("2026-11-05", "2026-11-06", "a")).isEmpty();
        for (var dates : List.of("", "?start_date=2026-11-01", "?start_date=x&end_date=2026-11-01")) {
            assertThat(api.get(BASE + "/reports" + dates, "a").status()).isEqualTo(400);
        }
    }

    @Test
    void aSyncWaitsForItsEnd() {
        var sync = api.sending("POST", BASE + "/sync", "ae", "");
        var order = awaitOrder("east");
        assertThat(api.post(BASE + "/sync", "ae", "{}").status()).isEqualTo(409);
        assertThat(api.post(BASE + "/sync", "a", "").problem()).isEqualTo("sync-running");
        assertThat(api.column("select account from job")).containsExactly("east");
        finish(order, Job.Status.DONE, null);

        var reply = sync.join();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("success").asBoolean()).isTrue();
        assertThat(reply.json().path("phones").asInt()).isEqualTo(1);
        assertThat(reply.json().path("extensions").asInt()).isEqualTo(1);
        assertThat(reply.json()).hasSize(3);
    }

    @Test
    void credentialsThatAreRefusedAreToldInPlainWords() {
        var sync = api.sending("POST", BASE + "/sync", "aw", "");
        finish(awaitOrder("west"), Job.Status.FAILED, PollerReport.AUTH_FAILED);
        var late = sync.join();
        assertThat(late.status()).isEqualTo(502);
        assertThat(late.problem()).isEqualTo("provider-auth-failed");
        assertThat(late.json().path("detail").asText()).contains("MightyCall refuses", "west");

        poller.say("west", StateKey.POLLER, OrdersApiIT.report("west", State.HALTED, PollerReport.AUTH_FAILED, null));
        LiveApi.until(() -> !api.column("select 1 from poller_state").isEmpty());
        assertThat(api.post(BASE + "/sync", "aw", "").status()).isEqualTo(502);
        assertThat(api.post(BASE + "/sync", "a", "").status()).isEqualTo(502);
    }

    private static List<JsonNode> reports(String from, String to, String token) {
        var rows = new ArrayList<JsonNode>();
        api.get(BASE + "/reports?start_date=" + from + "&end_date=" + to, token)
                .json()
                .path("reports")
                .forEach(rows::add);
        return rows;
    }

    private static Order awaitOrder(String account) {
        LiveApi.until(() -> open(account) != null);
        return Objects.requireNonNull(open(account));
    }

    private static @Nullable Order open(String account) {
        var ids = api.column("select id from job where status = 'queued' and account = '" + account + "'");
        return poller.orders().stream()
                .filter(order -> ids.contains(order.id()))
                .findFirst()
                .orElse(null);
    }

    private static void finish(Order order, Job.Status status, @Nullable String error) {
        var now = Instant.parse("2026-03-10T12:00:00Z");
        poller.progress(new Job(
                order.id(),
                order.account(),
                order.kind(),
                null,
                status,
                order.resources(),
                null,
                null,
                order.requestedBy(),
                order.requestedAt(),
                now,
                now,
                8,
                8,
                8,
                8,
                Map.of(),
                0,
                error,
                null,
                9));
    }

    private static void call(
            String id,
            String account,
            String started,
            String direction,
            @Nullable String outcome,
            @Nullable Double talk) {
        api.sql("""
                insert into call (account, call_id, direction, state, outcome, business_number, started_at, talk_seconds,
                    recording_status, sources, confirmed, last_event_at, version)
                values ('%s', '%s', '%s', '%s', %s, '%s', '%s', %s, 'none', '{poll}', true, now(), 1)""".formatted(
                        account,
                        id,
                        direction,
                        outcome == null ? "ringing" : "ended",
                        outcome == null ? "null" : "'" + outcome + "'",
                        account.equals("east") ? "+12025550143" : "+13125550199",
                        started,
                        talk));
    }
}
