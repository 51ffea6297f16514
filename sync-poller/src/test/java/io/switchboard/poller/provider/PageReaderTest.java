package io.switchboard.poller.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.switchboard.event.EventId;
import io.switchboard.mightycall.CanonicalRecord;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.provider.PageReader.Reading;
import io.switchboard.poller.provider.ProviderAnswer.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {
    private static final Instant FROM = Instant.parse("2026-03-09T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-10T00:00:00Z");
    private static final ProviderRequest CALLS = new ProviderRequest.Calls(FROM, TO, 0, 1_000);
    private static final ProviderRequest JOURNAL = new ProviderRequest.Journal(FROM, TO, 1, 1_000);
    private static final ProviderRequest CONTACTS = new ProviderRequest.Contacts(null, 1, 100);
    private static final ProviderRequest NUMBERS = new ProviderRequest.PhoneNumbers();
    private static final ProviderRequest STATUS = new ProviderRequest.OwnStatus();
    private static final PageReader READER = new PageReader("default");

    static Stream<Arguments> samples() {
        var call = new ProviderRequest.OneCall("7df52a62-1002-48cd-9ae4-7dec82030002");
        var voicemails = new ProviderRequest.Voicemails(FROM, TO, 0, 1_000);
        var profile = new ProviderRequest.Profile(null);
        return Stream.of(
                arguments("calls-list-200", CALLS, 5, 5L, "7df52a62-1008-48cd-9ae4-7dec82030008"),
                arguments("calls-list-empty-200", CALLS, 0, 0L, null),
                arguments("calls-get-200", call, 1, null, call.id()),
                arguments("calls-get-bare-200", call, 1, null, call.id()),
                arguments("journal-requests-list-200", JOURNAL, 2, null, null),
                arguments("journal-requests-list-wrapped-200", JOURNAL, 1, null, "65ee0c1f8558e7cce8d70a01"),
                arguments("journal-requests-messages-200", JOURNAL, 2, null, "65ee0c1f8558e7cce8d70b02"),
                arguments("journal-requests-empty-200", JOURNAL, 0, null, null),
                arguments("voicemails-list-200", voicemails, 1, 1L, "a123b456-0001-4976-8075-b2941d550001"),
                arguments("phonenumbers-list-doc-200", NUMBERS, 2, null, "+12025550143"),
                arguments("phonenumbers-list-live-200", NUMBERS, 4, null, "+12025550143"),
                arguments("team-200", new ProviderRequest.Team(), 3, null, "6b02f2a4-0000-4a01-8a01-000000000101"),
                arguments("profile-200", profile, 1, null, "101"),
                arguments("profile-200", new ProviderRequest.Profile("101"), 1, null, "101"),
                arguments("profile-status-200", STATUS, 1, null, "me"),
                arguments("contacts-list-200", CONTACTS, 2, 2L, "5cbec7858558ea749cd90001"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void everyDocumentedAnswerIsReadAndHasNoUnknownMembers(
            String sample, ProviderRequest request, int rows, Long total, String firstId) {
        var read = understood(request, Samples.text(sample));

        assertThat(read.page().rows()).isEqualTo(rows);
        assertThat(read.page().total()).isEqualTo(total);
        assertThat(read.page().records()).allSatisfy(record -> {
            assertThat(record.id()).isNotNull();
            assertThat(record.resource()).isEqualTo(request.resource());
            assertThat(Samples.text(sample)).contains(text(record));
        });
        if (firstId != null) {
            assertThat(read.page().records().getFirst().id()).isEqualTo(firstId);
        }
        assertThat(read.unknown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'data':{'calls':[ROW,ROW],'total':2},'isSuccess':true}",
                "{'calls':[ROW,ROW],'total':2}",
                "{'Data':{'CALLS':[ROW , ROW,],'Total':'2',},}",
                "[{'data':{'calls':[ROW,ROW],'total':2}}]",
                "[{'calls':[ROW,ROW],'total':2}]",
                "[{'calls':[ROW],'total':2},{'calls':[ROW]}]",
                "{'total':2,'data':[ROW,ROW]}",
                "{'data':{'data':{'calls':[ROW,ROW],'total':2}}}",
                "\ufeff \r\n{'total':2,'calls':[\n ROW,\n ROW\n]}\r\n"
            })
    void everyWrapperIsOpenedAndTheRowsAreCutOutToTheByte(String answer) {
        var row = "{ \"Id\" : \"7DF52A62-1002-48cd-9ae4-7dec82030002\", \"x\\u0041\":1.50, \"ü\":\"— “\\/”\",}";

        var page = page(CALLS, answer.replace('\'', '"').replace("ROW", row));

        assertThat(page.rows()).isEqualTo(2);
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.records()).extracting(PageReaderTest::text).containsExactly(row, row);
        assertThat(page.records()).extracting(ProviderRecord::id).containsOnly("7df52a62-1002-48cd-9ae4-7dec82030002");
    }

    @Test
    void aBareArrayIsAListOfRows() {
        var page = page(JOURNAL, "[{\"id\":\"a\"},{\"id\":\"b\"}]");

        assertThat(page.records()).extracting(ProviderRecord::id).containsExactly("a", "b");
    }

    @Test
    void aRowThatCannotBeReadKeepsItsBytesAndDoesNotStopThePage() {
        var deep = "{\"id\":\"d\",\"x\":" + "[".repeat(70) + "]".repeat(70) + "}";
        var rows = List.of(
                "{\"id\":null}",
                "{}",
                "7",
                "\"text\"",
                "null",
                "[1]",
                "{\"id\":\"" + "x".repeat(129) + "\"}",
                "{\"id\":\"a\\u0000\"}",
                deep,
                "{\"id\":17}");

        var page = page(JOURNAL, "{\"requests\":[" + String.join(" , ", rows) + " ]}");

        assertThat(page.rows()).isEqualTo(10);
        assertThat(page.records()).extracting(PageReaderTest::text).containsExactlyElementsOf(rows);
        assertThat(page.records().subList(0, 9)).allSatisfy(record -> {
            assertThat(record.id()).isNull();
            assertThat(record.eventId()).isEqualTo(EventId.ofBytes("default", record.value()));
        });
        assertThat(page.records().getLast().id()).isEqualTo("17");
    }

    @Test
    void aRecordIsKnownByItsMeaning() {
        var record = page(CALLS, Samples.text("calls-list-200")).records().getFirst();

        assertThat(record.eventId())
                .isEqualTo(EventId.ofRecord(
                        "default",
                        "calls",
                        "7df52a62-1008-48cd-9ae4-7dec82030008",
                        Objects.requireNonNull(CanonicalRecord.of(record.value()))));
        assertThat(record.occurredAt()).isEqualTo("2026-03-09T14:50:00.123456700Z");
    }

    @Test
    void aNumberThatWasGivenBackAndBoughtAgainIsActive() {
        var page = page(NUMBERS, """
                {"data":{
                 "deletedPhoneNumbers":[
                  {"number":"+12025550143","whenDeleted":"2026-01-14T14:10:03Z"},
                  {"number":"+12025550190","whenDeleted":"2025-12-01T19:58:27Z","n":1},
                  {"number":"+12025550190","whenDeleted":"2026-01-14T14:10:03.9536748Z","n":2},
                  {"number":"+12025550190","whenDeleted":"2025-12-31T00:00:00Z","n":3},
                  {"number":"+12025550191"},
                  {"label":"no number"}],
                 "phoneNumbers":[{"number":"+12025550143"}],
                 "total":1}}""");

        assertThat(page.rows()).isEqualTo(7);
        assertThat(page.records()).extracting(ProviderRecord::id).containsExactly("+12025550143", "+12025550190", null);
        assertThat(text(page.records().get(0))).doesNotContain("whenDeleted");
        assertThat(text(page.records().get(1))).contains("\"n\":2");
        assertThat(page.records().get(1).occurredAt()).isEqualTo("2026-01-14T14:10:03.953674800Z");
    }

    @Test
    void theOwnStatusBelongsToTheOwnExtension() {
        var status = READER.read(STATUS, Samples.bytes("profile-status-live-busy-200"), "101");

        assertThat(((Reading.Understood) status).page().records())
                .extracting(ProviderRecord::id)
                .containsExactly("101");
    }

    @Test
    void groupsAndVoicemailBoxesAreNoPeople() {
        var page = page(new ProviderRequest.Team(), Samples.text("team-200"));

        assertThat(page.records()).extracting(PageReaderTest::text).noneMatch(row -> row.contains("Support"));
    }

    @Test
    void contactsTellTheirPages() {
        assertThat(page(CONTACTS, Samples.text("contacts-list-200")).pages()).isEqualTo(1);
    }

    @Test
    void membersThatNobodyDescribesAreCounted() {
        var row = """
                {"id":"a","caller":{"phone":"1","mood":"good"},"called":[{"name":"x","seat":1},{"seat":2}],\
                "talkTime":{"anything":{"goes":1}}}""";

        assertThat(understood(CALLS, "{\"calls\":[" + row + "]}").unknown())
                .isEqualTo(Map.of("caller.mood", 1, "called.seat", 2, "talktime", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "\"Limit Exceeded\"",
                "{}",
                "{\"data\":{}}",
                "{\"data\":null,\"isSuccess\":true}",
                "{\"data\":{\"calls\":null,\"total\":0}}",
                "{\"data\":{\"requests\":[]}}",
                "{\"calls\":[],\"isSuccess\":false}",
                "{\"calls\":[]} {}",
                "<html><body>Log in</body></html>",
                "{\"calls\":[{\"id\":\"a\"},{\"id\":\"b\"}",
                "{\"calls\":[{\"id\":\"a\"},{\"id\":",
            })
    void whatIsNoPageIsUnreadable(String answer) {
        assertThat(READER.read(CALLS, answer.getBytes(StandardCharsets.UTF_8), null))
                .isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void aPageThatIsCutOffAnywhereIsUnreadable() {
        for (var sample : List.of("calls-list-200", "phonenumbers-list-live-200")) {
            var whole = Samples.text(sample).strip().getBytes(StandardCharsets.UTF_8);
            var request = sample.startsWith("calls") ? CALLS : NUMBERS;
            for (var length = 0; length < whole.length; length++) {
                assertThat(READER.read(request, Arrays.copyOf(whole, length), null))
                        .as("%s up to %d", sample, length)
                        .isInstanceOf(Reading.Unreadable.class);
            }
        }
    }

    @Test
    void noBytesMakeItThrow() {
        var seed = 20260309L;
        var random = new SplittableRandom(seed);
        var whole = Samples.bytes("phonenumbers-list-live-200");
        for (var round = 0; round < 3_000; round++) {
            var bytes = whole.clone();
            for (var hits = random.nextInt(1, 6); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(READER.read(NUMBERS, bytes, null))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
        }
    }

    @Test
    void rowsAreBounded() {
        var rows = "{\"calls\":[" + "0,".repeat(PageSlices.MAX_ROWS) + "%s]}";

        assertThat(page(CALLS, rows.formatted("")).rows()).isEqualTo(PageSlices.MAX_ROWS);
        assertThat(READER.read(CALLS, rows.formatted("0").getBytes(StandardCharsets.UTF_8), null))
                .isInstanceOf(Reading.Unreadable.class);
    }

    private static Page page(ProviderRequest request, String answer) {
        return understood(request, answer).page();
    }

    private static Reading.Understood understood(ProviderRequest request, String answer) {
        var reading = READER.read(request, answer.getBytes(StandardCharsets.UTF_8), null);
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        return (Reading.Understood) reading;
    }

    private static String text(ProviderRecord record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
