package io.switchboard.mightycall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalRecordTest {

    @ParameterizedTest(name = "{0} says the same as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,'b':'x'} | { 'b' : 'x', 'a' : 1, }",
                "{'callStatus':'Missed'} | {'CallStatus':'Missed'}",
                "{'a':1} | {'a':1,'callRecord':null}",
                "{'a':1} | {'a':1,'callRecord':{'uri':null}}",
                "{'caller':{'phone':'1','name':null}} | {'caller':{'phone':'1'}}",
                "{'u':'https://panel.mightycall.com/f/a b.wav?recordid=A&id=B'}"
                        + "| {'u':'https://panel.mightycall.com/f/a b.wav?recordid=C&id=D'}",
                "{'u':'https://panel.mightycall.com/f/a.wav?recordid=A#x'} | {'u':'https:/panel.mightycall.com/f/a.wav'}",
                "{'l':[{'link':'HTTP://h/x?1'}]} | {'l':[{'link':'HTTP://h/x?2'}]}",
                "{'t':'\\u0041'} | {'t':'A'}",
            })
    void whatSaysTheSameIsTheSame(String one, String other) {
        assertThat(canonical(one)).isNotNull().isEqualTo(canonical(other));
    }

    @ParameterizedTest(name = "{0} says something else than {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'callRecord':null} | {'callRecord':{'uri':'https://panel.mightycall.com/a.wav?x'}}",
                "{'callStatus':'Missed'} | {'callStatus':'Connected'}",
                "{'etag':'48d6e9031aa40001'} | {'etag':'48d680627534a017'}",
                "{'u':'https://panel.mightycall.com/a.wav?x'} | {'u':'https://panel.mightycall.com/b.wav?x'}",
                "{'duration':'60'} | {'duration':60}",
                "{'text':'is it open?'} | {'text':'is it open? yes'}",
                "{'text':'see https://example.com/?a'} | {'text':'see https://example.com/?b'}",
                "{'l':[1,2]} | {'l':[2,1]}",
                "{'l':[null,1]} | {'l':[1]}",
                "{'a':{'b':1}} | {'a':1,'b':1}",
                "{'a':'1,\\u0022b\\u0022:2'} | {'a':'1','b':2}",
            })
    void whatSaysSomethingElseIsDifferent(String one, String other) {
        assertThat(canonical(one)).isNotNull().isNotEqualTo(canonical(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{'a':1", "{'a':1}{}", "{'a':}"})
    void whatIsNoObjectHasNoCanonicalForm(String text) {
        assertThat(canonical(text)).isNull();
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThat(canonical("{'a':".repeat(64) + "1" + "}".repeat(64))).isNotNull();
        assertThat(canonical("{'a':".repeat(65) + "1" + "}".repeat(65))).isNull();
        assertThat(canonical("{'a':'" + "x".repeat(CanonicalRecord.MAX_BYTES) + "'}"))
                .isNull();
    }

    private static @Nullable String canonical(String text) {
        return CanonicalRecord.of(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
