package io.switchboard.projector.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Agent;
import io.switchboard.call.Call.Client;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Leg;
import io.switchboard.call.Call.LegResult;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.Recording;
import io.switchboard.call.Call.State;
import io.switchboard.event.Source;
import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.query.CsvProfile;
import io.switchboard.projector.api.view.CallCells;
import io.switchboard.projector.api.view.ReadCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader of RFC 4180 gets back. */
class CallCsvTest {
    private static final Instant START = Instant.parse("2026-03-09T17:00:00.514Z");
    private static final int NUMBER = CallCells.COLUMNS.indexOf("client_number");
    private static final int NAME = CallCells.COLUMNS.indexOf("client_name");

    @Test
    void theHeaderAndARowAreWhatTheDocumentShows() {
        var csv = new CallCsv(CsvProfile.RFC4180, Masking.PLAIN);

        assertThat(csv.head().toString())
                .isEqualTo("id,account,direction,state,outcome,client_number,client_name,business_number,"
                        + "agent_extension,agent_name,started_at,answered_at,ended_at,wait_seconds,talk_seconds,"
                        + "duration_seconds,extensions,recording_status,sources,provisional,version\r\n");
        assertThat(csv.encode(List.of(call("+13125550117", null))).toString())
                .isEqualTo("7df52a62,default,inbound,ended,answered,+13125550117,,+12025550143,102,,"
                        + "2026-03-09T17:00:00.514Z,2026-03-09T17:00:09.514Z,2026-03-09T17:01:10.714Z,"
                        + "9,61.2,10000000.000001,101;102,none,webhook;poll,false,7\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+15551234567",
                "=cmd|'/c calc'!A1",
                "-1",
                "Ann \"the\r\nboss\", Ltd",
                "@sum",
                "\tx",
                "\rx",
                "'x",
                " x ",
                "",
                "\"",
                "ünï😀",
                "a;b",
                "\n"
            })
    void everyTextComesBack(String text) {
        for (var profile : CsvProfile.values()) {
            var read = read(new CallCsv(profile, Masking.PLAIN)
                    .encode(List.of(call(text, text)))
                    .toString());

            assertThat(read).hasSize(1);
            var guarded = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
            var expected = profile == CsvProfile.SPREADSHEET && guarded ? "'" + text : text;
            assertThat(read.getFirst()).hasSize(CallCells.COLUMNS.size());
            assertThat(read.getFirst().get(NUMBER)).isEqualTo(expected);
            assertThat(read.getFirst().get(NAME)).isEqualTo(expected);
        }
    }

    @Test
    void anythingComesBack() {
        var seed = new SplittableRandom().nextLong();
        var random = new SplittableRandom(seed);
        var alphabet = "a,\"\r\n=+-@\t' ;\u00e9\u0000\u2028";
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var name = text.toString();
            var read = read(new CallCsv(CsvProfile.RFC4180, Masking.PLAIN)
                    .encode(List.of(call("1", name), call("2", name)))
                    .toString());
            assertThat(read).as("seed %d", seed).hasSize(2).allMatch(row -> name.equals(row.get(NAME)));
        }
    }

    @Test
    void numbersAreMaskedForWhoSeesThemMasked() {
        var text = new CallCsv(CsvProfile.RFC4180, Masking.MASKED)
                .encode(List.of(call("+13125550117", "+13125550117")))
                .toString(StandardCharsets.UTF_8);

        assertThat(text).doesNotContain("5550117").contains("+1312•••••17,+1312•••••17,+12025550143");
    }

    private static ReadCall call(String number, @Nullable String name) {
        return new ReadCall(
                new Call(
                        "default",
                        "7df52a62",
                        Direction.INBOUND,
                        State.ENDED,
                        Outcome.ANSWERED,
                        new Client(number, name),
                        "+12025550143",
                        new Agent("102", null),
                        START,
                        START.plusSeconds(9),
                        START.plusMillis(70_200),
                        Duration.ofSeconds(9),
                        Duration.ofMillis(61_200),
                        Duration.ofSeconds(10_000_000).plusNanos(1_000),
                        List.of(
                                new Leg("101", START, null, START.plusSeconds(5), LegResult.NO_ANSWER),
                                new Leg("102", START, null, START.plusSeconds(5), LegResult.ANSWERED)),
                        new Recording(Recording.Status.NONE, null),
                        Set.of(Source.POLL, Source.WEBHOOK),
                        true,
                        START,
                        7),
                false);
    }

    /** Reads RFC 4180 to the letter: CRLF ends a row, and outside quotes there are no quotes and no line breaks. */
    static List<List<String>> read(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            var cell = new StringBuilder();
            if (text.charAt(at) == '"') {
                at++;
                while (text.charAt(at) != '"' || (at + 1 < text.length() && text.charAt(at + 1) == '"')) {
                    at += text.charAt(at) == '"' ? 1 : 0;
                    cell.append(text.charAt(at++));
                }
                at++;
            } else {
                while (",\r\n\"".indexOf(text.charAt(at)) < 0) {
                    cell.append(text.charAt(at++));
                }
            }
            row.add(cell.toString());
            if (text.charAt(at) == ',') {
                at++;
            } else {
                assertThat(text.substring(at, at + 2)).isEqualTo("\r\n");
                at += 2;
                rows.add(List.copyOf(row));
                row.clear();
            }
        }
        assertThat(row).isEmpty();
        return rows;
    }
}
