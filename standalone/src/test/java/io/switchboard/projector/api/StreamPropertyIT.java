package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.stream.StreamLimits;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A snapshot and the stream from it give every change, and none twice, whatever happens: transactions that commit in
 * another order than they began, some not at all; clients that hang up anywhere and come back on another instance; an
 * instance that is replaced meanwhile.
 */
@ExtendWith(RealInfrastructure.class)
class StreamPropertyIT {
    private static final StreamLimits LIMITS =
            new StreamLimits(2_000, 1_500, Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofMillis(20));
    private static final int WRITERS = 6;
    private static final int TRANSACTIONS = 40;
    private static final int CALLS = 25;
    private static final int READERS = 4;

    /** The instance that is replaced. */
    private final Deque<ApiUnderTest> second = new ConcurrentLinkedDeque<>();

    /** What a client knows: of each call its version, and the ids of all events it got. */
    private record Known(Map<String, Integer> versions, List<Long> ids, long seq) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_260_310, 7})
    void nothingIsMissedAndNothingComesTwice(long seed, Infrastructure infrastructure) throws Exception {
        System.out.println("seed " + seed);
        try (var first = new ApiUnderTest(infrastructure, LIMITS);
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            first.empty();
            second.push(new ApiUnderTest(infrastructure, LIMITS));
            var random = new SplittableRandom(seed);
            var writers = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < WRITERS; i++) {
                var own = random.split();
                writers.add(pool.submit(() -> write(first, own)));
            }
            var readers = new ArrayList<Future<Known>>();
            for (int i = 0; i < READERS; i++) {
                var own = random.split();
                Callable<Known> reading = () -> read(first, own, writers);
                readers.add(pool.submit(reading));
            }
            second.push(new ApiUnderTest(infrastructure, LIMITS));
            second.removeLast().close();
            for (var writer : writers) {
                assertThat(writer.get(60, TimeUnit.SECONDS)).isTrue();
            }
            for (var reader : readers) {
                check(first, reader.get(60, TimeUnit.SECONDS));
            }
        } finally {
            second.forEach(ApiUnderTest::close);
        }
    }

    private static void check(ApiUnderTest api, Known known) throws SQLException {
        assertThat(known.ids()).as("in order, none twice").isSorted().doesNotHaveDuplicates();
        assertThat(known.versions()).as("nothing missed").isEqualTo(stored(api));
        var published = published(api, known.seq());
        assertThat(published.keySet()).as("only what was published").containsAll(known.ids());
        // What did not come was overtaken by a later change of the same call, which did.
        published.forEach((position, key) -> {
            if (!known.ids().contains(position)) {
                assertThat(published.entrySet())
                        .as("change %d was overtaken", position)
                        .anyMatch(later -> later.getKey() > position
                                && later.getValue().equals(key)
                                && known.ids().contains(later.getKey()));
            }
        });
    }

    /** Each transaction changes some calls, is open for a while, and is sometimes given up. */
    private static boolean write(ApiUnderTest api, SplittableRandom random) throws SQLException {
        try (var connection = api.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < TRANSACTIONS; i++) {
                var keys = new TreeSet<Integer>();
                for (int many = random.nextInt(1, 4); many > 0; many--) {
                    keys.add(random.nextInt(CALLS));
                }
                for (var key : keys) {
                    change(connection, "call-%02d".formatted(key));
                    pause(connection, random.nextInt(8));
                }
                if (random.nextInt(10) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
            return true;
        }
    }

    private static void change(Connection connection, String id) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                with put as (
                  insert into call as c (account, call_id, direction, state, started_at, recording_status, sources, confirmed,
                    last_event_at, version)
                  values ('default', ?, 'inbound', 'ringing', '2026-03-10T11:59:00Z', 'none', '{webhook}', false,
                    '2026-03-10T11:59:00Z', 1)
                  on conflict (account, call_id) do update set version = c.version + 1
                  returning call_id, version)
                insert into change_feed (account, topic, key, version) select 'default', 'calls', call_id, version from put""")) {
            upsert.setString(1, id);
            assertThat(upsert.executeUpdate()).isEqualTo(1);
        }
    }

    private static void pause(Connection connection, int millis) throws SQLException {
        try (var statement = connection.createStatement()) {
            assertThat(statement.execute("select pg_sleep(" + millis / 1e3 + ")"))
                    .isTrue();
        }
    }

    /** Takes a snapshot, and follows from it through any number of connections until nothing moves any more. */
    private Known read(ApiUnderTest first, SplittableRandom random, List<Future<Boolean>> writers) {
        var snapshot = first.get("/v1/live", "s").json();
        var known = new Known(
                new HashMap<>(), new ArrayList<>(), snapshot.path("seq").asLong());
        snapshot.at("/open_calls/calls")
                .forEach(call -> known.versions()
                        .put(call.path("id").asText(), call.path("version").asInt()));
        var position = known.seq();
        while (true) {
            var over = writers.stream().allMatch(Future::isDone);
            var api = random.nextBoolean() ? first : second.getFirst();
            var wanted = over ? Integer.MAX_VALUE : random.nextInt(1, 40);
            for (var event : follow(api, position, wanted)) {
                if (event.name().equals("call")) {
                    var before = known.versions()
                            .put(
                                    event.data().path("id").asText(),
                                    event.data().path("version").asInt());
                    assertThat(before == null ? 0 : before)
                            .as("no change twice: event %d", event.id())
                            .isLessThan(event.data().path("version").asInt());
                    known.ids().add(event.id());
                } else {
                    assertThat(event.name()).isEqualTo("pipeline");
                }
                position = event.id();
            }
            if (over) {
                return known;
            }
        }
    }

    private static List<StreamClient.Event> follow(ApiUnderTest api, long position, int wanted) {
        try (var client = position % 2 == 0
                ? StreamClient.open(api, "?topics=calls&after=" + position, "s")
                : StreamClient.open(api, "?topics=calls,pipeline", "s", "Last-Event-ID", "" + position)) {
            if (client.response.statusCode() != 200) {
                return List.of(); // it stops
            }
            try {
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(wanted == Integer.MAX_VALUE ? 2 : 1))
                        .until(() -> client.events.size() >= wanted || client.hasEnded());
            } catch (ConditionTimeoutException quiet) {
                return List.copyOf(client.events);
            }
            return List.copyOf(client.events);
        } catch (AssertionError stopping) {
            return List.of();
        }
    }

    private static Map<String, Integer> stored(ApiUnderTest api) throws SQLException {
        var versions = new HashMap<String, Integer>();
        try (var connection = api.connect();
                var rows = connection.createStatement().executeQuery("select call_id, version from call")) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getInt(2));
            }
        }
        return versions;
    }

    private static Map<Long, String> published(ApiUnderTest api, long after) throws SQLException {
        var keys = new HashMap<Long, String>();
        try (var connection = api.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select position, key from change_feed where topic = 'calls' and position > "
                                + after)) {
            while (rows.next()) {
                keys.put(rows.getLong(1), rows.getString(2));
            }
        }
        return keys;
    }
}
