package io.switchboard.mightycall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.call.Call;
import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFold;
import io.switchboard.event.Source;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The provider's documented sequences, from the bytes on the wire to the folded call. */
class SampleSequencesTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Instant RECEIVED = Instant.parse("2026-03-09T20:00:00Z");

    @Test
    void inboundAnswered() throws IOException {
        assertThat(rendered("01-inbound-answered")).isEqualTo("""
                inbound ended answered, client +13125550117, business +12025550143, agent 101
                started 13:45:10, answered 13:45:22, ended 13:48:00, wait PT12S, talk PT2M38S, all PT2M50S
                101 ringing 13:45:15 connected 13:45:22 ended 13:48:00: answered""");
    }

    @Test
    void inboundSequentialDial() throws IOException {
        assertThat(rendered("02-inbound-sequential-dial")).isEqualTo("""
                inbound ended answered, client +13125550117, business +12025550143, agent 102
                started 14:12:10, answered 14:12:38, ended 14:15:10, wait PT28S, talk PT2M32S, all PT3M
                101 ringing 14:12:15 connected - ended 14:12:30: no_answer
                102 ringing 14:12:31 connected 14:12:38 ended 14:15:10: answered""");
    }

    @Test
    void inboundMissed() throws IOException {
        assertThat(rendered("03-inbound-missed")).isEqualTo("""
                inbound ended missed, client +14155550162, business +12025550143, agent -
                started 14:30:00, answered -, ended 14:30:26, wait PT26S, talk -, all PT26S
                101 ringing 14:30:05 connected - ended 14:30:25: no_answer""");
    }

    @Test
    void inboundVoicemail() throws IOException {
        assertThat(rendered("04-inbound-voicemail")).isEqualTo("""
                inbound ended voicemail, client +13125550117, business +12025550143, agent -
                started 14:40:10, answered -, ended 14:41:20, wait PT1M10S, talk -, all PT1M10S
                101 ringing 14:40:15 connected - ended 14:40:35: no_answer""");
    }

    @Test
    void outboundAnswered() throws IOException {
        assertThat(rendered("06-outbound-answered")).isEqualTo("""
                outbound ended answered, client +14155550162, business +12025550143, agent 101
                started 14:20:00, answered 14:20:09, ended 14:24:31, wait PT9S, talk PT4M22S, all PT4M31S
                101 ringing - connected 14:20:09 ended 14:24:31: answered""");
    }

    @Test
    void outboundUnanswered() throws IOException {
        assertThat(rendered("07-outbound-unanswered")).isEqualTo("""
                outbound ended unanswered, client +14155550162, business +12025550143, agent 101
                started 14:28:00, answered -, ended 14:28:31, wait PT31S, talk -, all PT31S
                101 ringing - connected - ended 14:28:31: no_answer""");
    }

    @Test
    void callbackConsult() throws IOException {
        assertThat(rendered("08-callback-consult")).isEqualTo("""
                callback ended answered, client +16175550134, business +12025550178, agent 101
                started 16:10:00, answered 16:10:11, ended 16:14:00, wait PT11S, talk PT3M49S, all PT4M
                101 ringing 16:10:05 connected 16:10:11 ended 16:14:00: answered
                102 ringing 16:11:00 connected 16:11:06 ended 16:11:35: answered""");
    }

    @Test
    void outgoingToColleague() throws IOException {
        assertThat(rendered("10-outgoing-to-colleague")).isEqualTo("""
                internal ended answered, client -, business +12025550143, agent 101
                started 15:10:00, answered 15:10:08, ended 15:11:41, wait PT8S, talk PT1M33S, all PT1M41S
                101 ringing - connected 15:10:08 ended 15:11:41: answered
                105 ringing 15:10:02 connected 15:10:08 ended 15:11:40: answered""");
    }

    @Test
    void contactCentreInboundAnswered() throws IOException {
        assertThat(rendered("12-ccapi-inbound-answered")).isEqualTo("""
                inbound ended answered, client +13125550117, business +12025550143, agent 101
                started 18:00:00, answered 18:00:11, ended 18:03:41, wait PT11S, talk PT3M30S, all PT3M41S
                101 ringing 18:00:04 connected 18:00:11 ended 18:03:40: answered""");
    }

    @Test
    void theRecordsOfTheSampleListConfirmTheirSequences() throws IOException {
        assertThat(renderedWithRecord("03-inbound-missed")).isEqualTo("""
                inbound ended missed, client +14155550162 Dana Ortiz, business +12025550143, agent -
                started 14:30:00, answered -, ended 14:30:26, wait PT26S, talk -, all PT26.003S
                101 ringing 14:30:05 connected - ended 14:30:25: no_answer""");
        assertThat(renderedWithRecord("04-inbound-voicemail")).startsWith("inbound ended voicemail,");
        assertThat(renderedWithRecord("06-outbound-answered"))
                .startsWith(
                        "outbound ended answered, client +14155550162, business +12025550143, agent 101 Alex Moreno\n");
        assertThat(renderedWithRecord("02-inbound-sequential-dial"))
                .startsWith(
                        "inbound ended answered, client +13125550117, business +12025550143, agent 102 Priya Nair\n");
    }

    private static String rendered(String sequence) throws IOException {
        return render(fold(sequenceEvents(sequence)));
    }

    private static String renderedWithRecord(String sequence) throws IOException {
        var events = sequenceEvents(sequence);
        var callId = events.getFirst().callId();
        for (var record : json("api/calls-list-200.json").get("data").get("calls")) {
            if (record.get("id").asText().equals(callId)) {
                events.add(
                        decode(Source.POLL, "mightycall.call", record.toString().getBytes(UTF_8)));
            }
        }
        var call = fold(events);
        assertThat(call.confirmed()).isTrue();
        return render(call);
    }

    private static List<CallEvent> sequenceEvents(String sequence) throws IOException {
        var events = new ArrayList<CallEvent>();
        for (var delivery : json("sequences/" + sequence + ".json").get("deliveries")) {
            var body = delivery.get("payload").toPrettyString().getBytes(UTF_8);
            var scanned = ((ScannedDelivery.Events) new WebhookScanner().scan(body)).events();
            var event = (ScannedEvent.Readable) scanned.getFirst();
            events.add(decode(Source.WEBHOOK, event.ceType(), event.bytes()));
        }
        return events;
    }

    private static CallEvent decode(Source source, String type, byte[] bytes) {
        var scanned = new WebhookScanner().scan(bytes.clone());
        var id = WebhookScanner.idOf(
                "default", ((ScannedDelivery.Events) scanned).events().getFirst());
        var logged = new LoggedEvent(id, source, "default", type, RECEIVED, bytes);
        return ((Decoded.Understood) new CallEventDecoder().decode(logged)).event();
    }

    private static Call fold(List<CallEvent> events) {
        return CallFold.fold(events).orElseThrow().call();
    }

    private static JsonNode json(String file) throws IOException {
        try (var stream = SampleSequencesTest.class.getResourceAsStream("/mightycall/" + file)) {
            return new ObjectMapper().readTree(requireNonNull(stream, file));
        }
    }

    private static String render(Call call) {
        var client = call.client() == null
                ? "-"
                : named(call.client().number(), call.client().name());
        var agent = call.agent() == null
                ? "-"
                : named(call.agent().extension(), call.agent().name());
        var outcome = call.outcome() == null ? "-" : Call.word(call.outcome());
        var lines = new ArrayList<String>();
        lines.add("%s %s %s, client %s, business %s, agent %s"
                .formatted(
                        Call.word(call.direction()),
                        Call.word(call.state()),
                        outcome,
                        client,
                        or(call.businessNumber()),
                        agent));
        lines.add("started %s, answered %s, ended %s, wait %s, talk %s, all %s"
                .formatted(
                        time(call.startedAt()),
                        time(call.answeredAt()),
                        time(call.endedAt()),
                        or(call.waitTime()),
                        or(call.talkTime()),
                        or(call.duration())));
        for (var leg : call.legs()) {
            lines.add("%s ringing %s connected %s ended %s: %s"
                    .formatted(
                            leg.extension(),
                            time(leg.ringingAt()),
                            time(leg.connectedAt()),
                            time(leg.endedAt()),
                            Call.word(leg.result())));
        }
        return String.join("\n", lines);
    }

    private static String named(String text, @Nullable String name) {
        return name == null ? text : text + " " + name;
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "-" : TIME.format(instant);
    }

    private static String or(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
