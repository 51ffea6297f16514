package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.stream.StreamLimits;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stream of changes over a real Postgres: who gets what, how it ends, and what it costs. */
@ExtendWith(RealInfrastructure.class)
class StreamIT {
    private static final StreamLimits LIMITS =
            new StreamLimits(1_010, 1_000, Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofMillis(50));
    private static final String FED =
            "insert into change_feed (account, topic, key, version) values ('%s', 'calls', '%s', %d)";

    private static final String CALL = """
            insert into call (account, call_id, direction, state, client_number, started_at, recording_status, sources,
                confirmed, last_event_at, version)
            values ('default', '%s', 'inbound', 'ringing', '+13125550117', now(), 'none', '{webhook}', true, now(), 1)""";

    static Infrastructure infrastructure;
    static ApiUnderTest api;

    @BeforeAll
    static void start(Infrastructure real) {
        infrastructure = real;
        api = new ApiUnderTest(real, LIMITS);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void empty() {
        api.empty();
    }

    /** A call, and the change that made it. */
    private static void change(String account, String id, int version) {
        api.sql("delete from call where account = '%s' and call_id = '%s'".formatted(account, id));
        CallFixture.call(id).with("account", account).with("version", version).insert(api);
        api.sql(FED.formatted(account, id, version));
    }

    private static long head() {
        return api.get("/v1/live", "a").json().path("seq").asLong();
    }

    private static double meter(String name) {
        return api.registry
                .scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aChangeArrivesAsTheCallReads() {
        try (var client = StreamClient.open(api, "?topics=calls", "s")) {
            change("default", "call-1", 2);

            var event = client.awaitEvents(1).events.getFirst();
            assertThat(event.name()).isEqualTo("call");
            assertThat(event.data()).isEqualTo(api.get("/v1/calls/call-1", "s").json());
            assertThat(event.id()).isEqualTo(head());
            assertThat(client.response.headers().map())
                    .containsEntry("content-type", List.of("text/event-stream"))
                    .containsEntry("cache-control", List.of("no-store, no-transform"))
                    .containsEntry("x-accel-buffering", List.of("no"))
                    .containsKey("x-request-id")
                    .doesNotContainKey("content-encoding");
            assertThat(Integer.parseInt(String.valueOf(client.retry()))).isBetween(1_000, 5_000);
        }
    }

    @Test
    void aQuietStreamIsKeptOpenByComments() {
        try (var client = StreamClient.open(api, "?topics=calls", "v")) {
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> client.comments.size() >= 3);

            assertThat(client.events).isEmpty();
            assertThat(client.hasEnded()).isFalse();
        }
    }

    @Test
    void everybodySeesTheirAccountAloneAndNumbersAsTheirRoleDoes() {
        var before = head();
        try (var masked = StreamClient.open(api, "?topics=calls", "v");
                var west = StreamClient.open(api, "?topics=calls", "west")) {
            change("east", "call-e", 1);
            change("west", "call-w", 1);

            assertThat(masked.awaitEvents(2).each("id")).containsExactly("call-e", "call-w");
            assertThat(masked.events.getFirst().text()).contains("+1312•••••17").doesNotContain("3125550117");
            assertThat(west.awaitEvents(1).each("id")).containsExactly("call-w");
            assertThat(west.events.getFirst().text()).contains("+13125550117");
        }
        try (var resumed = StreamClient.open(api, "?topics=calls&after=" + before, "ops-west")) {
            assertThat(resumed.awaitEvents(1).each("id")).containsExactly("call-w");
            assertThat(resumed.events.getFirst().text()).doesNotContain("3125550117");
        }
    }

    @Test
    void whoComesBackGoesOnBehindTheLastEventOnEveryInstanceAndAfterARestart() {
        long last;
        try (var client = StreamClient.open(api, "?topics=calls", "s")) {
            change("default", "call-1", 1);
            last = client.awaitEvents(1).events.getFirst().id();
        }
        change("default", "call-2", 1);
        change("default", "call-2", 2);

        for (int restart = 0; restart < 2; restart++) {
            try (var other = new ApiUnderTest(infrastructure, LIMITS);
                    var client = StreamClient.open(other, "?topics=calls&after=1", "s", "Last-Event-ID", "" + last)) {
                change("default", "call-" + (3 + restart), 1);

                assertThat(client.awaitEvents(2 + restart).each("id"))
                        .isEqualTo(List.of("call-2", "call-3", "call-4").subList(0, 2 + restart));
                assertThat(client.each("version")).first().isEqualTo("2");
                assertThat(client.events).extracting(StreamClient.Event::id).isSorted();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"999999999999, unknown_id", "7f3a-x, unknown_id", "1, too_old"})
    void whereItCannotGoOnItSaysSoAndGoesOnFromNow(String id, String reason) {
        change("default", "call-1", 1);
        change("default", "call-2", 1);
        var pruned = head();
        api.sql("delete from change_feed where position < " + pruned);
        var before = meter("switchboard_stream_resyncs_total");

        try (var client = StreamClient.open(api, "?topics=calls", "s", "Last-Event-ID", id)) {
            var resync = client.awaitEvents(1).events.getFirst();
            change("default", "call-3", 1);

            assertThat(resync.name()).isEqualTo("resync");
            assertThat(resync.data().path("reason").asText()).isEqualTo(reason);
            assertThat(resync.data().path("seq").asLong())
                    .isEqualTo(resync.id())
                    .isEqualTo(pruned);
            assertThat(client.awaitEvents(2).each("id")).containsExactly("", "call-3");
            assertThat(meter("switchboard_stream_resyncs_total")).isEqualTo(before + 1);
        }
    }

    @Test
    void theOldestChangeThatIsKeptCanBeResumedFrom() {
        change("default", "call-1", 1);
        change("default", "call-2", 1);
        var head = head();
        api.sql("delete from change_feed where position < " + head);

        try (var client = StreamClient.open(api, "?topics=calls&after=" + (head - 1), "s")) {
            assertThat(client.awaitEvents(1).each("id")).containsExactly("call-2");
        }
    }

    @Test
    void extensionsAndThePipelineAreStreamedToo() {
        try (var client = StreamClient.open(api, "?topics=agents,pipeline", "west")) {
            api.sql(
                    "insert into change_feed (account, topic, key, version) values ('east', 'agents', '101', 0), ('west', 'agents', '102', 0)");
            assertThat(client.awaitEvents(1).events.getFirst().name()).isEqualTo("agent");
            assertThat(client.each("extension")).first().isEqualTo("102");
            assertThat(client.each("state")).first().isEqualTo("unknown");

            api.sql("""
                    insert into poller_state (account, entry, value, reported_at) values
                      ('east', 'budget', '{"account":"east","limit":2500,"spent":3,"left":2497,"forecast":9}', now()),
                      ('west', 'budget', '{"account":"west","limit":2500,"spent":5,"left":2495,"forecast":9}', now())""");
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> client.names().contains("pipeline"));
            var told = client.events.getLast().data();
            assertThat(told.path("pollers").findValuesAsText("account")).containsOnly("west");
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutAndNothingIsKeptForIt() throws IOException {
        var before = meter("switchboard_stream_dropped_clients_total");
        var from = head();
        try (var socket = new Socket();
                var healthy = StreamClient.open(api, "?topics=calls", "s")) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", api.port()));
            socket.getOutputStream()
                    .write("GET /v1/stream?topics=calls&after=%d HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer s\r\n\r\n"
                            .formatted(from)
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> meter("switchboard_stream_clients") == 2);

            api.sql("""
                    insert into call (account, call_id, direction, state, client_number, client_name, started_at,
                        recording_status, sources, confirmed, last_event_at, version)
                    select 'default', 'call-' || i, 'inbound', 'ended', '+13125550117', repeat('x', 3000), now(), 'none',
                        '{webhook}', true, now(), 1 from generate_series(1, 8000) i""", """
                    insert into change_feed (account, topic, key, version)
                    select 'default', 'calls', 'call-' || i, 1 from generate_series(1, 8000) i""");

            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> meter("switchboard_stream_dropped_clients_total") == before + 1);
            assertThat(healthy.awaitEvents(8_000).events)
                    .extracting(StreamClient.Event::id)
                    .containsExactlyElementsOf(LongStream.rangeClosed(from + 1, from + 8_000)
                            .boxed()
                            .toList());
            assertThat(healthy.hasEnded()).isFalse();
        }
    }

    @Test
    void aThousandClientsGetEveryChangeOnceAndTheDatabaseIsAskedOnce() throws Exception {
        var clients = new ArrayList<StreamClient>();
        var used = heap();
        try {
            var began = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                clients.add(StreamClient.open(api, "?topics=calls", i % 2 == 0 ? "s" : "v"));
            }
            var connected = seconds(began);
            assertThat(meter("switchboard_stream_clients")).isEqualTo(1_000);
            var transactions = transactions();
            began = System.nanoTime();
            var ids = IntStream.range(0, 100).mapToObj(i -> "call-" + i).toList();
            ids.forEach(id -> api.sql(CALL.formatted(id), FED.formatted("default", id, 1)));
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> clients.stream().allMatch(client -> client.events.size() >= 100));
            var delivered = seconds(began);

            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.each("id")).isEqualTo(ids));
            var asked = transactions() - transactions;
            var grown = heap() - used;
            System.out.printf(
                    "1,000 clients: connected in %.1f s; 100 changes to all in %.1f s; %d transactions; heap +%d MB%n",
                    connected, delivered, asked, grown / 1_000_000);
            assertThat(asked).isLessThan(2_500);
            assertThat(grown).isLessThan(400_000_000L);
        } finally {
            clients.forEach(StreamClient::close);
        }
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> meter("switchboard_stream_clients") == 0);
    }

    @Test
    void oneTokenDoesNotTakeAllSeatsAndAFullHouseSaysWhenToComeBack() {
        var limits = new StreamLimits(3, 2, Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofMillis(50));
        try (var small = new ApiUnderTest(infrastructure, limits);
                var first = StreamClient.open(small, "", "s");
                var second = StreamClient.open(small, "", "s");
                var third = StreamClient.open(small, "", "s");
                var other = StreamClient.open(small, "", "v");
                var late = StreamClient.open(small, "", "a")) {
            assertThat(List.of(first, second, third, other, late))
                    .extracting(client -> client.response.statusCode())
                    .containsExactly(200, 200, 429, 200, 503);
            assertThat(late.response.headers().firstValue("Retry-After")).isPresent();
            assertThat(third.response.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void whenTheServerStopsStreamsEndAtOnce() throws InterruptedException {
        var other = new ApiUnderTest(infrastructure, LIMITS);
        try (var client = StreamClient.open(other, "", "s")) {
            var began = System.nanoTime();
            other.close();

            assertThat(client.ended.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(seconds(began)).isLessThan(5);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topics= | topics",
                "topics=calls&topics=agents | topics",
                "topics=calls,,agents | topics",
                "topics=calls,calls | topics",
                "topics=numbers | topics",
                "topics=CALLS | topics",
                "after= | after",
                "after=-1 | after",
                "after=x | after",
                "after=1&after=2 | after",
                "after=99999999999999999999 | after",
                "colour=red | colour"
            })
    void badParametersAreNamed(String query, String parameter) {
        var answer = api.get("/v1/stream?" + query, "v");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo(parameter);
        assertThat(meter("switchboard_stream_clients")).isZero();
    }

    @Test
    void headTellsWhatGetWouldAndTakesNoSeat() {
        var answer = api.send("HEAD", "/v1/stream", "v");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(meter("switchboard_stream_clients")).isZero();
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long transactions() throws Exception {
        try (var connection = api.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select xact_commit from pg_stat_database where datname = current_database()")) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
