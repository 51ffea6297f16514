package io.switchboard.mightycall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyRedactionTest {
    private static final String SECRET = "5f1c0de0-0000-4a11-8b22-00000000a001";
    private static final int CASES = 4_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"ApiKey\":\"secret\"}|{\"ApiKey\":\"******\"}",
                "{\"apikey\" :  \"secret\"}|{\"apikey\" :  \"******\"}",
                "{\"APIKEY\":\"secret\"}|{\"APIKEY\":\"******\"}",
                "{\"\\u0041pi\\u004bey\":\"secret\"}|{\"\\u0041pi\\u004bey\":\"******\"}",
                "{\"ApiKey\":\"se\\\"cr\\\\\",\"a\":1}|{\"ApiKey\":\"********\",\"a\":1}",
                "{\"ApiKey\":\"\"}|{\"ApiKey\":\"\"}",
                "{\"ApiKey\":12345,\"a\":1}|{\"ApiKey\":\"***\",\"a\":1}",
                "{\"ApiKey\":-1.5e9}|{\"ApiKey\":\"****\"}",
                "{\"ApiKey\":7}|{\"ApiKey\":0}",
                "{\"ApiKey\":true}|{\"ApiKey\":\"**\"}",
                "{\"ApiKey\":null}|{\"ApiKey\":null}",
                "{\"ApiKey\":{\"a\":[\"x]y\",12,null],\"b\":{}},\"c\":\"d\"}|{\"ApiKey\":{\"*\":[\"***\",\"\",null],\"*\":{}},\"c\":\"d\"}",
                "{\"ApiKey\":[],\"c\":\"d\"}|{\"ApiKey\":[],\"c\":\"d\"}",
                "{\"a\":{\"b\":[{\"ApiKey\":\"secret\"}]}}|{\"a\":{\"b\":[{\"ApiKey\":\"******\"}]}}",
                "{\"ApiKey\":\"one\",\"ApiKey\":\"two\"}|{\"ApiKey\":\"***\",\"ApiKey\":\"***\"}",
                "{\"t\":\"{\\\"ApiKey\\\":\\\"secret\\\",\\\"b\\\":1}\",\"c\":\"d\"}|{\"t\":\"{\\\"ApiKey\\\":\\\"******\\\",\\\"b\\\":1}\",\"c\":\"d\"}",
                "{\"t\":\"{\\\"ApiKey\\\": 12}\",\"c\":\"d\"}|{\"t\":\"{\\\"ApiKey\\\": **}\",\"c\":\"d\"}",
                "{\"t\":\"\\\"ApiKey\\\":\\\"secret\\\\\",\"c\":\"d\"}|{\"t\":\"\\\"ApiKey\\\":\\\"********\",\"c\":\"d\"}",
                "{\"t\":\"\\\"ApiKey\\\":\\\"secret\",\"c\":\"d\"}|{\"t\":\"\\\"ApiKey\\\":\\\"******\",\"c\":\"d\"}"
            })
    void valuesAreOverwrittenAndTheJsonStaysJson(String body, String redacted) throws Exception {
        var bytes = body.getBytes(UTF_8);

        var ignored = ApiKeyRedaction.strict(bytes);

        assertThat(new String(bytes, UTF_8)).isEqualTo(redacted);
        try (var parser = TolerantJson.parser(bytes, 0)) {
            while (parser.nextToken() != null) {
                // to the end without complaint
            }
        }
    }

    @Test
    void whiteSpaceAroundTheColonDoesNotHideTheValue() {
        var bytes = "{\"ApiKey\"\r\n:\t\"secret\"}".getBytes(UTF_8);

        assertThat(ApiKeyRedaction.strict(bytes)).containsExactly("secret");
        assertThat(new String(bytes, UTF_8)).isEqualTo("{\"ApiKey\"\r\n:\t\"******\"}");
    }

    @Test
    void theKeyFoundIsTheTextOfItsJson() {
        assertThat(ApiKeyRedaction.strict("{\"ApiKey\":\"s\\u0065c\\/\\n\"}".getBytes(UTF_8)))
                .containsExactly("sec/\n");
        assertThat(ApiKeyRedaction.strict("{\"ApiKey\":12}".getBytes(UTF_8))).containsExactly("12");
        assertThat(ApiKeyRedaction.strict("{\"ApiKey\":null}".getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"EventType\":\"ApiKey\",\"Guid\":\"x\"}",
                "[\"ApiKey\",\"x\"]",
                "{\"ApiKeyId\":\"x\",\"MyApiKey\":\"y\"}",
                "{\"t\":\"my ApiKey: abc\",\"u\":\"v\"}",
                "{\"t\":\"ApiKey: \",\"u\":\"v\"}",
                "{\"t\":\"say \\\"ApiKey\\\": \",\"u\":\"v\"}"
            })
    void textThatOnlyMentionsTheNameStays(String body) {
        var bytes = body.getBytes(UTF_8);

        assertThat(ApiKeyRedaction.strict(bytes)).isEmpty();
        assertThat(new String(bytes, UTF_8)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ApiKey\":\"#",
                "{\"ApiKey\":\"#\"",
                "{\"ApiKey\":\"#\",\"Body\":{",
                "{\"ApiKey\":#",
                "{ApiKey:\"#\"}",
                "{ApiKey:#}",
                "{'ApiKey':'#'}",
                "{\"ApiKey:\"#\"}",
                "{ApiKey\":\"#\"}",
                "{\"ApiKey\"\"#\"}",
                "{\"ApiKey\" \"#\"}",
                "{\"ApiKey\",\"#\"}",
                "{\"ApiKey\"=>\"#\"}",
                "{\"ApiKey\"x:\"#\"}",
                "{\"ApiKey\":\"ab\"#\",\"Guid\":\"x\"}",
                "{\"ApiKey\":{\"v\":\"#\"",
                "{\"ApiKey\":}\"#\"}",
                "{\"ApiKey\":null\"#\"}",
                "Id=a&ApiKey=#&x=y",
                "payload=%7B%22ApiKey%22%3A%22#%22%7D",
                "<ApiKey>#</ApiKey>",
                "\"ApiKey\":\"#\"",
                "{\"Id\":\"a\"}{\"ApiKey\":\"#\"}",
                "\\\"\\u0061pikey\\\":\\\"#\\\"",
                "{\"a\":\"unterminated,\"ApiKey\":\"#\"}"
            })
    void brokenBodiesLoseTheirSecretToo(String body) {
        assertThat(outputs(body.replace("#", SECRET).getBytes(UTF_8))).doesNotContain(SECRET);
    }

    @Test
    void aDamagedWideBodyLosesItsSecretToo() {
        var wide = ("{\"Id\":\"a\",\"ApiKey\":\"" + SECRET + "\",\"x\":").getBytes(UTF_16LE);

        for (var cut = 0; cut < 8; cut++) {
            var damaged = Arrays.copyOfRange(wide, cut, wide.length);
            assertThat(outputs(damaged).replace("\u0000", "")).doesNotContain(SECRET);
        }
    }

    @Test
    void aWideBodyBehindASpaceIsNotReadPastTheRedaction() {
        var wide = ("{\"Id\":\"a\",\"ApiKey\":\"" + SECRET + "\"}").getBytes(UTF_16LE);
        var body = new byte[wide.length + 1];
        body[0] = ' ';
        System.arraycopy(wide, 0, body, 1, wide.length);

        assertThat(outputs(body).replace("\u0000", "")).doesNotContain(SECRET);
    }

    @Test
    void bytesThatOnlyLookWideAreKeptAndLoseTheirSecret() {
        var body = ("\u0000{\u0000\"ApiKey\":\"" + SECRET + "\"}").getBytes(UTF_8);

        var output = outputs(body);

        assertThat(output).contains("\u0000{\u0000\"ApiKey\"").doesNotContain(SECRET);
    }

    @Test
    void anyDamageAroundTheNameLeavesNoSecretBehind() {
        var seed = 20260309L;
        System.out.println("ApiKeyRedactionTest seed " + seed);
        var random = new SplittableRandom(seed);
        var alphabet = "{}[]\",:\\ \n\u0000'x1=&%";
        for (var i = 0; i < CASES; i++) {
            var body = new StringBuilder("{\"Body\":{\"Id\":\"a\",\"t\":\"\\\"q\\\"\"},\"ApiKey\" : \"" + SECRET
                    + "\",\"Timestamp\":\"2026-03-09T14:02:15.5140000Z\",\"EventType\":\"IncomingCall\"}");
            for (var damage = random.nextInt(4); damage > 0; damage--) {
                damage(body, random, alphabet);
            }
            assertThat(outputs(body.toString().getBytes(UTF_8)))
                    .as("seed %d case %d: %s", seed, i, body)
                    .doesNotContain(SECRET);
        }
    }

    /** One insertion, deletion or replacement anywhere but in the name and the secret. */
    private static void damage(StringBuilder body, SplittableRandom random, String alphabet) {
        var name = body.indexOf("ApiKey");
        var secret = body.indexOf(SECRET);
        var at = random.nextInt(body.length());
        var inName = at >= name && at < name + 6;
        var inGap = at >= name + 6 && at < secret;
        var inSecret = at >= secret && at < secret + SECRET.length();
        if (inName || inSecret || (inGap && random.nextInt(4) > 0)) {
            return;
        }
        var character = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(4)) {
            case 0 -> body.insert(at == name + 6 ? at + 1 : at, character); // before its quote it is another name
            case 1 -> body.setCharAt(at, character);
            case 2 -> body.deleteCharAt(at);
            default -> body.setLength(Math.max(at, secret + SECRET.length()));
        }
    }

    private static String outputs(byte[] body) {
        var delivery = new WebhookScanner().scan(body);
        if (!(delivery instanceof ScannedDelivery.Events events)) {
            return "";
        }
        var all = new StringBuilder(events.toString());
        events.events().forEach(event -> all.append(new String(event.bytes(), ISO_8859_1)));
        return all.toString();
    }
}
