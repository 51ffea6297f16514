package io.switchboard.projector;

import static io.switchboard.projector.ProviderRows.CLIENT;
import static io.switchboard.projector.ProviderRows.SEEN;
import static io.switchboard.projector.ProviderRows.call;
import static io.switchboard.projector.ProviderRows.entry;
import static io.switchboard.projector.ProviderRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Envelope;
import io.switchboard.event.Resource;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which calls journal entries find, whichever comes first. */
@ExtendWith(RealInfrastructure.class)
class JournalJoinIT {
    private static final Instant START = Instant.parse("2026-03-09T17:00:00.514Z");
    private static final String GUID = "7df52a62-1002-48cd-9ae4-7dec82030002";
    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";
    private static final String JOINS = "select entry_id, call_id, joined_by from journal_entry order by 1";
    private static final AtomicInteger TESTS = new AtomicInteger();

    private ProjectorDriver driver;

    @BeforeEach
    void emptyTables(Infrastructure infrastructure) throws Exception {
        try (var connection = infrastructure.connect();
                var statement = connection.createStatement()) {
            var ignored = statement.execute("drop schema public cascade; create schema public");
        }
        driver = new ProjectorDriver(
                infrastructure.bootstrapServers(),
                infrastructure.databaseUrl(),
                infrastructure.topicPrefix() + "joins." + TESTS.incrementAndGet() + ".");
        var unused = driver.start();
    }

    @AfterEach
    void stop() throws Exception {
        driver.close();
    }

    private void append(Envelope... envelopes) throws Exception {
        driver.append(List.of(envelopes));
        driver.awaitCaughtUp();
    }

    @Test
    void anEntryFindsItsCallByGuidInBothOrders() throws Exception {
        var far = START.minusSeconds(3_600);
        append(entry("65ee01", GUID.toUpperCase(java.util.Locale.ROOT), far));
        assertThat(driver.rows(JOINS)).containsExactly(List.of("65ee01", "null", "null"));

        append(call("west", GUID, START, CLIENT));
        assertThat(driver.rows(JOINS)).as("another account's").containsExactly(List.of("65ee01", "null", "null"));

        append(call("default", GUID, START, CLIENT));
        assertThat(driver.rows(JOINS)).containsExactly(List.of("65ee01", GUID, "request_guid"));

        append(entry("65ee02", GUID, START));
        assertThat(driver.rows(JOINS))
                .containsExactly(List.of("65ee01", GUID, "request_guid"), List.of("65ee02", GUID, "request_guid"));
    }

    @Test
    void anEntryFindsTheNearestCallOfItsPartiesInBothOrders() throws Exception {
        append(entry("65ee01", NO_GUID, START), entry("65ee09", NO_GUID, START.plusSeconds(60)));
        append(call("default", "call-late", START.plusMillis(5_001), CLIENT));
        assertThat(driver.rows(JOINS).getFirst()).containsExactly("65ee01", "null", "null");

        append(call("default", "call-near", START.plusSeconds(4), CLIENT));
        assertThat(driver.rows(JOINS).getFirst()).containsExactly("65ee01", "call-near", "parties");

        append(call("default", "call-nearer", START.minusSeconds(1), "3125550117"));
        assertThat(driver.rows(JOINS).getFirst())
                .as("written without the country's code")
                .containsExactly("65ee01", "call-nearer", "parties");

        append(
                call("default", "other-client", START, "+13125550118"),
                call("west", "other-account", START, CLIENT),
                Webhooks.event("outbound", "OutgoingCall", "101", START));
        assertThat(driver.rows(JOINS).getFirst()).containsExactly("65ee01", "call-nearer", "parties");

        append(entry("65ee02", NO_GUID, START.plusMillis(3_900)));
        assertThat(driver.rows(JOINS))
                .containsExactly(
                        List.of("65ee01", "call-nearer", "parties"),
                        List.of("65ee02", "call-near", "parties"),
                        List.of("65ee09", "null", "null"));
    }

    @Test
    void noCallGetsTwoEntriesByItsPartiesAndNoneBesideTheOneThatNamesIt() throws Exception {
        append(
                call("default", GUID, START, CLIENT),
                entry("65ee01", NO_GUID, START.plusSeconds(1)),
                entry("65ee02", NO_GUID, START.plusSeconds(2)));
        assertThat(driver.rows(JOINS))
                .containsExactly(List.of("65ee01", GUID, "parties"), List.of("65ee02", "null", "null"));

        append(entry("65ee03", GUID, START.plusSeconds(900)));
        assertThat(driver.rows(JOINS))
                .containsExactly(
                        List.of("65ee01", "null", "null"),
                        List.of("65ee02", "null", "null"),
                        List.of("65ee03", GUID, "request_guid"));

        // The entry turns out to be about something else: the call is free again.
        append(row(Resource.JOURNAL, "default", "65ee03", "{\"id\":\"65ee03\"}", SEEN.plusSeconds(1)));
        assertThat(driver.rows(JOINS).getFirst()).containsExactly("65ee01", GUID, "parties");
    }

    @Test
    void aCallWhoseStartMovesIsJoinedWhereItStandsNow() throws Exception {
        append(
                entry("65ee01", NO_GUID, START),
                entry("65ee02", NO_GUID, START.plusSeconds(8)),
                Webhooks.event("call-1", "IncomingCallConnected", "101", START.plusSeconds(8)));
        assertThat(driver.rows(JOINS))
                .containsExactly(List.of("65ee01", "null", "null"), List.of("65ee02", "call-1", "parties"));

        append(Webhooks.event("call-1", "IncomingCall", null, START));
        assertThat(driver.rows(JOINS))
                .containsExactly(List.of("65ee01", "call-1", "parties"), List.of("65ee02", "null", "null"));
    }

    @Test
    void anEntryWaitsForACallThatAnotherProjectorIsWriting() throws Exception {
        try (var other = driver.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            assertThat(statement.execute("select pg_advisory_xact_lock_shared(hashtextextended(current_schema(), "
                            + 0x6a6f75726e616cL + "))"))
                    .isTrue();
            assertThat(statement.executeUpdate("""
                    insert into call (account, call_id, direction, state, started_at, recording_status, sources, confirmed,
                        last_event_at, version, client_digits, business_number)
                    values ('default', 'call-1', 'inbound', 'ended', '2026-03-09T17:00:00Z', 'none', '{poll}', true, now(), 1,
                        '13125550117', '+12025550143')""")).isOne();
            driver.append(List.of(entry("65ee01", NO_GUID, START)));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> driver.rows("select from pg_locks where locktype = 'advisory' and not granted")
                                    .size()
                            == 1);
            other.commit();
        }
        driver.awaitCaughtUp();

        assertThat(driver.rows(JOINS)).containsExactly(List.of("65ee01", "call-1", "parties"));
    }

    @Test
    void twoProjectorsThatShareThePartitionsMissNoPair() throws Exception {
        var second = driver.start();
        for (var i = 0; i < 300; i++) {
            var start = START.plusSeconds(60L * i);
            driver.append(List.of(
                    call("default", "call-%03d".formatted(i), start, CLIENT),
                    entry("65ee%03d".formatted(i), NO_GUID, start.plusMillis(400))));
        }
        driver.awaitCaughtUp();

        assertThat(driver.rows("""
                select count(*), count(*) filter (where right(call_id, 3) = right(entry_id, 3)) from journal_entry""")).containsExactly(List.of("300", "300"));
        assertThat(second.status().lastAppliedAt()).isNotNull();
    }
}
