package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit over a real Postgres. */
@ExtendWith(RealInfrastructure.class)
class AuditApiIT {
    private static ApiUnderTest api;

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
        // Twelve entries of four instants, three of each: two accounts and none, three outcomes, two actors.
        api.sql("""
                insert into audit_entry (at, principal, role, account, action, target, outcome, request_id, rows)
                select timestamptz '2026-03-09T00:00:00Z' + interval '1 hour' * (i / 3),
                    (array['supervisor-aa', 'operator-bb'])[1 + i % 2], (array['supervisor', 'operator'])[1 + i % 2],
                    (array['west', 'east', null])[1 + i % 3], (array['export.end', 'sync.order'])[1 + i % 2], 't' || i,
                    (array['allowed', 'denied', 'failed'])[1 + i / 4], 'r' || i, case when i % 2 = 0 then i end
                from generate_series(0, 11) i""");
    }

    @Test
    void anEntrySaysWhoDidWhatAndWhen() {
        var entry = api.get("/v1/audit?action=export.end&limit=1", "a").json().at("/data/0");

        assertThat(entry.path("at").asText()).isEqualTo("2026-03-09T03:00:00Z");
        assertThat(entry.path("actor").asText()).isEqualTo("supervisor-aa");
        assertThat(entry.path("role").asText()).isEqualTo("supervisor");
        assertThat(entry.path("account").asText()).isEqualTo("east");
        assertThat(entry.path("target").asText()).isEqualTo("t10");
        assertThat(entry.path("outcome").asText()).isEqualTo("failed");
        assertThat(entry.path("rows").asInt()).isEqualTo(10);
        assertThat(entry.path("request_id").asText()).isEqualTo("r10");
        assertThat(entry.path("id").isTextual()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 12",
        "actor=operator-bb, 6",
        "actor=operator-bb&actor=supervisor-aa, 12",
        "actor=nobody, 0",
        "action=sync.order&outcome=denied, 2",
        "outcome=denied&outcome=failed, 8",
        "after=2026-03-09T01:00:00Z, 9",
        "before=2026-03-09T01:00:00Z, 3",
        "after=2026-03-09T02:00:00%2B01:00&before=2026-03-09T03:00:00Z, 6"
    })
    void filtersNarrowIt(String filter, int count) {
        var path = "/v1/audit?before=2026-03-10T00:00:00Z"
                .replace(
                        "before=2026-03-10T00:00:00Z",
                        filter.contains("before=") ? "" : "before=2026-03-10T00:00:00Z&");

        assertThat(api.get(path + filter, "a").each("id")).hasSize(count);
    }

    @Test
    void everyEntryIsSeenOnceAndNewestFirst() {
        var seen = new ArrayList<String>();
        var next = "";
        do {
            var page = api.get("/v1/audit?before=2026-03-10T00:00:00Z&limit=2" + next, "a");
            assertThat(page.status()).isEqualTo(200);
            seen.addAll(page.each("target"));
            next = "&cursor=" + page.json().at("/page/next").asText();
        } while (!next.equals("&cursor=null"));

        assertThat(seen).containsExactly("t11", "t10", "t9", "t8", "t7", "t6", "t5", "t4", "t3", "t2", "t1", "t0");
    }

    @Test
    void whoeverReadsItIsInItAndAForeignAccountIsNot() {
        assertThat(api.get("/v1/audit", "a", "X-Request-Id", "first").status()).isEqualTo(200);
        var again = api.get("/v1/audit?action=audit.read", "a");

        assertThat(again.each("request_id")).containsExactly("first");
        assertThat(again.each("actor").getFirst()).startsWith("platform_admin-");
        var west = api.get("/v1/audit", "admin-west");
        assertThat(west.each("target")).containsExactly("t9", "t6", "t3", "t0");
        assertThat(api.get("/v1/audit?limit=1", "admin-west").each("action")).containsExactly("audit.read");
        var foreign = api.get("/v1/audit?limit=2", "a").json().at("/page/next").asText();
        assertThat(api.get("/v1/audit?limit=2&cursor=" + foreign, "admin-west").status())
                .isEqualTo(400);
    }

    @Test
    void othersAreRefusedAndThatIsInItToo() {
        for (var token : List.of("v", "s", "o")) {
            assertThat(api.get("/v1/audit", token).status()).isEqualTo(403);
        }
        org.awaitility.Awaitility.await()
                .until(() -> api.get("/v1/audit?action=read.audit&outcome=denied", "a")
                                .each("role")
                                .size()
                        == 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actor=",
                "action=Sync",
                "action=a%20b",
                "outcome=maybe",
                "after=2026-03-09",
                "after=2026-03-09T01:00:00",
                "after=2026-03-09T01:00:00Z&after=2026-03-09T01:00:00Z",
                "before=2026-03-08T00:00:00Z&after=2026-03-09T00:00:00Z",
                "limit=0",
                "limit=201",
                "cursor=AAAA",
                "account=east"
            })
    void whatCannotBeMeantIsRefused(String query) {
        var reply = api.get("/v1/audit?" + query, "a");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(List.of(query.split("[=&]")))
                .contains(reply.json().at("/errors/0/parameter").asText());
    }
}
