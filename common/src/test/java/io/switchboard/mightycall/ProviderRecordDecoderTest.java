package io.switchboard.mightycall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.event.Resource;
import io.switchboard.mightycall.RecordRead.Fault;
import io.switchboard.mightycall.RecordRead.Understood;
import io.switchboard.mightycall.RecordRead.Unread;
import io.switchboard.resource.AgentStatus;
import io.switchboard.resource.Contact;
import io.switchboard.resource.JournalEntry;
import io.switchboard.resource.JournalEntry.Attachment;
import io.switchboard.resource.JournalEntry.Client;
import io.switchboard.resource.JournalEntry.Person;
import io.switchboard.resource.PhoneNumber;
import io.switchboard.resource.Profile;
import io.switchboard.resource.ProviderRecord;
import io.switchboard.resource.TeamMember;
import io.switchboard.resource.Voicemail;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderRecordDecoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Person PRIYA = new Person(
            "6b02f2a4-0000-4a01-8a01-000000000102", "Priya Nair", "102", "agent", "priya@example.com", "user");

    private final ProviderRecordDecoder decoder = new ProviderRecordDecoder();

    @Test
    void aJournalEntryOfACall() throws IOException {
        var entry = (JournalEntry) understood(Resource.JOURNAL, sample("journal-request-get-200"));

        assertThat(entry.id()).isEqualTo("65ee0c1f8558e7cce8d70a01");
        assertThat(entry.requestGuid()).isEqualTo("7df52a62-1002-48cd-9ae4-7dec82030002");
        assertThat(List.of(entry.type(), entry.state(), entry.origin())).containsExactly("call", "connected", "inbound");
        assertThat(entry.createdAt()).isEqualTo("2026-03-09T14:12:10.514Z");
        assertThat(entry.respondedAt()).isEqualTo("2026-03-09T14:12:38.514Z");
        assertThat(entry.client()).isEqualTo(new Client("+13125550117", "phone_number", "default"));
        assertThat(entry.businessNumber()).isEqualTo("+12025550143");
        assertThat(entry.businessLabel()).isEqualTo("Main line");
        assertThat(entry.agent()).isEqualTo(PRIYA);
        assertThat(entry.users()).hasSize(2).contains(PRIYA);
        assertThat(entry.duration()).isEqualTo(Duration.ofMinutes(3));
        assertThat(entry.recording().status()).isEqualTo("ready");
        assertThat(entry.toString()).doesNotContain("recordid=");
        assertThat(entry.comment()).isNull();
        assertThat(entry.favorite()).isFalse();
        assertThat(entry.read()).isTrue();
        assertThat(entry.workflow()).isNull();
        assertThat(entry.voicemail()).isNull();
        assertThat(entry.attachments()).isEmpty();
    }

    @Test
    void theRowsOfAJournalPage() throws IOException {
        var rows = sample("journal-requests-list-200").path("requests");
        var missed = (JournalEntry) understood(Resource.JOURNAL, rows.path(0));
        var open = (JournalEntry) understood(Resource.JOURNAL, rows.path(1));

        assertThat(missed.requestGuid()).as("all zeros name nothing").isNull();
        assertThat(missed.state()).isEqualTo("missed");
        assertThat(missed.client()).isEqualTo(new Client("+14155550162", "phone_number", "vip"));
        assertThat(missed.tags()).containsExactly("VIP");
        assertThat(missed.duration()).isEqualTo(Duration.ofSeconds(26));
        assertThat(missed.recording().status()).isEqualTo("none");
        assertThat(missed.agent()).isNull();
        assertThat(open.workflow()).isEqualTo("open");
    }

    @Test
    void messagesInBothDirections() throws IOException {
        var rows = sample("journal-requests-messages-200").path("requests");
        var sent = (JournalEntry) understood(Resource.JOURNAL, rows.path(0));
        var received = (JournalEntry) understood(Resource.JOURNAL, rows.path(1));

        assertThat(sent.type()).isEqualTo(JournalEntry.MESSAGE);
        assertThat(sent.origin()).isEqualTo("outbound");
        assertThat(sent.text()).isEqualTo("Yes, 10 to 4. Map attached.");
        assertThat(sent.deliveryStatus()).isEqualTo("sent");
        assertThat(sent.attachments()).containsExactly(new Attachment("map.png", 48_213L, true, false));
        assertThat(received.origin()).isEqualTo("inbound");
        assertThat(received.deliveryStatus()).isNull();
        assertThat(received.text()).isEqualTo("Are you open on Sunday?");
    }

    @Test
    void aVoicemailInsideAnEntry() throws IOException {
        var row = sample("contactcenter-communications-200")
                .path("data")
                .path("requests")
                .path(0);
        var entry = (JournalEntry) understood(Resource.JOURNAL, row);

        assertThat(entry.state()).isEqualTo("voicemail");
        assertThat(entry.voicemail()).isNotNull().satisfies(part -> {
            assertThat(part.duration()).isEqualTo(Duration.ofSeconds(32));
            assertThat(part.text()).isEqualTo("Hi, please call me back about the invoice.");
            assertThat(part.textStatus()).isEqualTo("success");
            assertThat(part.recording().status()).isEqualTo("ready");
        });
    }

    @Test
    void aVoicemailIsReadBareAndWrapped() throws IOException {
        var wrapped = sample("voicemails-get-200");
        var voicemail = (Voicemail) understood(Resource.VOICEMAILS, wrapped);

        assertThat(voicemail.id()).isEqualTo("a123b456-0001-4976-8075-b2941d550001");
        assertThat(voicemail.from()).isEqualTo("+13125550117");
        assertThat(voicemail.to()).isEqualTo("+12025550143");
        assertThat(voicemail.assignedTo()).isEqualTo("Alex Moreno");
        assertThat(voicemail.createdAt()).isEqualTo("2026-03-09T14:40:35.620Z");
        assertThat(voicemail.duration()).isEqualTo(Duration.ofSeconds(32));
        assertThat(voicemail.status()).isEqualTo("unread");
        assertThat(voicemail.recording().status()).isEqualTo("ready");
        assertThat(understood(Resource.VOICEMAILS, wrapped.path("data"))).isEqualTo(voicemail);
    }

    @Test
    void numbersOfTheAccountAndThoseItGaveUp() throws IOException {
        var data = sample("phonenumbers-list-live-200").path("data");
        var main = (PhoneNumber) understood(Resource.PHONE_NUMBERS, data.path("phoneNumbers").path(0));
        var gone =
                (PhoneNumber) understood(Resource.PHONE_NUMBERS, data.path("deletedPhoneNumbers").path(0));

        assertThat(main)
                .isEqualTo(new PhoneNumber(
                        "+12025550143",
                        "Main line",
                        null,
                        true,
                        false,
                        false,
                        false,
                        true,
                        true,
                        true,
                        "enabled",
                        "Both, OutgoingBeepDisabled",
                        "f22e242b-0000-4661-8f0d-000000000001",
                        null));
        assertThat(gone.deletedAt()).isEqualTo("2026-01-14T14:10:03.953674800Z");
        assertThat(gone.smsMode()).isEqualTo("capable");
    }

    @Test
    void peopleByIdAndByExtension() throws IOException {
        assertThat(understood(Resource.TEAM, sample("team-200").path("users").path(1)))
                .isEqualTo(new TeamMember("6b02f2a4-0000-4a01-8a01-000000000102", "Priya Nair", null));
        assertThat(understood(Resource.PROFILES, sample("profile-200")))
                .isEqualTo(new Profile("101", "Alex", "Moreno", "alex@example.com", "admin"));
        assertThat(decoder.decode(Resource.PROFILES, "105", "{\"firstName\":\"Sam\"}".getBytes(UTF_8)))
                .as("a profile that does not repeat the extension it was asked for by")
                .isEqualTo(new Understood(new Profile("105", "Sam", null, null, null)));
    }

    @Test
    void contactsAndThoseThatWereDeleted() throws IOException {
        var rows = sample("contacts-list-200").path("data").path("contacts");
        assertThat(understood(Resource.CONTACTS, rows.path(0)))
                .isEqualTo(new Contact(
                        "5cbec7858558ea749cd90001",
                        "48d6e9031aa40001",
                        "Dana",
                        "Ortiz",
                        null,
                        List.of("+13125550117"),
                        List.of("dana@example.com"),
                        "Prefers mornings",
                        List.of("VIP"),
                        Instant.parse("2026-01-05T10:00:00.828884200Z"),
                        Instant.parse("2026-03-01T09:00:00.828884200Z"),
                        false));
        assertThat(((Contact) understood(Resource.CONTACTS, rows.path(1))).deleted())
                .isTrue();
    }

    @Test
    void aStatusIsThatOfItsKey() throws IOException {
        assertThat(decoder.decode(Resource.AGENT_STATUS, "101", bytes(sample("profile-status-200"))))
                .isEqualTo(new Understood(new AgentStatus("101", "available")));
        assertThat(decoder.decode(Resource.AGENT_STATUS, "101", bytes(sample("profile-status-live-busy-200"))))
                .isEqualTo(new Understood(new AgentStatus("101", "on_call")));
    }

    @ParameterizedTest
    @CsvSource({
        "available, available",
        "FREE, available",
        "Do not Disturb, dnd",
        "dnd, dnd",
        "On a Call, on_call",
        "Wrap Up, wrap_up",
        "Outbound Calls Only, outbound_only",
        "Offline, offline",
        "Lunch,"
    })
    void aStatusHasOneWordWhateverItsSpelling(String spelling, String word) {
        var value = "{\"data\":{\"status\":\"" + spelling + "\"}}";

        assertThat(decoder.decode(Resource.AGENT_STATUS, "101", value.getBytes(UTF_8)))
                .isEqualTo(new Understood(new AgentStatus("101", word)));
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:26, PT26S",
        "1:2:3, PT1H2M3S",
        "25:00:00, PT25H",
        "00:60:00,",
        "26,",
        "00:26,",
        "-1:00:00,",
        "9999:00:00,",
        "00:00:26.5,"
    })
    void theDurationOfAnEntryIsAClocks(String text, Duration expected) {
        var entry = "{\"id\":\"65ee\",\"duration\":\"" + text + "\"}";

        assertThat(((JournalEntry) understood(Resource.JOURNAL, entry)).duration()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"32, PT32S", "185000, PT51H23M20S", "00:00:32,", "3.5,", "99999999999,"})
    void theDurationOfAVoicemailIsInSecondsHoweverMany(String text, Duration expected) {
        var voicemail = "{\"id\":\"a1\",\"duration\":\"" + text + "\"}";

        assertThat(((Voicemail) understood(Resource.VOICEMAILS, voicemail)).duration()).isEqualTo(expected);
    }

    @Test
    void namesAndWordsMayBeWrittenInAnyCase() {
        var entry = (JournalEntry) understood(Resource.JOURNAL, """
                {"ID":"65ee","Type":"CALLBACKREQUEST","STATE":"NoAnswer","Origin":"Outgoing",
                 "businessNumber":"+12025550143","client":{"widgetName":"Contact form","Type":"Widget"},
                 "users":{"extension":7,"type":"voiceMailBox"},"textModel":{"text":"only here"},}""");

        assertThat(List.of(entry.type(), entry.state(), entry.origin()))
                .containsExactly("callback_request", "no_answer", "outbound");
        assertThat(entry.businessNumber()).isEqualTo("+12025550143");
        assertThat(entry.client()).isEqualTo(new Client("Contact form", "widget", null));
        assertThat(entry.users()).containsExactly(new Person(null, null, "7", null, null, "voicemail_box"));
        assertThat(entry.users().getFirst().isUser()).isFalse();
        assertThat(entry.text()).isEqualTo("only here");
    }

    @Test
    void textsAreStorableAndBounded() {
        var entry = (JournalEntry) understood(
                Resource.JOURNAL,
                "{\"id\":\"6\\u0000\",\"text\":\"a\\u0000b\\ud800\",\"comment\":\"" + "x".repeat(100_000)
                        + "\",\"tags\":[\"t\\u0000\",null,{},\"" + "y".repeat(1_000) + "\"]}");

        assertThat(entry.id()).isEqualTo("6\\u0000");
        assertThat(entry.text()).isEqualTo("a\\u0000b\\ud800");
        assertThat(entry.comment()).hasSize(16_384);
        assertThat(entry.tags()).hasSize(2).first().isEqualTo("t\\u0000");
        assertThat(entry.tags().getLast()).hasSize(512);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALLS")
    void whatIsMissingOrOfAnotherShapeIsNull(Resource resource) {
        for (var value : List.of(
                "{\"id\":\"1\",\"number\":\"1\",\"contactId\":\"1\",\"extension\":\"1\"}",
                """
                {"id":"1","number":"1","contactId":"1","extension":"1","client":[],"agent":"x","users":"y","tags":{},
                 "duration":{},"voicemail":3,"recording":[],"attachments":{"fileSize":"big"},"created":"soon","channels":7,
                 "status":[],"wfstate":[],"textModel":"t","businessNumber":[],"favorite":"maybe","requestGuid":"x"}""")) {
            assertThat(understood(resource, value).id()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALLS")
    void whatIsNoRecordSaysWhy(Resource resource) {
        assertThat(fault(resource, "not JSON")).isEqualTo(Fault.NOT_JSON);
        assertThat(fault(resource, "{}{}")).isEqualTo(Fault.NOT_JSON);
        assertThat(fault(resource, "")).isIn(Fault.NOT_JSON, Fault.NOT_AN_OBJECT);
        assertThat(fault(resource, "[]")).isEqualTo(Fault.NOT_AN_OBJECT);
        assertThat(fault(resource, "null")).isEqualTo(Fault.NOT_AN_OBJECT);
        assertThat(fault(resource, "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"))
                .isEqualTo(Fault.TOO_DEEP);
        assertThat(fault(resource, "{\"data\":{}}")).isEqualTo(Fault.NO_RECORD_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal-request-get-200", "contacts-list-200", "phonenumbers-list-live-200", "team-200"})
    void noBytesMakeItThrow(String sample) throws IOException {
        var bytes = bytes(sample(sample));
        var seed = 20_260_309L;
        var random = new SplittableRandom(seed);
        for (var i = 0; i < 2_000; i++) {
            var broken = bytes.clone();
            for (var j = 0; j < 3; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            for (var resource : List.of(Resource.JOURNAL, Resource.CONTACTS, Resource.PHONE_NUMBERS, Resource.TEAM)) {
                assertThat(decoder.decode(resource, "k", broken)).as("seed %d", seed).isNotNull();
            }
        }
    }

    @Test
    void anIdIsBoundedAndAGuidInLowerCase() {
        assertThat(fault(Resource.JOURNAL, "{\"id\":\"" + "x".repeat(129) + "\"}"))
                .isEqualTo(Fault.RECORD_ID_TOO_LONG);
        assertThat(understood(Resource.TEAM, "{\"id\":\"6B02F2A4-0000-4A01-8A01-000000000101\"}")
                        .id())
                .isEqualTo("6b02f2a4-0000-4a01-8a01-000000000101");
    }

    private Fault fault(Resource resource, String value) {
        return ((Unread) decoder.decode(resource, "", value.getBytes(UTF_8))).fault();
    }

    private ProviderRecord understood(Resource resource, JsonNode value) {
        return understood(resource, value.toString());
    }

    private ProviderRecord understood(Resource resource, String value) {
        return ((Understood) decoder.decode(resource, "1", value.getBytes(UTF_8))).content();
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(UTF_8);
    }

    private static JsonNode sample(String name) throws IOException {
        try (var file =
                ProviderRecordDecoderTest.class.getResourceAsStream("/mightycall/api/" + name + ".json")) {
            return JSON.readTree(file);
        }
    }
}
