package io.switchboard.poller;

import static io.switchboard.poller.PollerUnderTest.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.switchboard.sync.BudgetReport;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two accounts of one company, with the same numbers and extensions: nothing of one is ever shown as the other's. */
@ExtendWith(RealInfrastructure.class)
class SeveralAccountsIT {
    private static final String ALPHA = "alpha";
    private static final String BETA = "beta";
    private static final List<String> BOTH = List.of(ALPHA, BETA);

    /** Where ids for a route with an id are found: rows of both accounts, as `account id`. */
    private static final Map<String, String> IDS = Map.ofEntries(
            Map.entry("/v1/calls/{id}", "select account, call_id from call"),
            Map.entry("/v1/calls/{id}/events", "select account, call_id from call"),
            Map.entry(
                    "/v1/calls/{id}/recording",
                    "select account, call_id from call where recording_status = 'ready' limit 20"),
            Map.entry("/v1/journal/{id}", "select account, entry_id from journal_entry"),
            Map.entry("/v1/voicemails/{id}", "select account, voicemail_id from voicemail"),
            Map.entry("/v1/messages/{id}", "select account, entry_id from message"),
            Map.entry("/v1/contacts/{id}", "select account, contact_id from contact"),
            Map.entry("/v1/phone-numbers/{id}", "select account, number from phone_number"),
            Map.entry("/v1/agents/{extension}", "select account, extension from extension where extension is not null"),
            Map.entry("/v1/extensions/{id}", "select account, extension from extension where extension is not null"),
            Map.entry(
                    "/v1/receipts/{event_id}",
                    "select account, replace(event_id::text, '-', '') from call_event" + " where source = 'webhook'"),
            Map.entry("/v1/dead-letters/{id}", "select account, id from dead_letter"),
            Map.entry("/v1/jobs/{id}", "select account, id from job"));

    /** The two companies look alike: the same id is a row of each, and each sees its own. */
    private static final Set<String> SHARED =
            Set.of("/v1/phone-numbers/{id}", "/v1/extensions/{id}", "/v1/agents/{extension}");

    /** Every table with rows of accounts. */
    private static final List<String> TABLES = List.of(
            "call",
            "call_event",
            "call_leg",
            "journal_entry",
            "voicemail",
            "message",
            "contact",
            "phone_number",
            "extension",
            "team_member",
            "agent_status",
            "coverage_hour",
            "poller_state");

    @TempDir
    static Path folder;

    private static BothDoors system;
    private static Map<String, Set<String>> made;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        var world = Map.of(
                "SIMULATOR_SPEED", "100",
                "SIMULATOR_HISTORY_CALLS", "30",
                "SIMULATOR_HISTORY_HOURS", "10",
                "SIMULATOR_HISTORY_TEXTS", "5");
        system = BothDoors.start(infrastructure, folder, Map.of(ALPHA, world, BETA, world));
        made = Map.of(ALPHA, callsOf(ALPHA), BETA, callsOf(BETA));
        for (var account : BOTH) {
            system.poller.awaitFirstCycle(account);
            system.poller.append(unreadable(account));
            assertThat(system.deliver(
                            account,
                            "{\"EventType\":\"IncomingCall\",\"Timestamp\":\"yesterday\","
                                    + "\"Body\":{\"Id\":\"call-of-" + account + "\",\"From\":[]}}"))
                    .isBetween(200, 299);
            var job = system.sync(account);
            assertThat(job.path("account").asText()).isEqualTo(account);
        }
        until(() -> system.rows("select distinct account from dead_letter order by 1")
                .equals(BOTH));
        until(() -> BOTH.stream()
                .allMatch(account ->
                        new HashSet<>(system.rows("select call_id from call where account = '%s'".formatted(account)))
                                        .containsAll(made(account))
                                && system.rows("select 1 from call where account = '%s' and sources = '{poll,webhook}'"
                                                        .formatted(account))
                                                .size()
                                        >= 30));
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
    }

    @Test
    void eachHasItsOwnBudgetTokensAndCursors() {
        for (var account : BOTH) {
            until(() -> system.poller.budget(account).map(BudgetReport::spent).orElseThrow()
                    == system.provider(account).counted());
            for (var resource : Resource.values()) {
                assertThat(system.poller.resource(account, resource))
                        .as(account)
                        .isPresent();
            }
            assertThat(system.provider(account)
                            .stats()
                            .at("/api/requests")
                            .findPath("POST /auth/token")
                            .path("asked")
                            .asInt())
                    .as("one token, asked for with its own keys")
                    .isLessThanOrEqualTo(2);
            assertThat(system.provider(account).mishaps("unauthorized")).isZero();
        }
    }

    @Test
    void topicsAndTablesKeepThemApart() {
        for (var resource : Resource.values()) {
            var byAccount = system.poller.events(resource).stream()
                    .collect(Collectors.groupingBy(
                            Envelope::account, Collectors.mapping(Envelope::key, Collectors.toSet())));
            assertThat(byAccount.keySet()).as(resource.word()).containsExactlyInAnyOrderElementsOf(BOTH);
            assertThat(byAccount.get(ALPHA))
                    .as(resource.word())
                    .doesNotContainAnyElementsOf(Objects.requireNonNull(byAccount.get(BETA)));
        }
        for (var table : TABLES) {
            assertThat(system.rows("select distinct account from \"%s\" order by 1".formatted(table)))
                    .as(table)
                    .isEqualTo(BOTH);
        }
    }

    @Test
    void eachAccountsWebhooksAreFiledUnderIt() {
        for (var event : system.poller.events(Topic.CALLS)) {
            if (made(ALPHA).contains(event.key()) || made(BETA).contains(event.key())) {
                assertThat(made(event.account())).contains(event.key());
            }
        }
        assertThat(system.rows(
                        "select account, count(*) > 2 from call_event where source = 'webhook' group by 1 order by 1"))
                .containsExactly("alpha t", "beta t");
    }

    /** By the document of the API, so that a new route is held to it too. */
    @Test
    void aReaderOfOneAccountNeverSeesTheOthersRowsOnAnyRoute() {
        var routes = new ArrayList<String>();
        system.json("/openapi.json", "all").path("paths").properties().forEach(path -> {
            if (path.getValue().has("get")) {
                routes.add(path.getKey());
            }
        });
        assertThat(routes).hasSizeGreaterThan(20);
        var foreign = foreignIds();
        assertThat(foreign).hasSizeGreaterThan(100);
        for (var route : routes) {
            if (route.contains("{")) {
                assertThat(IDS).as("a route that this test does not know").containsKey(route);
                assertForeignIdsAreNotFound(route);
            } else if (route.startsWith("/v1/exports/")) {
                assertTakesAwayOnlyAlphas(route, foreign);
            } else if (!Set.of("/openapi.json", "/v1/stream").contains(route)) { // StreamIT follows the stream
                assertShowsOnlyAlpha(route, foreign);
            }
        }
    }

    /** What is done, too: whatever the document offers, another account's is never touched. */
    @Test
    void aCallerOfOneAccountDoesNothingToTheOther() {
        var jobs = "select count(*) from job where account = '%s'".formatted(BETA);
        var before = system.rows(jobs);
        system.json("/openapi.json", "all")
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (!method.getKey().equals("get")) {
                        assertTouchesNothingOfBeta(method.getKey(), path.getKey(), method.getValue());
                    }
                }));
        assertThat(system.rows(jobs)).isEqualTo(before);
    }

    private static void assertTouchesNothingOfBeta(String method, String route, JsonNode operation) {
        var ids = IDS.containsKey(route.replaceFirst("(/\\{\\w+}).*", "$1"))
                ? system.rows("select id from (%s) t(account, id) where account = '%s' order by 1 limit 1"
                        .formatted(IDS.get(route.replaceFirst("(/\\{\\w+}).*", "$1")), BETA))
                : List.of("x");
        var path = route.replaceFirst("\\{.*?}", ids.getFirst().replace("+", "%2B"));
        var example = operation.at("/requestBody/content/application~1json/example");
        var body = "";
        if (example instanceof ObjectNode object) {
            body = object.deepCopy().put("account", BETA).toString();
        }
        var reply = system.ask(method.toUpperCase(Locale.ROOT), path, ALPHA, body);
        if (reply.statusCode() < 300) {
            assertThat(body).as("%s %s", method, path).isEmpty();
            assertThat(BothDoors.text(reply)).as("%s %s", method, path).doesNotContain("\"" + BETA + "\"");
        } else {
            assertThat(reply.statusCode()).as("%s %s", method, path).isBetween(400, 499);
        }
    }

    private static void assertTakesAwayOnlyAlphas(String route, Set<String> foreign) {
        var own = BothDoors.text(system.get(route, ALPHA));
        assertThat(Stream.of(own.split("[,;\"\r\n]+")).filter(foreign::contains))
                .as(route)
                .isEmpty();
        assertThat(own).as(route).contains(ALPHA).doesNotContain(BETA);
        assertThat(BothDoors.text(system.get(route, "all"))).as(route).contains(ALPHA, BETA);
    }

    private static void assertForeignIdsAreNotFound(String route) {
        var ids = system.rows("select id from (%s) t(account, id) where account = '%s' order by 1 limit 3"
                .formatted(Objects.requireNonNull(IDS.get(route)), BETA));
        assertThat(ids).as(route).isNotEmpty();
        for (var id : ids) {
            var path = route.replaceFirst("\\{.*}", id.replace("+", "%2B"));
            var own = system.get(path, BETA);
            assertThat(own.statusCode()).as(path).isEqualTo(200);
            for (var more : List.of("", "?account=" + BETA)) {
                var reply = system.get(path + more, ALPHA);
                if (SHARED.contains(route) && more.isEmpty()) {
                    assertThat(SimulatedProvider.parsed(BothDoors.text(reply))
                                    .path("account")
                                    .asText())
                            .as(path)
                            .isEqualTo(ALPHA);
                } else {
                    assertThat(reply.statusCode()).as(path + more).isIn(400, 404);
                    assertThat(BothDoors.text(reply)).as(path + more).doesNotContain("\"account\":\"" + BETA);
                }
            }
        }
    }

    private static void assertShowsOnlyAlpha(String route, Set<String> foreign) {
        var today = LocalDate.now(ZoneOffset.UTC);
        var path = route;
        if (route.endsWith("/reports")) {
            path += "?start_date=" + today.minusDays(2) + "&end_date=" + today.plusDays(1);
        } else if (hasPages(route)) {
            path += "?limit=200";
        }
        var reply = system.get(path, ALPHA);
        assertThat(reply.statusCode()).as(path).isEqualTo(200);
        var text = BothDoors.text(reply);
        assertThat(text).as(path).doesNotContain("\"" + BETA + "\"", BETA + "/", "poller " + BETA);
        var shown = new HashSet<String>();
        texts(SimulatedProvider.parsed(text), shown);
        assertThat(shown).as(path).isNotEmpty().doesNotContainAnyElementsOf(foreign);
        if (route.equals("/v1/metrics/summary")) {
            assertThat(SimulatedProvider.parsed(text).path("calls").asInt())
                    .isPositive()
                    .isLessThan(system.json(path, "all").path("calls").asInt());
        }
        if (route.startsWith("/v1/") && SimulatedProvider.parsed(text).has("data")) {
            var all = system.get(path, "all");
            assertThat(BothDoors.text(all)).as(path).contains("\"" + BETA + "\"");
        }
    }

    private static boolean hasPages(String route) {
        var parameters =
                system.json("/openapi.json", "all").path("paths").path(route).at("/get/parameters");
        return parameters.toString().contains("/parameters/Limit\"");
    }

    private static void texts(JsonNode node, Set<String> found) {
        if (node.isValueNode()) {
            var added = found.add(node.asText());
            assert added || found.contains(node.asText());
        }
        node.forEach(child -> texts(child, found));
    }

    /** Ids that are beta's alone. */
    private static Set<String> foreignIds() {
        var ids = new HashSet<String>();
        IDS.forEach((route, sql) -> {
            if (!SHARED.contains(route) && !route.contains("dead-letters")) {
                ids.addAll(system.rows("select id from (%s) t(account, id) where account = '%s'".formatted(sql, BETA)));
            }
        });
        return ids;
    }

    /** A row that no reader can read: a dead letter of its account. */
    private static Envelope unreadable(String account) {
        var json = "[\"contact of " + account + "\"]";
        var id = EventId.ofBytes(account, json.getBytes(UTF_8));
        var now = Instant.now();
        return new Envelope(
                id,
                Topic.CONTACTS,
                Resource.CONTACTS.key(account, id.toString()),
                Source.POLL,
                account,
                Resource.CONTACTS.type(),
                now,
                now,
                "",
                null,
                json.getBytes(UTF_8));
    }

    private static Set<String> made(String account) {
        return Objects.requireNonNull(made.get(account));
    }

    private static Set<String> callsOf(String account) {
        var ids = new HashSet<String>();
        for (var kind : List.of("answered", "missed", "voicemail")) {
            var added = ids.add(system.provider(account).call(kind));
            assert added;
        }
        return ids;
    }
}
