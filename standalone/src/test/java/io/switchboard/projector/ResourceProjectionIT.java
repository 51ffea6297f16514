package io.switchboard.projector;

import static io.switchboard.projector.ProviderRows.CLIENT;
import static io.switchboard.projector.ProviderRows.SEEN;
import static io.switchboard.projector.ProviderRows.call;
import static io.switchboard.projector.ProviderRows.entry;
import static io.switchboard.projector.ProviderRows.row;
import static io.switchboard.projector.ProviderRows.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.Envelope;
import io.switchboard.event.Resource;
import io.switchboard.event.Topic;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The provider's lists beside calls, on real servers: what becomes of their rows. */
@ExtendWith(RealInfrastructure.class)
class ResourceProjectionIT {
    private static final Instant START = Instant.parse("2026-03-09T17:00:00.514Z");
    private static final String GUID = "7df52a62-1002-48cd-9ae4-7dec82030002";
    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";
    private static final String ALEX = "6b02f2a4-0000-4a01-8a01-000000000101";
    private static final String SAM = "6b02f2a4-0000-4a01-8a01-000000000105";
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
                infrastructure.topicPrefix() + "resources." + TESTS.incrementAndGet() + ".");
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
    void everyResourceBecomesARow() throws Exception {
        append(
                entry("65ee01", NO_GUID, START),
                row(Resource.JOURNAL, "65ee02", """
                        {"id":"65ee02","type":"message","state":"message","origin":"outbound","created":"2026-03-09T19:03:11Z",
                         "client":{"address":"+13125550117"},"text":"Map attached.","messageDeliveryStatus":"sent",
                         "attachments":[{"link":"https://files.example/1","fileName":"map.png","fileSize":48213}]}"""),
                row(Resource.VOICEMAILS, "v1", """
                        {"data":{"id":"v1","from":"+13125550117","to":"+12025550143","assignedTo":"Alex Moreno",
                         "dateTimeUtc":"2026-03-09T14:40:35.62+00:00","duration":"32","voicemailStatus":"UnRead",
                         "voicemailRecord":{"uri":"https://panel.mightycall.com/v.wav?id=1"}}}"""),
                row(Resource.PHONE_NUMBERS, ProviderRows.OFFICE, """
                        {"number":"+12025550143","label":"Main line","isEnabled":true,"smsMode":"Enabled","mayCall":true}"""),
                row(Resource.CONTACTS, "c1", """
                        {"contactId":"c1","etag":"48","firstName":"Dana","updated":"2026-03-01T09:00:00Z",
                         "channels":[{"phone":"+1 312 555 0117"},{"email":"dana@example.com"}],"tags":["VIP"]}"""),
                row(Resource.AGENT_STATUS, "101", "{\"data\":{\"status\":\"Busy\"}}"));

        assertThat(driver.rows("""
                select account, type, state, direction, client_number, client_digits, business_number, business_label,
                    agent_extension, agent_name, duration_seconds, created_at = '2026-03-09T17:00:00.514Z',
                    first_seen_at = '2026-03-09T20:00:00.123456Z', call_id from journal_entry where entry_id = '65ee01'"""))
                .containsExactly(List.of(
                        "default",
                        "call",
                        "connected",
                        "inbound",
                        "+13125550117",
                        "13125550117",
                        "+12025550143",
                        "Main line",
                        "101",
                        "Alex Moreno",
                        "3",
                        "t",
                        "t",
                        "null"));
        assertThat(driver.rows("select count(*) from dead_letter")).containsExactly(List.of("0"));
        assertTheOtherRows();
    }

    private void assertTheOtherRows() throws Exception {
        assertThat(driver.rows("select entry_id, body, delivery_status, direction, attachments from message"))
                .containsExactly(List.of(
                        "65ee02",
                        "Map attached.",
                        "sent",
                        "outbound",
                        "[{\"file_name\": \"map.png\", \"size_bytes\": 48213}]"));
        assertThat(driver.rows("""
                select client_digits, business_number, assigned_to, duration_seconds, status, recording_uri is null
                from voicemail"""))
                .containsExactly(List.of("13125550117", "+12025550143", "Alex Moreno", "32", "unread", "f"));
        assertThat(driver.rows("select number, label, enabled, sms_mode, can_call, deleted_at from phone_number"))
                .containsExactly(List.of("+12025550143", "Main line", "t", "enabled", "t", "null"));
        assertThat(driver.rows("select first_name, phones, phone_digits, emails, tags, deleted_at from contact"))
                .containsExactly(List.of(
                        "Dana",
                        "[\"+1 312 555 0117\"]",
                        "[\"13125550117\"]",
                        "[\"dana@example.com\"]",
                        "[\"VIP\"]",
                        "null"));
        assertThat(driver.rows("select extension, status, changed_at = seen_at from agent_status"))
                .containsExactly(List.of("101", "on_call", "t"));
        assertThat(driver.rows("select account, key from change_feed where topic = 'agents'"))
                .containsExactly(List.of("default", "101"));
    }

    @Test
    void anyOrderRepetitionAndCutGiveTheSameTables() throws Exception {
        var all = observations();
        driver.append(all);
        driver.awaitCaughtUp();
        var expected = driver.tables();
        assertThat(driver.rows("select count(*) > 10, count(call_id) > 5 from journal_entry"))
                .containsExactly(List.of("t", "t"));

        for (var seed = 1; seed <= 6; seed++) {
            driver.close();
            driver = again();
            driver.execute("""
                    truncate call, call_leg, call_event, change_feed, journal_entry, voicemail, phone_number, contact,
                        team_member, extension_source, agent_status, agent_status_seen, projection_position""");
            var unused = driver.start();
            Collections.shuffle(all, new Random(seed));
            var cut = 1 + seed * 5;
            for (var from = 0; from < all.size(); from += cut) {
                driver.append(all.subList(from, Math.min(from + cut, all.size())));
                if (seed % 2 == 0) {
                    driver.awaitCaughtUp();
                }
            }
            driver.append(all.subList(0, all.size() / 3));
            driver.awaitCaughtUp();

            assertThat(driver.tables()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private ProjectorDriver again() {
        return new ProjectorDriver(
                driver.settings().kafka().bootstrapServers(),
                driver.databaseUrl(),
                driver.settings().kafka().name(Topic.CALLS).replace("calls", "") + "r" + TESTS.incrementAndGet() + ".");
    }

    /** Entries and calls so close to each other that it matters which is nearest, and lists that change and shrink. */
    private static List<Envelope> observations() {
        var all = new ArrayList<Envelope>();
        var random = new Random(20_260_309);
        for (var i = 0; i < 25; i++) {
            var guid = "7df52a62-1002-48cd-9ae4-7dec820300" + (10 + i);
            var start = START.plusSeconds(random.nextInt(60));
            all.add(call("default", guid, start, CLIENT));
            all.add(Webhooks.event(guid, "IncomingCallConnected", "101", start.plusSeconds(random.nextInt(8))));
            all.add(entry(
                    "65ee" + (10 + i),
                    i % 4 == 0 ? guid : NO_GUID,
                    START.plusSeconds(random.nextInt(60)).plusMillis(random.nextInt(1_000))));
        }
        for (var i = 0; i < 5; i++) {
            var later = SEEN.plusSeconds(i);
            all.add(row(Resource.PHONE_NUMBERS, "default", "+1202555014" + i % 2, """
                    {"number":"+1202555014%d","label":"Line %d"}""".formatted(i % 2, i), later));
            all.add(row(Resource.CONTACTS, "default", "c1", """
                    {"contactId":"c1","firstName":"Dana %d","channels":[{"phone":"+1312555011%d"}]}""".formatted(i, i), later));
            all.add(row(Resource.PROFILES, "default", "101", """
                    {"extension":"101","firstName":"Alex %d"}""".formatted(i), later));
            all.add(row(Resource.TEAM, "default", ALEX, """
                    {"id":"%s","fullName":"Alex the %dth"}""".formatted(ALEX, i), later));
            all.add(row(
                    Resource.AGENT_STATUS, "default", "101", """
                    {"status":"%s"}""".formatted(i % 2 == 0 ? "dnd" : "available"), later));
            all.add(row(Resource.VOICEMAILS, "default", "v1", """
                    {"id":"v1","voicemailStatus":"%s"}""".formatted(i > 2 ? "Read" : "Unread"), later));
            all.add(row(Resource.JOURNAL, "default", "65ee10", """
                    {"id":"65ee10","type":"call","origin":"inbound","created":"%s","comment":"%d",
                     "client":{"address":"%s"},"businessNumber":"+12025550143"}""".formatted(START.plusSeconds(i), i, CLIENT), later));
        }
        all.add(tombstone(Resource.PHONE_NUMBERS, "default", "+12025550141", SEEN.plusMillis(3_500)));
        all.add(tombstone(Resource.PHONE_NUMBERS, "default", "+12025550140", SEEN.plusMillis(3_500)));
        all.add(tombstone(Resource.CONTACTS, "default", "c1", SEEN.plusSeconds(9)));
        all.add(tombstone(Resource.PROFILES, "default", "101", SEEN.plusSeconds(1)));
        return all;
    }

    @Test
    void aTombstoneDeletesTheRowUntilItIsListedAgain() throws Exception {
        append(
                row(Resource.CONTACTS, "c1", "{\"contactId\":\"c1\",\"firstName\":\"Dana\"}"),
                row(Resource.PHONE_NUMBERS, "+12025550143", "{\"number\":\"+12025550143\",\"label\":\"Main\"}"),
                row(Resource.PROFILES, "101", "{\"extension\":\"101\",\"firstName\":\"Alex\"}"));
        append(
                tombstone(Resource.CONTACTS, "default", "c1", SEEN.plusSeconds(5)),
                tombstone(Resource.PHONE_NUMBERS, "default", "+12025550143", SEEN.plusSeconds(5)),
                tombstone(Resource.PROFILES, "default", "101", SEEN.plusSeconds(5)),
                tombstone(Resource.CONTACTS, "default", "c-never-seen", SEEN));

        var deleted = List.of(
                "select deleted_at = '2026-03-09T20:00:05.123456Z' from contact where contact_id = 'c1'",
                "select deleted_at = '2026-03-09T20:00:05.123456Z' from phone_number",
                "select deleted_at = '2026-03-09T20:00:05.123456Z' from extension");
        for (var query : deleted) {
            assertThat(driver.rows(query)).as(query).containsExactly(List.of("t"));
        }

        append(row(Resource.CONTACTS, "default", "c1", "{\"contactId\":\"c1\"}", SEEN.plusSeconds(6)));
        assertThat(
                        driver.rows(
                                "select deleted_at from contact where contact_id = 'c1' union all select deleted_at from contact where seen_at is null"))
                .containsExactly(List.of("null"), List.of("2026-03-09 20:00:00.123456+00"));
    }

    @Test
    void aNumberGivenUpIsDeletedAndOneThatCameBackIsNot() throws Exception {
        var number = "+12025550190";
        var gone = "{\"number\":\"" + number + "\",\"whenDeleted\":\"2026-01-14T14:10:03.9536748Z\"}";
        append(row(Resource.PHONE_NUMBERS, number, gone));
        assertThat(driver.rows("select deleted_at from phone_number"))
                .containsExactly(List.of("2026-01-14 14:10:03.953674+00"));

        // One page lists it twice: as the account's, and as given up before.
        append(
                row(Resource.PHONE_NUMBERS, "default", number, gone, SEEN.plusSeconds(60)),
                row(Resource.PHONE_NUMBERS, "default", number, "{\"number\":\"" + number + "\"}", SEEN.plusSeconds(60)),
                row(Resource.PHONE_NUMBERS, "default", number, gone, SEEN.plusSeconds(60)));
        assertThat(driver.rows("select deleted_at, first_seen_at from phone_number"))
                .containsExactly(List.of("null", "2026-03-09 20:00:00.123456+00"));
    }

    @Test
    void theRosterIsPutTogetherFromAllThatIsSaidOfAnExtension() throws Exception {
        append(
                row(Resource.TEAM, ALEX, "{\"id\":\"" + ALEX + "\",\"fullName\":\"Alexandra Moreno\"}"),
                row(Resource.TEAM, SAM, "{\"id\":\"" + SAM + "\",\"fullName\":\"Sam Okafor\"}"));
        var roster = "select id, extension, display_name, role, sources from extension order by id";
        assertThat(driver.rows(roster))
                .as("nobody's extension is known")
                .containsExactly(
                        List.of(ALEX, "null", "Alexandra Moreno", "null", "{team}"),
                        List.of(SAM, "null", "Sam Okafor", "null", "{team}"));

        append(call("default", GUID, START, CLIENT));
        assertThat(driver.rows(roster))
                .startsWith(
                        List.of("101", "101", "Alex M.", "null", "{call}"),
                        List.of("105", "105", "null", "null", "{call}"))
                .hasSize(4);

        append(entry("65ee01", NO_GUID, START));
        assertThat(driver.rows(roster))
                .containsExactly(
                        List.of("101", "101", "Alexandra Moreno", "null", "{call,journal,team}"),
                        List.of("105", "105", "null", "null", "{call}"),
                        List.of(SAM, "null", "Sam Okafor", "null", "{team}"));

        append(row(Resource.PROFILES, "101", """
                {"extension":"101","firstName":"Alex","lastName":"Moreno","email":"alex@example.com","role":"admin"}"""));
        assertThat(driver.rows("""
                select display_name, first_name, last_name, email, role, user_id, sources from extension
                where extension = '101'"""))
                .containsExactly(List.of(
                        "Alex Moreno",
                        "Alex",
                        "Moreno",
                        "alex@example.com",
                        "admin",
                        ALEX,
                        "{call,journal,profile,team}"));
    }

    @Test
    void aBackfillOfOldEntriesRenamesNobody() throws Exception {
        append(entry("65ee01", NO_GUID, START));
        append(row(Resource.JOURNAL, "default", "65ed01", """
                {"id":"65ed01","created":"2025-03-09T17:00:00Z","agent":{"extension":"101","name":"Former Owner"}}""", SEEN.plusSeconds(3600)));

        assertThat(driver.rows("select display_name from extension")).containsExactly(List.of("Alex Moreno"));
    }

    @Test
    void twoAccountsShareExtensionsAndNumbers() throws Exception {
        for (var account : List.of("east", "west")) {
            append(
                    row(
                            Resource.PROFILES,
                            account,
                            "101",
                            "{\"extension\":\"101\",\"firstName\":\"" + account + "\"}",
                            SEEN),
                    row(
                            Resource.PHONE_NUMBERS,
                            account,
                            "+12025550143",
                            "{\"number\":\"+12025550143\",\"label\":\"" + account + "\"}",
                            SEEN),
                    entry(account, "65ee01", NO_GUID, START, CLIENT),
                    call(account, account + "-call", START, CLIENT));
        }
        append(tombstone(Resource.PROFILES, "west", "101", SEEN.plusSeconds(1)));

        assertThat(
                        driver.rows(
                                "select account, first_name, deleted_at is null from extension where extension = '101' order by 1"))
                .containsExactly(List.of("east", "east", "t"), List.of("west", "west", "f"));
        assertThat(driver.rows("select account, number, label from phone_number order by 1"))
                .containsExactly(List.of("east", "+12025550143", "east"), List.of("west", "+12025550143", "west"));
        assertThat(driver.rows("select account, call_id from journal_entry order by 1"))
                .containsExactly(List.of("east", "east-call"), List.of("west", "west-call"));
    }

    @Test
    void poisonStopsNothingButItself() throws Exception {
        append(
                row(Resource.JOURNAL, "j", "not JSON"),
                row(Resource.JOURNAL, "j", "{\"type\":\"call\"}"),
                row(Resource.CONTACTS, "c", "[]"),
                row(Resource.PHONE_NUMBERS, "n", "{\"number\":\"" + "1".repeat(200) + "\"}"),
                row(Resource.VOICEMAILS, "v", "[".repeat(50_000)),
                row(Resource.JOURNAL, "j", ""),
                foreign(),
                row(
                        Resource.JOURNAL,
                        "j2",
                        "{\"id\":\"j\\u0000\\ud8002\",\"text\":\"\\u0000\",\"tags\":[\"\\u0000\"]}"),
                row(Resource.AGENT_STATUS, "101", "{\"status\":\"\\udc00\"}"));

        assertThat(driver.rows("select reason, count(*) from dead_letter group by 1 order by 1"))
                .containsExactly(
                        List.of("no_record_id", "1"),
                        List.of("not_a_record", "1"),
                        List.of("not_an_object", "3"),
                        List.of("not_json", "1"),
                        List.of("record_id_too_long", "1"));
        assertThat(driver.rows("select count(*) from journal_entry")).containsExactly(List.of("1"));
        assertThat(driver.rows("select status from agent_status")).containsExactly(List.of("null"));
    }

    /** A contact in the topic of numbers. */
    private static Envelope foreign() {
        var contact = row(Resource.CONTACTS, "c1", "{\"contactId\":\"c1\"}");
        return new Envelope(
                contact.id(),
                Topic.PHONE_NUMBERS,
                contact.key(),
                contact.source(),
                contact.account(),
                contact.type(),
                contact.occurredAt(),
                contact.receivedAt(),
                "",
                null,
                contact.value());
    }
}
