package io.switchboard.mightycall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallRecord;
import io.switchboard.call.CallRecord.Party;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.mightycall.Decoded.Undecodable;
import io.switchboard.mightycall.Decoded.Understood;
import io.switchboard.mightycall.ScannedEvent.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallEventDecoderTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-09T20:00:00Z");
    private static final EventId ID = new EventId(1, 2);
    private static final int CASES = 3_000;
    private final CallEventDecoder decoder = new CallEventDecoder();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "ccapi/01-IncomingCall.json|IncomingCall|7df52a62-5001-48cd-9ae4-7dec82030041|2026-03-09T18:00:00.1234567Z|none|+13125550117|+12025550143",
                "ccapi/02-IncomingCallAgentRinging.json|IncomingCallAgentRinging|7df52a62-5001-48cd-9ae4-7dec82030041|2026-03-09T18:00:04.2000000Z|101|+13125550117|+12025550143",
                "ccapi/03-IncomingCallAgentConnected.json|IncomingCallAgentConnected|7df52a62-5001-48cd-9ae4-7dec82030041|2026-03-09T18:00:11.0000000Z|101|+13125550117|+12025550143",
                "ccapi/04-IncomingCallAgentCompleted.json|IncomingCallAgentCompleted|7df52a62-5001-48cd-9ae4-7dec82030041|2026-03-09T18:03:40.9100000Z|101|+13125550117|+12025550143",
                "ccapi/05-IncomingCallCompleted.json|IncomingCallCompleted|7df52a62-5001-48cd-9ae4-7dec82030041|2026-03-09T18:03:41.0500000Z|none|+13125550117|+12025550143",
                "ccapi/06-OutgoingCallAgentDialing.json|OutgoingCallAgentDialing|7df52a62-5002-48cd-9ae4-7dec82030042|2026-03-09T18:10:00.5140000Z|102|+12025550143|+14155550162",
                "ccapi/07-OutgoingCallAgentConnected.json|OutgoingCallAgentConnected|7df52a62-5002-48cd-9ae4-7dec82030042|2026-03-09T18:10:03.5140000Z|102|+12025550143|+14155550162",
                "ccapi/08-OutgoingCallAgentCompleted.json|OutgoingCallAgentCompleted|7df52a62-5002-48cd-9ae4-7dec82030042|2026-03-09T18:12:05.5140000Z|102|+12025550143|+14155550162",
                "standard/01-IncomingCall.json|IncomingCall|7df52a62-1001-48cd-9ae4-7dec82030001|2026-03-09T14:02:10.5140000Z|none|+13125550117|+12025550143",
                "standard/02-IncomingCallRinging.json|IncomingCallRinging|7df52a62-1001-48cd-9ae4-7dec82030001|2026-03-09T14:02:15.5140000Z|101|+13125550117|+12025550143",
                "standard/03-IncomingCallStopRinging.json|IncomingCallStopRinging|7df52a62-1001-48cd-9ae4-7dec82030001|2026-03-09T14:02:30.5140000Z|101|+13125550117|+12025550143",
                "standard/04-IncomingCallConnected.json|IncomingCallConnected|7df52a62-1001-48cd-9ae4-7dec82030001|2026-03-09T14:02:38.5140000Z|102|+13125550117|+12025550143",
                "standard/05-IncomingCallCompleted-whole-call.json|IncomingCallCompleted|7df52a62-1001-48cd-9ae4-7dec82030001|2026-03-09T14:05:02.5140000Z|none|+13125550117|+12025550143",
                "standard/06-IncomingCallCompleted-no-extension-key.json|IncomingCallCompleted|7df52a62-1001-48cd-9ae4-7dec82030001|2026-03-09T14:05:02.5140000Z|none|+13125550117|+12025550143",
                "standard/07-IncomingCallCompleted-leg.json|IncomingCallCompleted|7df52a62-3001-48cd-9ae4-7dec82030021|2026-03-09T15:11:40.5140000Z|105|+12025550143|105",
                "standard/08-OutgoingCall.json|OutgoingCall|7df52a62-2001-48cd-9ae4-7dec82030011|2026-03-09T14:20:00.5140000Z|101|+12025550143|+14155550162",
                "standard/09-OutgoingCallConnected.json|OutgoingCallConnected|7df52a62-2001-48cd-9ae4-7dec82030011|2026-03-09T14:20:09.5140000Z|101|+12025550143|+14155550162",
                "standard/10-OutgoingCallCompleted.json|OutgoingCallCompleted|7df52a62-2001-48cd-9ae4-7dec82030011|2026-03-09T14:24:31.5140000Z|101|+12025550143|+14155550162",
                "standard/11-CallbackCall.json|CallbackCall|7df52a62-4001-48cd-9ae4-7dec82030031|2026-03-09T16:00:00.5140000Z|none|+12025550178|+16175550134",
                "standard/12-CallbackCallRinging.json|CallbackCallRinging|7df52a62-4001-48cd-9ae4-7dec82030031|2026-03-09T16:00:05.5140000Z|105|+12025550178|+16175550134",
                "standard/13-CallbackCallStopRinging.json|CallbackCallStopRinging|7df52a62-4001-48cd-9ae4-7dec82030031|2026-03-09T16:00:25.5140000Z|105|+12025550178|+16175550134",
                "standard/14-CallbackCallConnected.json|CallbackCallConnected|7df52a62-4001-48cd-9ae4-7dec82030031|2026-03-09T16:00:33.5140000Z|105|+12025550178|+16175550134",
                "standard/15-CallbackCallCompleted-whole-call.json|CallbackCallCompleted|7df52a62-4001-48cd-9ae4-7dec82030031|2026-03-09T16:06:12.5140000Z|none|+12025550178|+16175550134",
                "standard/16-CallbackCallCompleted-leg.json|CallbackCallCompleted|7df52a62-4001-48cd-9ae4-7dec82030031|2026-03-09T16:03:10.5140000Z|105|+12025550178|+16175550134",
                "standard/17-IncomingStopRinging-voicemail.json|IncomingStopRinging|7df52a62-1003-48cd-9ae4-7dec82030003|2026-03-09T14:40:35.5140000Z|101|+13125550117|+12025550143",
                "standard/18-IncomingCall-from-site-widget.json|IncomingCall|7df52a62-1007-48cd-9ae4-7dec82030007|2026-03-09T14:55:00.5140000Z|none|Pricing page widget|+12025550143",
                "standard/19-OutgoingCall-to-colleague.json|OutgoingCall|7df52a62-3001-48cd-9ae4-7dec82030021|2026-03-09T15:10:00.5140000Z|101|+12025550143|105",
                "standard/20-IncomingCallRinging-internal-star-number.json|IncomingCallRinging|7df52a62-3001-48cd-9ae4-7dec82030021|2026-03-09T15:10:01.5140000Z|105|*101|*105",
                "standard/21-Extension-as-number.json|IncomingCallRinging|7df52a62-1002-48cd-9ae4-7dec82030002|2026-03-09T14:31:05.5140000Z|102|+13125550117|+12025550143",
                "standard/22-doc-style-trailing-comma.txt|IncomingCall|7df52a62-1001-48cd-9ae4-7dec82030001|2026-03-09T14:02:10.5140000Z|none|+13125550117|+12025550143",
                "tolerant/01-sms-message-speculative.json|MessageReceived|65ee0c1f8558e7cce8d70001|2026-03-09T19:00:00.5140000Z|none|none|none"
            })
    void everySampleWebhookIsUnderstood(
            String file, String type, String callId, Instant time, String extension, String from, String to)
            throws IOException {
        var expected =
                new CallEvent(ID, "default", callId, Source.WEBHOOK, type, time, RECEIVED, extension, from, to, null);

        var bytes = sample("webhooks/" + file);
        var scanned = (ScannedDelivery.Events) new WebhookScanner().scan(bytes);
        var readable = (ScannedEvent.Readable) scanned.events().getFirst();

        assertThat(webhook(new String(readable.bytes(), UTF_8))).isEqualTo(expected);
        assertThat(readable.callId()).isEqualTo(callId);
        assertThat(readable.eventType()).isEqualTo(type);
        assertThat(readable.extension()).isEqualTo(extension);
        assertThat(readable.providerTime()).isEqualTo(time);
        assertThat(new String(readable.bytes(), UTF_8)).doesNotContain("5f1c0de0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/calls-get-200.json", "api/calls-get-bare-200.json"})
    void aCallRecordIsUnderstoodWrappedAndBare(String file) throws IOException {
        var event = record(new String(sample(file), UTF_8));

        assertThat(event.callId()).isEqualTo("7df52a62-1002-48cd-9ae4-7dec82030002");
        assertThat(event.type()).isEqualTo(CallEvent.RECORD_TYPE);
        assertThat(event.source()).isEqualTo(Source.POLL);
        assertThat(event.providerTime()).isEqualTo(Instant.parse("2026-03-09T14:12:10.514Z"));
        assertThat(event.record())
                .isEqualTo(new CallRecord(
                        "Incoming",
                        "Connected",
                        Instant.parse("2026-03-09T14:12:10.514Z"),
                        Duration.ofMillis(180_214),
                        new Party(null, null, "+13125550117", null),
                        List.of(
                                new Party("Alex Moreno", "101", null, false),
                                new Party("Priya Nair", "102", null, true)),
                        "+12025550143",
                        "https://panel.mightycall.com/Mightycall/Files/callrecord_20260309_1412_Priya%20Nair.wav"
                                + "?recordid=EXAMPLE-OPAQUE-TOKEN&id=RVhBTVBMRS1URU5BTlQ0"));
    }

    @Test
    void aCallInProgressHasNeitherStatusNorDuration() throws IOException {
        assertThat(record(new String(sample("api/makecall-200.json"), UTF_8)).record())
                .isEqualTo(new CallRecord(
                        "Outgoing",
                        null,
                        Instant.parse("2026-03-09T14:28:00.284835800Z"),
                        null,
                        new Party("Alex Moreno", null, null, null),
                        List.of(new Party(null, null, "+14155550162", false)),
                        "+12025550143",
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "\"2310\"|2310",
                "2310|2310",
                "\"7\"|7",
                "\"31536000000\"|31536000000",
                "\"99999999999999999\"|none",
                "\"999999999999999999999\"|none",
                "\"00:03:41\"|none",
                "\"-5\"|none",
                "1.5|none",
                "\"\"|none",
                "null|none",
                "{}|none"
            })
    void aRecordsDurationIsAlwaysMilliseconds(String json, Long millis) {
        var duration = recordOf("\"duration\":" + json).duration();

        assertThat(duration).isEqualTo(millis == null ? null : Duration.ofMillis(millis));
    }

    @Test
    void aRecordsSpellingsAreAccepted() {
        var record =
                recordOf("\"DATETIMEUTC\":\"2026-03-09T14:12:10\",\"BusinessNumber\":{\"Number\":\"+12025550143\"},"
                        + "\"Called\":{\"IsConnected\":\"TRUE\",\"Extension\":102},\"extra\":[[{}]]");

        assertThat(record.startedAt()).isEqualTo(Instant.parse("2026-03-09T14:12:10Z"));
        assertThat(record.businessNumber()).isEqualTo("+12025550143");
        assertThat(record.called()).containsExactly(new Party(null, "102", null, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "https://panel.mightycall.com/a b.wav|https://panel.mightycall.com/a%20b.wav",
                "https://panel.mightycall.com/a%20b.wav|https://panel.mightycall.com/a%20b.wav",
                "http://panel.mightycall.com/Zoë[1].wav|http://panel.mightycall.com/Zo%C3%AB%5B1%5D.wav",
                "HTTPS://panel.mightycall.com/a|HTTPS://panel.mightycall.com/a",
                "https:/panel.mightycall.com/a|none",
                "ftp://panel.mightycall.com/a|none",
                "records/abc.wav|none",
                "javascript:alert(1)|none",
                "https://panel.mightycall.com/%zz|none",
                "''|none"
            })
    void aRecordingNeedsAUriThatCanBeFetched(String uri, String usable) {
        assertThat(recordOf("\"callRecord\":{\"fileName\":\"https://x/y\",\"uri\":\"" + uri + "\"}")
                        .recordingUri())
                .isEqualTo(usable);
    }

    @Test
    void whatPostgresRefusesBecomesVisible() {
        var event = webhook(
                "{\"Body\":{\"Id\":\"a\\u0000b\",\"From\":\"x\\ud800y\",\"To\":\"\\udc00\\ud83d\\ude00\\ud83d\","
                        + "\"Extension\":\"1\\u0000\"},\"EventType\":\"E\\u0000\"}");

        assertThat(event.callId()).isEqualTo("a\\u0000b");
        assertThat(event.from()).isEqualTo("x\\ud800y");
        assertThat(event.to()).isEqualTo("\\udc00\ud83d\ude00\\ud83d");
        assertThat(event.extension()).isEqualTo("1\\u0000");
        assertThat(event.type()).isEqualTo("E\\u0000");
    }

    @Test
    void longTextsAreCutBetweenCharacters() {
        var event = webhook("{\"Body\":{\"Id\":\"a\",\"From\":\"" + "f".repeat(600) + "\",\"To\":\"" + "t".repeat(511)
                + "\ud83d\ude00\"}}");

        assertThat(event.from()).isEqualTo("f".repeat(512));
        assertThat(event.to()).isEqualTo("t".repeat(511));
    }

    @Test
    void theFlatShapeIsReadWhenThereIsNoBody() {
        var flat = "\"From\":\"+13125550117\",\"To\":\"+12025550143\",\"Extension\":\"101\",\"Id\":\"a\"";

        assertThat(webhook("{" + flat + "}").extension()).isEqualTo("101");
        assertThat(webhook("{" + flat + "}").from()).isEqualTo("+13125550117");
        assertThat(webhook("{" + flat + ",\"Body\":{}}").extension()).isNull();
    }

    @Test
    void anUnreadableTimeIsUnknownAndAnAbsentTypeEmpty() {
        var event = webhook("{\"Id\":\"a\",\"Timestamp\":\"soon\"}");

        assertThat(event.providerTime()).isNull();
        assertThat(event.timeSource()).isEqualTo(CallEvent.TimeSource.ARRIVAL);
        assertThat(event.type()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mightycall.webhook.X|{}|NO_CALL_ID",
                "mightycall.webhook.X|[]|NOT_AN_OBJECT",
                "mightycall.webhook.X|''|NOT_AN_OBJECT",
                "mightycall.webhook.X|{\"Id\":|NOT_JSON",
                "mightycall.webhook.X|{\"Id\":\"a\"}x|NOT_JSON",
                "mightycall.call|{\"message\":\"Call not found\"}|NO_CALL_ID",
                "mightycall.call|{\"data\":{\"calls\":[]}}|NO_CALL_ID",
                "mightycall.call|nope|NOT_JSON",
                "mightycall.journal-entry|{\"id\":\"a\"}|NOT_A_CALL"
            })
    void whatIsNoCallEventSaysWhy(String type, String value, Reason reason) {
        assertThat(decode(type, value)).isInstanceOfSatisfying(Undecodable.class, undecodable -> {
            assertThat(undecodable.reason()).isEqualTo(reason);
            assertThat(undecodable.detail()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"mightycall.webhook.X", "mightycall.call"})
    void anIdTooLongOrAValueTooDeepIsRefused(String type) {
        var deep = "{\"Id\":\"a\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}";

        assertThat(((Undecodable) decode(type, "{\"Id\":\"" + "i".repeat(129) + "\"}")).reason())
                .isEqualTo(Reason.CALL_ID_TOO_LONG);
        assertThat(((Undecodable) decode(type, deep)).reason()).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void damagedBytesNeverThrow() throws IOException {
        var seed = 555L;
        System.out.println("CallEventDecoderTest seed " + seed);
        var random = new SplittableRandom(seed);
        var seeds = List.of(
                sample("api/calls-get-200.json"),
                sample("webhooks/ccapi/05-IncomingCallCompleted.json"),
                sample("webhooks/standard/22-doc-style-trailing-comma.txt"),
                new byte[40]);
        for (var i = 0; i < CASES; i++) {
            var bytes = seeds.get(random.nextInt(seeds.size())).clone();
            for (var damage = random.nextInt(6); damage > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var type = random.nextBoolean() ? "mightycall.call" : "mightycall.webhook.X";
            assertThat(decoder.decode(new LoggedEvent(ID, Source.POLL, "default", type, RECEIVED, bytes)))
                    .as("seed %d case %d", seed, i)
                    .isNotNull();
            assertThat(new WebhookScanner().scan(bytes)).isNotNull();
        }
    }

    private CallRecord recordOf(String members) {
        return requireNonNull(record("{\"id\":\"a\"," + members + "}").record());
    }

    private CallEvent record(String value) {
        return ((Understood) decode("mightycall.call", value)).event();
    }

    private CallEvent webhook(String value) {
        return ((Understood) decode("mightycall.webhook.X", value)).event();
    }

    private Decoded decode(String type, String value) {
        var source = type.equals("mightycall.call") ? Source.POLL : Source.WEBHOOK;
        return decoder.decode(new LoggedEvent(ID, source, "default", type, RECEIVED, value.getBytes(UTF_8)));
    }

    private static byte[] sample(String file) throws IOException {
        try (var stream = CallEventDecoderTest.class.getResourceAsStream("/mightycall/" + file)) {
            return requireNonNull(stream, file).readAllBytes();
        }
    }
}
