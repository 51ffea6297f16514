package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists beside calls over a real Postgres. */
@ExtendWith(RealInfrastructure.class)
class ResourceApiIT {
    private static final List<String> LISTS =
            List.of("journal", "messages", "voicemails", "contacts", "phone-numbers", "extensions");

    static ApiUnderTest api;

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
    }

    /** So many rows of each list in each account, all of one microsecond; id {@code n001} of {@code west} and so on. */
    private static void insert(int rows, String prefix, String time, String... accounts) {
        for (var account : accounts) {
            var ids =
                    " from (select '%s' || lpad(i::text, 3, '0') as id, '%s' as account, '%s'::timestamptz as t, '00000000-0000-0000-0000-000000000001'::uuid as e from generate_series(1, %d) i) n"
                            .formatted(prefix, account, time, rows);
            api.sql(
                    """
                    insert into journal_entry (account, entry_id, first_seen_at, seen_at, seen_event, created_at, type, state,
                        direction, client_number, client_digits, business_number, agent_extension, agent_name, body, comment,
                        tags, attachments, voicemail, recording_uri)
                    select account, id, t, t, e, t, 'message', 'message', 'inbound', '+13125550117', '13125550117',
                        '+12025550143', '101', 'Alex Moreno', 'secret text', 'secret note', '["VIP"]',
                        '[{"file_name":"secret.png","size_bytes":5}]', '{"text":"secret words","recording_uri":"https://x/secret"}',
                        'https://panel.mightycall.com/secret'""" + ids,
                    """
                    insert into voicemail (account, voicemail_id, first_seen_at, seen_at, seen_event, created_at, client_number,
                        client_digits, business_number, assigned_to, duration_seconds, status, recording_uri)
                    select account, id, t, t, e, t, '+13125550117', '13125550117', '+12025550143', 'Alex Moreno', 32, 'unread',
                        'https://panel.mightycall.com/secret'""" + ids,
                    """
                    insert into contact (account, contact_id, first_seen_at, seen_at, seen_event, first_name, last_name, phones,
                        phone_digits, emails, tags, comment, changed_at)
                    select account, id, t, t, e, 'Secret', 'Ortiz', '["+13125550117"]', '["13125550117"]',
                        '["secret@example.com"]', '[]', 'secret note', t""" + ids,
                    "insert into phone_number (account, number, first_seen_at, seen_at, seen_event, label) select account, id, t, t, e, 'Main'"
                            + ids,
                    """
                    insert into extension_source (account, extension, source, first_seen_at, seen_at, seen_event, first_name,
                        email)
                    select account, id, 'profile', t, t, e, 'Alex', 'secret@example.com'""" + ids);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "messages", "voicemails", "contacts", "phone-numbers", "extensions"})
    void everyRowIsSeenOnceThoughAllShareOneMicrosecondAndMoreArrive(String list) {
        insert(40, "row-", "2026-03-09T17:00:00.123456Z", "east", "west");
        var seen = new ArrayList<String>();

        var path = "/v1/" + list + "?limit=7";
        for (int page = 0; path != null; page++) {
            var reply = api.get(path, "a");
            assertThat(reply.status()).isEqualTo(200);
            reply.json()
                    .path("data")
                    .forEach(row -> seen.add(
                            row.path("account").asText() + " " + row.path("id").asText()));
            if (page == 3) {
                insert(1, "newer-", "2026-03-09T18:00:00Z", "east");
                insert(1, "older-", "2026-03-09T16:00:00Z", "west");
            }
            path = reply.header("Link").isEmpty()
                    ? null
                    : reply.header("Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
        }

        assertThat(seen).doesNotHaveDuplicates().hasSize(81).endsWith("west older-001");
        assertThat(seen.subList(0, 80))
                .containsExactlyElementsOf(IntStream.iterate(40, i -> i > 0, i -> i - 1)
                        .mapToObj("row-%03d"::formatted)
                        .flatMap(id -> List.of("west " + id, "east " + id).stream())
                        .toList());
    }

    @Test
    void peopleWithMaskedNumbersSeeNothingPersonal() {
        insert(1, "row-", "2026-03-09T17:00:00Z", "default");

        for (var token : List.of("v", "o")) {
            for (var list : LISTS) {
                for (var path : List.of("/v1/" + list, "/v1/" + list + "/row-001")) {
                    assertThat(api.get(path, token).response().body())
                            .as(path)
                            .doesNotContainIgnoringCase("secret")
                            .doesNotContain("5550117");
                }
            }
        }
        assertThat(api.get("/v1/journal", "v").response().body())
                .contains("+1312•••••17", "+12025550143", "Alex Moreno");
        assertThat(api.get("/v1/contacts", "v").response().body()).contains("+1312•••••17");
        for (var filter : List.of(
                "journal?client=0117",
                "messages?client=0117",
                "voicemails?client=0117",
                "contacts?phone=0117",
                "contacts?name=s")) {
            assertThat(api.get("/v1/" + filter, "v").status()).as(filter).isEqualTo(403);
            assertThat(api.get("/v1/" + filter, "s").each("id")).as(filter).containsExactly("row-001");
        }
    }

    @Test
    void supervisorsSeeAllButTheLinks() {
        insert(1, "row-", "2026-03-09T17:00:00Z", "default");

        var entry = api.get("/v1/journal/row-001", "s");
        assertThat(entry.json().path("text").asText()).isEqualTo("secret text");
        assertThat(entry.json().path("comment").asText()).isEqualTo("secret note");
        assertThat(entry.json().at("/voicemail/text").asText()).isEqualTo("secret words");
        assertThat(entry.json().at("/attachments/0/file_name").asText()).isEqualTo("secret.png");
        assertThat(entry.json().at("/client/number").asText()).isEqualTo("+13125550117");
        assertThat(api.get("/v1/contacts/row-001", "s").json().at("/emails/0").asText())
                .isEqualTo("secret@example.com");
        for (var list : LISTS) {
            assertThat(api.get("/v1/" + list, "a").response().body()).doesNotContain("https://");
        }
        assertThat(entry.json().at("/recording/status").asText()).isEqualTo("ready");
        assertThat(entry.json().at("/voicemail/recording/status").asText()).isEqualTo("ready");
    }

    @Test
    void aTokenBoundToAnAccountSeesNothingElse() {
        insert(2, "row-", "2026-03-09T17:00:00Z", "east", "west");
        insert(1, "east-", "2026-03-09T18:00:00Z", "east");

        for (var list : LISTS) {
            assertThat(api.get("/v1/" + list, "west").each("account"))
                    .as(list)
                    .hasSize(2)
                    .containsOnly("west");
            assertThat(api.get("/v1/" + list + "?account=east", "west").each("account"))
                    .as(list)
                    .isEmpty();
            assertThat(api.get("/v1/" + list + "/east-001", "west").status())
                    .as(list)
                    .isEqualTo(404);
            assertThat(api.get("/v1/" + list + "/row-001?account=east", "west").status())
                    .as(list)
                    .isEqualTo(404);
            assertThat(api.get("/v1/" + list + "/row-001", "west")
                            .json()
                            .path("account")
                            .asText())
                    .isEqualTo("west");
            assertThat(api.get("/v1/" + list + "/row-001?account=east", "a")
                            .json()
                            .path("account")
                            .asText())
                    .isEqualTo("east");
            assertThat(api.get("/v1/" + list, "a").each("account")).hasSize(5);
            var next = api.get("/v1/" + list + "?limit=1", "a")
                    .json()
                    .at("/page/next")
                    .asText();
            assertThat(api.get("/v1/" + list + "?cursor=" + next, "west").status())
                    .as("another caller's cursor")
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource({
        "journal?type=call, j-call j-old",
        "journal?type=call&type=message, j-call j-message j-old",
        "journal?state=missed, j-old",
        "journal?direction=outbound, j-message",
        "journal?created_after=2026-03-09T17:00:00Z, j-call j-message",
        "journal?created_before=2026-03-09T17:00:00Z, j-old",
        "journal?number=2025550199, j-message",
        "journal?client=0118, j-message",
        "journal?client=%2B1%20312-555-0117&type=call, j-call j-old",
        "journal?extension=102, j-message",
        "journal?extension=101&extension=102, j-call j-message",
        "journal?call_id=7DF52A62-1002-48CD-9AE4-7DEC82030002, j-call",
        "journal?call_id=other, ''",
        "messages, j-message",
        "messages?direction=outbound&delivery_status=sent, j-message",
        "messages?delivery_status=not_sent, ''",
        "messages?client=0118, j-message",
        "messages?extension=102&number=2025550199, j-message",
        "voicemails, v-new v-old",
        "voicemails?status=unread, v-new",
        "voicemails?client=0118, v-old",
        "voicemails?number=2025550199, v-old",
        "voicemails?created_after=2026-03-09T17:00:00Z, v-new",
        "contacts, c-dana c-gone",
        "contacts?status=active, c-dana",
        "contacts?status=deleted, c-gone",
        "contacts?status=deleted&status=active, c-dana c-gone",
        "contacts?phone=0117, c-dana",
        "contacts?phone=3125550118, c-dana",
        "contacts?name=dan, c-dana",
        "contacts?name=ORTIZ, c-dana",
        "contacts?name=dana%20o, c-dana",
        "contacts?name=d%25, ''",
        "contacts?updated_after=2026-03-09T17:00:00.000001Z, ''",
        "phone-numbers?status=active, +12025550143",
        "phone-numbers?status=deleted, +12025550199",
        "extensions, 101 102 u-3",
        "extensions?status=deleted, u-3",
    })
    void everyFilterFindsItsRowsAndNoOthers(String request, String expected) {
        insertOneOfEach();

        var reply = api.get("/v1/" + request, "s");

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(reply.each("id"))
                .containsExactlyInAnyOrderElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    private static void insertOneOfEach() {
        api.sql("""
                insert into journal_entry (account, entry_id, first_seen_at, seen_at, seen_event, created_at, type, state,
                    direction, client_number, client_digits, business_number, agent_extension, delivery_status, tags,
                    attachments, call_id, joined_by)
                select 'default', id, now(), now(), '00000000-0000-0000-0000-000000000001', t::timestamptz, type, state, dir, c,
                    ltrim(c, '+'), b, x, d, '[]', '[]', call, null
                from (values
                    ('j-call', '2026-03-09T17:00:00Z', 'call', 'connected', 'inbound', '+13125550117', '+12025550143', '101',
                        null, '7df52a62-1002-48cd-9ae4-7dec82030002'),
                    ('j-old', '2026-03-09T16:00:00Z', 'call', 'missed', 'inbound', '+13125550117', '+12025550143', null, null,
                        null),
                    ('j-message', '2026-03-09T18:00:00Z', 'message', 'message', 'outbound', '+13125550118', '+12025550199',
                        '102', 'sent', null)) n (id, t, type, state, dir, c, b, x, d, call)""", """
                insert into voicemail (account, voicemail_id, first_seen_at, seen_at, seen_event, created_at, client_number,
                    client_digits, business_number, status)
                select 'default', id, now(), now(), '00000000-0000-0000-0000-000000000001', t::timestamptz, c, ltrim(c, '+'), b, s
                from (values ('v-new', '2026-03-09T17:00:00Z', '+13125550117', '+12025550143', 'unread'),
                    ('v-old', '2026-03-09T16:00:00Z', '+13125550118', '+12025550199', 'read')) n (id, t, c, b, s)""", """
                insert into contact (account, contact_id, first_seen_at, seen_at, seen_event, first_name, last_name, phones,
                    phone_digits, emails, tags, changed_at, listed_deleted)
                select 'default', id, now(), now(), '00000000-0000-0000-0000-000000000001', 'Dana', 'Ortiz',
                    '["+13125550117", "+13125550118"]', '["13125550117", "13125550118"]', '["dana@example.com"]', '["VIP"]',
                    '2026-03-09T17:00:00Z', gone
                from (values ('c-dana', false), ('c-gone', true)) n (id, gone)""", """
                insert into phone_number (account, number, first_seen_at, seen_at, seen_event, released_at)
                select 'default', id, now(), now(), '00000000-0000-0000-0000-000000000001', gone::timestamptz
                from (values ('+12025550143', null), ('+12025550199', '2026-01-14T14:10:03Z')) n (id, gone)""", """
                insert into extension_source (account, extension, source, first_seen_at, seen_at, seen_event, first_name)
                values ('default', '101', 'profile', now(), now(), '00000000-0000-0000-0000-000000000001', 'Alex'),
                    ('default', '102', 'call', now(), null, null, null)""", """
                insert into team_member (account, user_id, first_seen_at, seen_at, seen_event, removed_at, removed_event, name)
                values ('default', 'u-3', '2026-03-09T17:00:00Z', '2026-03-09T17:00:00Z', '00000000-0000-0000-0000-000000000001',
                    '2026-03-09T18:00:00Z', '00000000-0000-0000-0000-000000000002', 'Sam')""", """
                insert into agent_status (account, extension, first_seen_at, seen_at, seen_event, status)
                values ('default', '101', now(), '2026-03-09T17:00:00Z', '00000000-0000-0000-0000-000000000001', 'dnd')""");
    }

    @Test
    void ofADeletedContactOnlyThatIsShown() {
        insertOneOfEach();

        var contact = api.get("/v1/contacts/c-gone", "s").json();
        assertThat(contact.path("status").asText()).isEqualTo("deleted");
        assertThat(contact.path("deleted_at").asText()).isEqualTo("2026-03-09T17:00:00Z");
        assertThat(contact.toString()).doesNotContain("Dana", "+1312", "dana@");
    }

    @Test
    void aNumberIsFoundInAnyWritingAndAnExtensionWithItsAvailability() {
        insertOneOfEach();

        for (var writing : List.of("+12025550143", "%2B12025550143", "12025550143", "2025550143", "202-555-0143")) {
            assertThat(api.get("/v1/phone-numbers/" + writing, "v")
                            .json()
                            .path("id")
                            .asText())
                    .as(writing)
                    .isEqualTo("+12025550143");
        }
        var extension = api.get("/v1/extensions/101", "v").json();
        assertThat(extension.path("display_name").asText()).isEqualTo("Alex");
        assertThat(extension.path("availability").toString())
                .isEqualTo("{\"status\":\"dnd\",\"since\":\"2026-03-09T17:00:00Z\"}");
        assertThat(api.get("/v1/extensions/102", "v")
                        .json()
                        .path("availability")
                        .isNull())
                .isTrue();
        assertThat(api.get("/v1/extensions/u-3", "v").json().path("extension").isNull())
                .isTrue();
    }
}
