package io.switchboard.mightycall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.mightycall.ScannedDelivery.Events;
import io.switchboard.mightycall.ScannedDelivery.Form;
import io.switchboard.mightycall.ScannedDelivery.Validation;
import io.switchboard.mightycall.ScannedEvent.Quarantined;
import io.switchboard.mightycall.ScannedEvent.Readable;
import io.switchboard.mightycall.ScannedEvent.Reason;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookScannerTest {
    private static final String EVENT = """
            {"Body":{"From":"+13125550117","To":"+12025550143","Id":"7DF52A62-1001-48CD-9AE4-7DEC82030001",\
            "Extension":"101"},"Guid":"0e7e0000-0000-4000-8000-000000000002",\
            "ApiKey":"5f1c0de0-0000-4a11-8b22-00000000a001",\
            "Timestamp":"2026-03-09T14:02:15.5140000Z","EventType":"IncomingCallRinging"}""";
    private final WebhookScanner scanner = new WebhookScanner();

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t ", "[]", " [ ] ", "\ufeff", "\ufeff[]"})
    void nothingToStoreIsAValidation(String body) {
        assertThat(scanner.scan(body.getBytes(UTF_8))).isInstanceOf(Validation.class);
    }

    @Test
    void oneEventYieldsItsPartsAndItsBodyWithoutTheKey() {
        var event = readable(EVENT);

        assertThat(event.eventType()).isEqualTo("IncomingCallRinging");
        assertThat(event.callId()).isEqualTo("7df52a62-1001-48cd-9ae4-7dec82030001");
        assertThat(event.extension()).isEqualTo("101");
        assertThat(event.timestamp()).isEqualTo("2026-03-09T14:02:15.5140000Z");
        assertThat(event.guid()).isEqualTo("0e7e0000-0000-4000-8000-000000000002");
        assertThat(new String(event.bytes(), UTF_8))
                .isEqualTo(EVENT.replace("5f1c0de0-0000-4a11-8b22-00000000a001", "*".repeat(36)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Body\":{\"Id\":\"a\",\"CallId\":\"c\"},\"CallId\":\"b\",\"Id\":\"d\"}|a",
                "{\"Body\":{\"CallId\":\"c\"},\"CallId\":\"b\",\"Id\":\"d\"}|b",
                "{\"Body\":{\"CallId\":\"c\"},\"Id\":\"d\"}|c",
                "{\"Body\":{},\"Id\":\"d\"}|d",
                "{\"Id\":\"d\"}|d",
                "{\"body\":{\"ID\":\" a \"}}|a",
                "{\"Body\":{\"Id\":\"  \"},\"CallId\":\"b\"}|b",
                "{\"Body\":{\"Id\":null},\"CallId\":\"b\"}|b",
                "{\"Body\":{\"Id\":{\"x\":1}},\"CallId\":\"b\"}|b",
                "{\"Body\":{\"Id\":true},\"CallId\":\"b\"}|b",
                "{\"Body\":\"text\",\"CallId\":\"b\"}|b",
                "{\"Body\":{\"Id\":1234567890123456789}}|1234567890123456789",
                "{\"Body\":{\"Id\":1e400}}|1e400",
                "{\"Body\":{\"Id\":\"a\"},\"Body\":{\"Id\":\"b\"}}|b",
                "{\"Body\":{\"Id\":\"a\",\"id\":\"b\"}}|b",
                "{\"CallId\":\"a\",\"CallId\":null,\"Id\":\"d\"}|d",
                "{\"data\":{\"Body\":{\"Id\":\"a\"}}}|a",
                "{\"payload\":{\"CallId\":\"a\"},\"Id\":\"d\"}|d",
                "{\"Body\":{\"Id\":\"7DF52A62-1001-48CD-9AE4-7DEC8203000G\"}}|7DF52A62-1001-48CD-9AE4-7DEC8203000G"
            })
    void theCallIdIsFoundInItsPlaces(String body, String callId) {
        assertThat(readable(body).callId()).isEqualTo(callId);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "\"101\"|101",
                "102|102",
                "\" 101 \"|101",
                "\"\"|none",
                "null|none",
                "false|none",
                "[1]|none",
                "{\"a\":[{}]}|none"
            })
    void anExtensionIsTextOrNumberOrAbsent(String value, String extension) {
        var event = readable("{\"Body\":{\"Id\":\"a\",\"Extension\":" + value + "},\"EventType\":\"X\"}");

        assertThat(event.extension()).isEqualTo(extension);
        assertThat(event.eventType()).isEqualTo("X");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|NO_CALL_ID",
                "{\"EventType\":\"IncomingCall\"}|NO_CALL_ID",
                "{\"Body\":{\"Id\":\"\"}}|NO_CALL_ID",
                "{\"Contact\":{\"Id\":\"c1\"}}|NO_CALL_ID",
                "{\"data\":{\"data\":{\"Id\":\"c1\"}}}|NO_CALL_ID",
                "null|NOT_AN_OBJECT",
                "42|NOT_AN_OBJECT",
                "\"text\"|NOT_AN_OBJECT",
                "true|NOT_AN_OBJECT",
                "hello|NOT_JSON",
                "{\"Id\":\"a\"|NOT_JSON",
                "{\"Id\":\"a\"}}|NOT_JSON",
                "{\"Id\":\"a\"} x|NOT_JSON",
                "{\"Id\":\"a\"}{\"Id\":\"b\"}|NOT_JSON",
                "{'Id':'a'}|NOT_JSON",
                "[{\"Id\":\"a\"}|NOT_JSON",
                "[{\"Id\":\"a\"}] x|NOT_JSON",
                "[,]|NOT_JSON",
                "Body=x&Id=a|NOT_JSON"
            })
    void whatHoldsNoEventIsQuarantinedWhole(String body, Reason reason) {
        var events = events(body.getBytes(UTF_8));

        assertThat(events.form()).isEqualTo(Form.SINGLE);
        assertThat(events.events()).singleElement().isInstanceOfSatisfying(Quarantined.class, quarantined -> {
            assertThat(quarantined.reason()).isEqualTo(reason);
            assertThat(new String(quarantined.bytes(), UTF_8)).isEqualTo(body);
        });
    }

    @Test
    void aCallIdOf128CharactersIsTakenAndALongerOneNot() {
        assertThat(readable("{\"Id\":\"" + "x".repeat(128) + "\"}").callId()).hasSize(128);
        assertThat(readable("{\"Id\":\"" + "\ud83d\ude00".repeat(128) + "\"}").callId())
                .hasSize(256);
        assertThat(reasonOf("{\"Id\":\"" + "x".repeat(129) + "\"}")).isEqualTo(Reason.CALL_ID_TOO_LONG);
    }

    @Test
    void sixtyFourLevelsAreReadAndOneMoreNot() {
        assertThat(readable(nested(64)).callId()).isEqualTo("a");
        assertThat(reasonOf(nested(65))).isEqualTo(Reason.TOO_DEEP);
        assertThat(reasonOf(nested(5_000))).isEqualTo(Reason.TOO_DEEP);
        assertThat(reasonOf("{\"Body\":{\"Id\":\"a\",\"x\":" + "[".repeat(63) + "]".repeat(63) + "}}"))
                .isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void anArrayYieldsEachElementOnItsOwn() {
        var body = " [ {\"Id\":\"a\",} ,\n 7 , {\"x\":[1]}, [ {} ], \"t\", {\"Body\":{\"Id\":\"b\"}}, ] ";

        var events = events(body.getBytes(UTF_8));

        assertThat(events.form()).isEqualTo(Form.ARRAY);
        assertThat(events.events().stream().map(event -> new String(event.bytes(), UTF_8)))
                .containsExactly("{\"Id\":\"a\",}", "7", "{\"x\":[1]}", "[ {} ]", "\"t\"", "{\"Body\":{\"Id\":\"b\"}}");
        assertThat(events.events().stream().map(Object::getClass))
                .containsExactly(
                        Readable.class,
                        Quarantined.class,
                        Quarantined.class,
                        Quarantined.class,
                        Quarantined.class,
                        Readable.class);
    }

    @Test
    void anArraysSlicesSurviveAByteOrderMarkAndLongCharacters() {
        var body = "\ufeff[{\"Id\":\"ä€\ud83d\ude00\"},{\"Id\":\"b\"}]";

        assertThat(events(body.getBytes(UTF_8)).events().stream().map(event -> new String(event.bytes(), UTF_8)))
                .containsExactly("{\"Id\":\"ä€\ud83d\ude00\"}", "{\"Id\":\"b\"}");
    }

    @Test
    void oneTooDeepElementDoesNotSpoilItsNeighbours() {
        var events = events(("[" + nested(65) + "," + nested(64) + "]").getBytes(UTF_8))
                .events();

        assertThat(events)
                .satisfiesExactly(
                        first -> assertThat(((Quarantined) first).reason()).isEqualTo(Reason.TOO_DEEP),
                        second -> assertThat(second).isInstanceOf(Readable.class));
    }

    @Test
    void anArrayOfMoreThanAThousandEventsIsQuarantinedWhole() {
        var thousand = "{\"Id\":\"a\"},".repeat(1_000);

        assertThat(events(("[" + thousand + "]").getBytes(UTF_8)).events()).hasSize(1_000);
        assertThat(reasonOf("[" + thousand + "1]")).isEqualTo(Reason.TOO_MANY_EVENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Id\":\"a\",\"x\":12345678901234567890123456789}",
                "{\"Id\":\"a\",\"x\":1e400}",
                "{\"Id\":\"a\",\"x\":\"\\u0000 \\ud800\"}",
                "{\"Id\":\"a\",\"x\":\"raw\ttab\"}",
                "\ufeff{\"Id\":\"a\"}",
                "{\r\n  \"Id\" : \"a\",\r\n}\r\n"
            })
    void whatNobodyNeedsDoesNotFailAnEvent(String body) {
        assertThat(new String(readable(body).bytes(), UTF_8)).isEqualTo(body);
    }

    @Test
    void aNumberOf2000DigitsAndATextOf200KilobytesDoNotFailAnEvent() {
        assertThat(readable("{\"n\":" + "9".repeat(2_000) + ",\"Id\":\"a\"}").callId())
                .isEqualTo("a");
        assertThat(readable("{\"s\":\"" + "s".repeat(200_000) + "\",\"Id\":\"a\"}")
                        .callId())
                .isEqualTo("a");
        assertThat(readable("{\"" + "k".repeat(200_000) + "\":1,\"Id\":\"a\"}").callId())
                .isEqualTo("a");
    }

    @Test
    void nulEscapesAndLoneSurrogatesOfACallIdStay() {
        assertThat(readable("{\"Id\":\"a\\u0000b\\ud800\"}").callId()).isEqualTo("a\u0000b\ud800");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "x-UTF-16LE-BOM"})
    void wideTextIsReadAsUtf8(String charset) {
        var scanned = events(EVENT.getBytes(Charset.forName(charset)));

        assertThat(scanned.events()).singleElement().isInstanceOfSatisfying(Readable.class, event -> {
            assertThat(event.callId()).isEqualTo("7df52a62-1001-48cd-9ae4-7dec82030001");
            assertThat(new String(event.bytes(), UTF_8)).contains("\"ApiKey\":\"" + "*".repeat(36) + "\"");
        });
        assertThat(scanned.carriesOnly("5f1c0de0-0000-4a11-8b22-00000000a001")).isTrue();
    }

    @Test
    void theIdentityIgnoresLayoutAndKeyButNotMeaning() {
        var id = idOf(EVENT);

        assertThat(idOf(EVENT.replace("\"ApiKey\":\"5f1c0de0-0000-4a11-8b22-00000000a001\",", "")))
                .isEqualTo(id);
        assertThat(idOf(EVENT.replace(",", " ,\r\n"))).isEqualTo(id);
        assertThat(idOf(EVENT.replace("\"101\"", "101"))).isEqualTo(id);
        assertThat(idOf(EVENT.replace("Ringing", "Connected"))).isNotEqualTo(id);
        assertThat(idOf(EVENT.replace("\"101\"", "\"102\""))).isNotEqualTo(id);
        assertThat(idOf(EVENT.replace(".514", ".515"))).isNotEqualTo(id);
        assertThat(idOf(EVENT.replace("000000000002", "000000000003"))).isNotEqualTo(id);
        assertThat(WebhookScanner.idOf("other", readable(EVENT))).isNotEqualTo(id);
    }

    @Test
    void theKeysFoundAreComparedAndNeverShown() {
        var same = events(("[" + EVENT + "," + EVENT + "]").getBytes(UTF_8));
        var mixed = events(("[" + EVENT + "," + EVENT.replace("a001", "a002") + "]").getBytes(UTF_8));
        var none = events("{\"Id\":\"a\"}".getBytes(UTF_8));

        assertThat(same.carriesOnly("5f1c0de0-0000-4a11-8b22-00000000a001")).isTrue();
        assertThat(same.carriesOnly("5f1c0de0-0000-4a11-8b22-00000000a002")).isFalse();
        assertThat(mixed.carriesOnly("5f1c0de0-0000-4a11-8b22-00000000a001")).isFalse();
        assertThat(none.carriesOnly("5f1c0de0-0000-4a11-8b22-00000000a001")).isFalse();
        assertThat(same.toString() + same.events()).doesNotContain("5f1c0de0").doesNotContain("555");
    }

    @Test
    void aLongTypeNameIsCutInTheHeaderOnly() {
        var event = readable("{\"Id\":\"a\",\"EventType\":\"" + "T".repeat(1_000) + "\"}");

        assertThat(event.eventType()).hasSize(1_000);
        assertThat(event.ceType()).isEqualTo("mightycall.webhook." + "T".repeat(128));
        assertThat(readable("{\"Id\":\"a\"}").ceType()).isEqualTo("mightycall.webhook.untyped");
    }

    private String nested(int levels) {
        return "{\"Id\":\"a\",\"x\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    private io.switchboard.event.EventId idOf(String body) {
        return WebhookScanner.idOf("default", readable(body));
    }

    private Readable readable(String body) {
        return (Readable) events(body.getBytes(UTF_8)).events().getFirst();
    }

    private Reason reasonOf(String body) {
        return ((Quarantined) events(body.getBytes(UTF_8)).events().getFirst()).reason();
    }

    private Events events(byte[] body) {
        return (Events) scanner.scan(body);
    }
}
