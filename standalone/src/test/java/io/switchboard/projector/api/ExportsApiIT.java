package io.switchboard.projector.api;

import static io.switchboard.projector.api.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.projector.api.export.ExportBounds;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of calls over a real Postgres. */
@ExtendWith(RealInfrastructure.class)
class ExportsApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final String CSV = "/v1/exports/calls.csv";
    private static final String NDJSON = "/v1/exports/calls.ndjson";

    /** A file that fits into no buffer between here and there. */
    private static final int MANY = 150_000;

    private static ApiUnderTest api;

    @BeforeAll
    static void start(Infrastructure infrastructure) {
        api = new ApiUnderTest(infrastructure, new ExportBounds(3, 2, 100, STALL, Duration.ofMinutes(5)));
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
    @ValueSource(
            strings = {
                "",
                "direction=inbound",
                "extension=101",
                "extension=101&extension=102&direction=outbound",
                "client=0117",
                "client=0117&extension=102",
                "started_after=2026-03-09T10:00:00Z&started_before=2026-03-09T17:00:00Z",
                "state=unknown",
                "outcome=missed&source=poll",
                "min_talk_seconds=9999999"
            })
    void anExportIsThePagedListInOnePiece(String filter) {
        insertMixed(730);

        var listed = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = api.get("/v1/calls?limit=200&" + filter + next, "a");
            assertThat(page.status()).isEqualTo(200);
            page.json().path("data").forEach(listed::add);
            next = "&cursor=" + page.json().at("/page/next").asText();
        } while (!next.equals("&cursor=null"));
        var exported = lines(api.get(NDJSON + "?" + filter, "a").response().body());
        var csv = api.get(CSV + "?" + filter, "a").response().body();

        assertThat(exported).isEqualTo(listed);
        assertThat(exported).hasSizeBetween(filter.isEmpty() ? 730 : 0, 730);
        assertThat(csv.lines().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .containsExactlyElementsOf(
                        listed.stream().map(one -> one.path("id").asText()).toList());
    }

    @Test
    void theAnswerSaysWhatItIs() {
        call("c1").insert(api);

        var csv = api.get(CSV, "s");
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(csv.header("Content-Disposition")).isEqualTo("attachment; filename=\"calls.csv\"");
        assertThat(csv.header("Cache-Control")).isEqualTo("private, no-store");
        assertThat(csv.header("X-Content-Type-Options")).isEqualTo("nosniff");
        var ndjson = api.get(NDJSON, "s");
        assertThat(ndjson.header("Content-Type")).isEqualTo("application/x-ndjson; charset=utf-8");
        assertThat(ndjson.header("Content-Disposition")).isEqualTo("attachment; filename=\"calls.ndjson\"");
        for (var path : List.of(CSV, NDJSON)) {
            var head = api.send("HEAD", path, "s");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.response().body()).isEmpty();
            assertThat(head.header("Content-Disposition")).startsWith("attachment");
        }
        assertThat(open()).isZero();
    }

    @Test
    void nothingIsAHeaderAlone() {
        assertThat(api.get(CSV, "a").response().body())
                .startsWith("id,account,")
                .hasLineCount(1);
        assertThat(api.get(NDJSON, "a").response().body()).isEmpty();
        call("c1").insert(api);
        assertThat(api.get(CSV + "?client=9999", "a").response().body()).hasLineCount(1);
    }

    @Test
    void aSpreadsheetRunsNothing() {
        call("c1")
                .client("+15551234567")
                .with("client_name", "=cmd|'/c calc'!A1")
                .insert(api);

        assertThat(api.get(CSV, "a").response().body()).contains(",+15551234567,=cmd|'/c calc'!A1,+12025550143");
        assertThat(api.get(CSV + "?profile=spreadsheet", "a").response().body())
                .contains(",'+15551234567,'=cmd|'/c calc'!A1,'+12025550143");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=5",
                "cursor=x",
                "profile=",
                "profile=excel",
                "profile=rfc4180&profile=rfc4180",
                "direction=up",
                "started_after=yesterday",
                "started_after=2026-03-02T00:00:00Z&started_before=2026-03-01T00:00:00Z",
                "client=%00",
                "colour=red"
            })
    void whatCannotBeMeantIsRefused(String query) {
        var reply = api.get(CSV + "?" + query, "a");

        assertThat(reply.status()).isEqualTo(400);
        var names = query.split("[=&]");
        assertThat(List.of(names))
                .contains(reply.json().at("/errors/0/parameter").asText());
        assertThat(open()).isZero();
    }

    @Test
    void theProfileIsForCsvAlone() {
        assertThat(api.get(NDJSON + "?profile=rfc4180", "a").status()).isEqualTo(400);
    }

    @Test
    void anAccountsReaderTakesAwayThatAccountsCalls() {
        call("here").with("account", "west").insert(api);
        call("there").with("account", "east").insert(api);

        assertThat(ids("west")).containsExactly("here");
        assertThat(ids("a")).containsExactlyInAnyOrder("here", "there");
    }

    @Test
    void whoMayNotIsRefusedAndNoted() {
        for (var token : List.of("v", "o")) {
            assertThat(api.get(CSV, token).status()).isEqualTo(403);
            assertThat(api.get(NDJSON, token).status()).isEqualTo(403);
        }
        until(() -> audit().size() == 4);
        assertThat(audit()).allMatch(entry -> entry.endsWith(" export  denied "));
    }

    @Test
    void beginningAndEndAreInTheAudit() {
        insertMixed(250);

        assertThat(ids("west")).hasSize(84);
        until(() -> audit().size() == 2);
        assertThat(audit())
                .containsExactly(
                        "supervisor west export.begin calls.ndjson allowed ",
                        "supervisor west export.end calls.ndjson allowed 84");
    }

    @Test
    void whoeverGoesAwayFreesTheConnectionWithinASecond() throws IOException {
        insertMixed(MANY);
        try (var socket = ask(CSV)) {
            assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
            assertThat(open()).isEqualTo(1);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> open() == 0);
        until(() -> audit().size() == 2);
        assertThat(audit().getLast()).contains("export.end calls.csv failed ");
    }

    @Test
    void whoeverGoesAwayWhileTheDatabaseSearchesCancelsTheSearch() throws Exception {
        insertMixed(10);
        try (var lock = api.connect()) {
            lock.setAutoCommit(false);
            try (var statement = lock.createStatement()) {
                statement.execute("lock table call_leg in access exclusive mode");
            }
            var socket = ask(NDJSON);
            until(() -> count("select count(*) from pg_stat_activity where application_name = 'switchboard-api-exports'"
                            + " and wait_event_type = 'Lock'")
                    == 1);
            socket.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> open() == 0);
            lock.rollback();
        }
    }

    @Test
    void whoeverStopsReadingIsCutAndWasSentNoMoreThanBuffersHold() throws IOException {
        insertMixed(MANY);
        try (var socket = ask(CSV)) {
            assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
            Awaitility.await().atMost(STALL.plusSeconds(6)).until(() -> open() == 0);
            until(() -> audit().size() == 2);
            var rows = Long.parseLong(audit().getLast().replaceFirst(".* ", ""));
            assertThat(rows).isBetween(100L, MANY / 2L);
            var rest = new String(drain(socket), UTF_8);
            assertThat(rest).as("no last chunk").doesNotEndWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void aFileThatBreaksOffIsNoWholeFile() throws Exception {
        insertMixed(MANY);
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + NDJSON))
                .header("Authorization", "Bearer a")
                .build();
        var reply = http.send(request, BodyHandlers.ofInputStream());
        assertThat(reply.statusCode()).isEqualTo(200);

        api.sql("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'switchboard-api-exports'");

        assertThatThrownBy(() -> reply.body().readAllBytes()).isInstanceOf(IOException.class);
        http.close();
    }

    @Test
    void onlySoManyAtOnce() throws IOException {
        insertMixed(MANY);
        try (var first = ask(CSV);
                var second = ask(CSV)) {
            assertThat(first.getInputStream().read()).isPositive();
            assertThat(second.getInputStream().read()).isPositive();

            var third = api.get(CSV, "a");
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.header("Retry-After")).isNotEmpty();
            assertThat(third.json().path("type").asText()).endsWith("/too-many-exports");
            try (var another = ask(CSV, "s")) {
                assertThat(another.getInputStream().read()).isPositive();
                var fourth = api.get(CSV, "west");
                assertThat(fourth.status()).isEqualTo(503);
                assertThat(fourth.json().path("type").asText()).endsWith("/exports-busy");
            }
        }
        until(() -> open() == 0);
        assertThat(api.get(CSV + "?client=9999", "a").status()).isEqualTo(200);
    }

    @Test
    void aSnapshotDoesNotChangeWhileItIsRead() throws IOException {
        insertMixed(MANY);
        try (var socket = ask(NDJSON)) {
            assertThat(socket.getInputStream().read()).isPositive();
            // The last to be read, and few: the reader does not read meanwhile.
            api.sql(
                    "update call set version = 99 where substr(call_id, 2)::int > %d".formatted(MANY - 500),
                    "delete from call where substr(call_id, 2)::int between %d and %d"
                            .formatted(MANY - 900, MANY - 600));

            var text = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(text).doesNotContain("\"version\":99");
            assertThat(text.split("\"version\"", -1)).hasSize(MANY + 1);
        }
    }

    private static List<String> ids(String token) {
        return lines(api.get(NDJSON, token).response().body()).stream()
                .map(line -> line.path("id").asText())
                .toList();
    }

    private static List<JsonNode> lines(String body) {
        return body.lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    private static Socket ask(String path) throws IOException {
        return ask(path, "a");
    }

    private static Socket ask(String path, String token) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(16_384);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", api.port()));
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + token
                                + "\r\n\r\n")
                        .getBytes(UTF_8));
        return socket;
    }

    private static byte[] drain(Socket socket) {
        var read = new java.io.ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (IOException reset) {
            assertThat(reset).isNotNull();
        }
        return read.toByteArray();
    }

    /** Calls of three accounts, some of them at the same instant. */
    private static void insertMixed(int count) {
        api.sql("""
                insert into call (account, call_id, direction, state, outcome, client_number, client_digits, started_at,
                    talk_seconds, recording_status, sources, confirmed, last_event_at, version)
                select (array['west', 'default', 'east'])[1 + i %% 3], 'c' || i,
                    (array['inbound', 'outbound'])[1 + i %% 2], case when i %% 7 = 0 then 'ringing' else 'ended' end,
                    case when i %% 7 > 0 then (array['answered', 'missed'])[1 + i %% 2] end,
                    '+1312555' || lpad((i %% 200)::text, 4, '0'), '1312555' || lpad((i %% 200)::text, 4, '0'),
                    timestamptz '2026-03-09T20:00:00Z' - interval '1 minute' * (i / 4), case when i %% 2 = 0 then i end,
                    'none', array[(array['poll', 'webhook'])[1 + i / 2 %% 2]], true,
                    timestamptz '2026-03-09T20:00:00Z', 1
                from generate_series(0, %d) i""".formatted(count - 1), """
                insert into call_leg (account, call_id, position, extension, result, call_started_at)
                select account, call_id, n, (100 + n)::text, 'no_answer', started_at
                from call, generate_series(0, 2) n where substr(call_id, 2)::int % 5 > n""", "analyze call, call_leg");
    }

    /** Connections that exports hold. */
    private static long open() {
        return count("select count(*) from pg_stat_activity where application_name = 'switchboard-api-exports'");
    }

    private static List<String> audit() {
        return column("select concat_ws(' ', role, coalesce(account, '-'), action, coalesce(target, ''), outcome,"
                + " coalesce(rows::text, '')) from audit_entry order by id");
    }

    private static long count(String sql) {
        return Long.parseLong(column(sql).getFirst());
    }

    private static List<String> column(String sql) {
        var values = new ArrayList<String>();
        try (var connection = api.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return values;
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(condition);
    }
}
