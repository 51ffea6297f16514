package io.switchboard.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.EventName;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.script.ScriptedCall;
import io.switchboard.simulator.script.ScriptedEvent;
import io.switchboard.simulator.script.ScriptedEvent.Reach;
import io.switchboard.simulator.wire.WireSettings.CallId;
import io.switchboard.simulator.wire.WireSettings.EndExtension;
import io.switchboard.simulator.wire.WireSettings.ExtensionForm;
import io.switchboard.simulator.wire.WireSettings.Guid;
import io.switchboard.simulator.wire.WireSettings.Layout;
import io.switchboard.simulator.wire.WireSettings.Names;
import io.switchboard.simulator.wire.WireSettings.Offset;
import io.switchboard.simulator.wire.WireSettings.TrailingComma;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookCodecTest {
    private static final String API_KEY = "5f1c0de0-0000-4a11-8b22-00000000a001";
    private static final UUID CALL = UUID.fromString("7df52a62-1001-48cd-9ae4-7dec82030001");
    private static final Instant AT = Instant.parse("2026-03-09T14:02:15.514Z");
    private static final ScriptedEvent START = event(EventName.INCOMING_CALL, null, Reach.PART, 1);
    private static final ScriptedEvent RINGING = event(EventName.INCOMING_CALL_RINGING, "101", Reach.PART, 2);
    private static final ScriptedEvent END = event(EventName.INCOMING_CALL_COMPLETED, "101", Reach.WHOLE_CALL_END, 3);

    private final Switches switches = new Switches();

    @Test
    void theDefaultIsTheDocumentedEnvelopeInOneLine() {
        assertThat(text(RINGING)).isEqualTo("""
                {"Body":{"From":"+13125550117","To":"+12025550143","Id":"7df52a62-1001-48cd-9ae4-7dec82030001",\
                "Extension":"101"},"Guid":"0e7e0000-0000-4000-8000-000000000002",\
                "ApiKey":"5f1c0de0-0000-4a11-8b22-00000000a001","Timestamp":"2026-03-09T14:02:15.5140000Z",\
                "EventType":"IncomingCallRinging"}""");
    }

    @Test
    void prettyIsTheDocumentationsSample() {
        switches.layout = Layout.PRETTY;

        assertThat(text(RINGING)).isEqualTo(PRETTY_RINGING);
    }

    @Test
    void crlfIsPrettyWithCarriageReturns() {
        switches.layout = Layout.CRLF;

        assertThat(text(RINGING)).isEqualTo(PRETTY_RINGING.replace("\n", "\r\n"));
    }

    @Test
    void aTrailingCommaFollowsTheLastMember() {
        switches.layout = Layout.PRETTY;
        switches.trailingComma = TrailingComma.YES;

        assertThat(text(RINGING))
                .isEqualTo(PRETTY_RINGING.replace("\"IncomingCallRinging\"\n", "\"IncomingCallRinging\",\n"));
    }

    @Test
    void anEventAboutNobodyHasNoExtensionMember() {
        assertThat(text(START)).contains("\"Id\":\"7df52a62-1001-48cd-9ae4-7dec82030001\"},\"Guid\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            NULL   | STRING | ,"Extension":null}
            NULL   | NUMBER | ,"Extension":null}
            ABSENT | STRING | }
            ABSENT | NUMBER | }
            NUMBER | STRING | ,"Extension":"101"}
            NUMBER | NUMBER | ,"Extension":101}
            """)
    void theEndOfTheWholeCallCarriesWhatTheSwitchSays(EndExtension end, ExtensionForm form, String expected) {
        switches.endExtension = end;
        switches.extensionForm = form;

        assertThat(text(END)).contains("\"Id\":\"7df52a62-1001-48cd-9ae4-7dec82030001\"" + expected + ",\"Guid\"");
    }

    @ParameterizedTest
    @CsvSource({"NULL", "ABSENT", "NUMBER"})
    void anOutgoingEndNamesTheDiallerWhateverTheSwitchSays(EndExtension end) {
        switches.endExtension = end;

        assertThat(text(event(EventName.OUTGOING_CALL_COMPLETED, "101", Reach.WHOLE_CALL_END, 4)))
                .contains("\"Extension\":\"101\"}");
        assertThat(text(event(EventName.OUTGOING_CALL_COMPLETED, null, Reach.WHOLE_CALL_END, 4)))
                .doesNotContain("Extension");
    }

    @Test
    void theEndOfALegAlwaysNamesItsExtension() {
        switches.endExtension = EndExtension.ABSENT;
        switches.extensionForm = ExtensionForm.NUMBER;

        assertThat(text(event(EventName.INCOMING_CALL_COMPLETED, "102", Reach.PART, 5)))
                .contains("\"Extension\":102}");
    }

    @Test
    void theCallIdStandsAtTheTopLevelToo() {
        switches.callId = CallId.BOTH;

        assertThat(text(RINGING))
                .endsWith("\"EventType\":\"IncomingCallRinging\",\"CallId\":\"7df52a62-1001-48cd-9ae4-7dec82030001\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "UNIQUE, 0e7e0000-0000-4000-8000-000000000002",
        "ZERO, 00000000-0000-0000-0000-000000000000",
        "REPEATED, 0e7e0000-0000-4000-8000-000000000001"
    })
    void theGuidIsWhatTheSwitchSays(Guid guid, String expected) {
        switches.guid = guid;

        assertThat(text(RINGING)).contains("\"Guid\":\"" + expected + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0, Z, 2026-03-09T14:02:15Z",
        "1, Z, 2026-03-09T14:02:15.5Z",
        "3, NUMERIC, 2026-03-09T14:02:15.514+00:00",
        "6, Z, 2026-03-09T14:02:15.514000Z",
        "7, NUMERIC, 2026-03-09T14:02:15.5140000+00:00"
    })
    void timesHaveTheDigitsAndTheOffsetAskedFor(int digits, Offset offset, String expected) {
        switches.fractionDigits = digits;
        switches.offset = offset;

        assertThat(text(RINGING)).contains("\"Timestamp\":\"" + expected + "\"");
    }

    @Test
    void onlyAContactCentreSaysHowLongTheCallWas() {
        assertThat(text(END)).doesNotContain("CallDuration");

        switches.names = Names.CCAPI;
        switches.callId = CallId.BOTH;

        assertThat(text(END))
                .endsWith("\"CallId\":\"7df52a62-1001-48cd-9ae4-7dec82030001\",\"CallDuration\":\"00:03:41\"}");
        assertThat(text(RINGING)).doesNotContain("CallDuration");
    }

    @Test
    void textIsEscaped() {
        var call = new ScriptedCall(CALL, CallKind.WIDGET, "The \"big\" button", "+12025550143", List.of(START));

        assertThat(encode(call, START)).contains("\"From\":\"The \\\"big\\\" button\"");
    }

    private static final String PRETTY_RINGING = """
            {
              "Body": {
                "From": "+13125550117",
                "To": "+12025550143",
                "Id": "7df52a62-1001-48cd-9ae4-7dec82030001",
                "Extension": "101"
              },
              "Guid": "0e7e0000-0000-4000-8000-000000000002",
              "ApiKey": "5f1c0de0-0000-4a11-8b22-00000000a001",
              "Timestamp": "2026-03-09T14:02:15.5140000Z",
              "EventType": "IncomingCallRinging"
            }""";

    private String text(ScriptedEvent event) {
        var call =
                new ScriptedCall(CALL, CallKind.ANSWERED, "+13125550117", "+12025550143", List.of(START, RINGING, END));
        return encode(call, event);
    }

    private String encode(ScriptedCall call, ScriptedEvent event) {
        var codec = new WebhookCodec(switches.settings(), API_KEY);
        return new String(codec.encode(call, event, AT, Duration.ofSeconds(221)), StandardCharsets.UTF_8);
    }

    private static ScriptedEvent event(EventName name, @Nullable String extension, Reach reach, int number) {
        var guid = UUID.fromString("0e7e0000-0000-4000-8000-00000000000" + number);
        return new ScriptedEvent(Duration.ofSeconds(number), name, extension, reach, guid);
    }

    /** The standard settings, one switch turned at a time. */
    private static final class Switches {
        private Names names = Names.STANDARD;
        private EndExtension endExtension = EndExtension.NULL;
        private ExtensionForm extensionForm = ExtensionForm.STRING;
        private CallId callId = CallId.BODY;
        private Guid guid = Guid.UNIQUE;
        private Layout layout = Layout.COMPACT;
        private int fractionDigits = 7;
        private Offset offset = Offset.Z;
        private TrailingComma trailingComma = TrailingComma.NO;

        WireSettings settings() {
            return new WireSettings(
                    names, endExtension, extensionForm, callId, guid, layout, fractionDigits, offset, trailingComma);
        }
    }
}
