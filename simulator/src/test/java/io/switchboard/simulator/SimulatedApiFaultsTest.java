package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with the REST API on purpose. */
class SimulatedApiFaultsTest extends ApiFixture {
    @Test
    void aBusyProviderAnswers429BelowTheLimit() {
        start();
        turn("api_busy_probability", 1);

        assertThat(ask("/team").statusCode()).isEqualTo(429);
    }

    @Test
    void errorsComeInBursts() {
        start();
        turn("api_error_burst", 3);
        turn("api_error_probability", 1);
        assertThat(ask("/team").statusCode()).isBetween(500, 504);

        turn("api_error_probability", 0);

        assertThat(ask("/team").statusCode()).isBetween(500, 504);
        assertThat(ask("/team").statusCode()).isBetween(500, 504);
        assertThat(ask("/team").statusCode()).isEqualTo(200);
    }

    @Test
    void aResetConnectionHasNoAnswer() {
        start();
        turn("api_reset_probability", 1);

        assertThatThrownBy(() -> ask("/team")).hasMessageContaining("closed");
    }

    @Test
    void brokenJsonEndsInTheMiddle() {
        start();
        turn("api_cut_probability", 1);
        var answer = ask("/team");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(answer::bodyAsJsonObject).isInstanceOf(DecodeException.class);
    }

    @Test
    void aHeldAnswerOutlastsTheClientsPatience() {
        start();
        turn("api_hang_ms", 20_000);
        turn("api_hang_probability", 1);

        assertThatThrownBy(() -> await(
                        request(HttpMethod.GET, "/v4/api/team").timeout(200).send()))
                .hasMessageContaining("200");
    }

    @Test
    void latencyDelaysEveryAnswer() {
        start();
        turn("api_latency_ms", 300);
        var begun = System.nanoTime();

        assertThat(ask("/team").statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - begun).isGreaterThan(300_000_000L);
    }

    @Test
    void aProviderThatIsDownStillCounts() {
        start();
        turn("api_down", "on");

        assertThat(ask("/team").statusCode()).isEqualTo(503);
        assertThat(ask("/ping").statusCode()).isEqualTo(503);
        turn("api_down", "off");
        assertThat(ask("/team").statusCode()).isEqualTo(200);
        assertThat(stats().getJsonObject("api").getJsonObject("window").getInteger("counted"))
                .isEqualTo(4);
    }

    @Test
    void aRowSlipsInBetweenTwoPages() {
        environment.put("SIMULATOR_HISTORY_CALLS", "40");
        start();
        var whole = get("/calls?pageSize=100").getJsonObject("data").getInteger("total");
        turn("api_shift_probability", 1);

        var first = ids(get("/calls?pageSize=10"));
        var second = ids(get("/calls?pageSize=10&skip=10"));

        assertThat(second).startsWith(first.getLast());
        assertThat(get("/calls?pageSize=100").getJsonObject("data").getInteger("total"))
                .isEqualTo(whole + 1);
    }

    @Test
    void driftedRowsAreOfThreeKinds() {
        environment.put("SIMULATOR_HISTORY_CALLS", "200");
        start();
        turn("api_drift_probability", 1);

        var rows = rows(get("/calls?pageSize=200"), "calls");

        assertThat(rows).anyMatch(row -> row.containsKey("schemaRevision"));
        assertThat(rows).anyMatch(row -> !(row.getValue("dateTimeUtc") instanceof String));
        assertThat(rows).anyMatch(row -> !row.containsKey("id"));
    }

    @Test
    void theSameSeedMeetsTheSameFaults() {
        environment.put("SIMULATOR_API_ERROR_PROBABILITY", "0.5");
        start();
        var first = statuses();
        start();

        assertThat(statuses()).isEqualTo(first).contains(200);
        assertThat(new HashSet<>(first)).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api_journal_envelope    | data     | /journal/requests | {"data":
            api_journal_envelope    | array    | /journal/requests | [{"currentPage":
            api_team_envelope       | data     | /team             | {"data":{"users"
            api_status_words        | busy     | /profile/status   | "Free"
            api_contact_center      | granted  | /contactcenter/communications | {"data":{"currentPage"
            api_nulls               | missing  | /phonenumbers     | "callRecordingMode":"Both, OutgoingBeepDisabled","label"
            api_nulls               | null     | /phonenumbers     | "lastUsed":null
            api_offset              | none     | /contacts         | \\d","comment"
            api_fraction_digits     | 0        | /contacts         | :\\d\\dZ","comment"
            """)
    void switchesChangeTheShapeOfAnswers(String name, String position, String path, String expected) {
        start();
        turn(name, position);

        var text = ask(path).bodyAsString();

        if (expected.contains("\\d")) {
            assertThat(text).containsPattern(expected);
        } else {
            assertThat(text).contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outgoing-unanswered | api_unanswered          | null     | callStatus | null
            outgoing-unanswered | api_unanswered          | canceled | callStatus | Canceled
            outgoing-unanswered | api_unanswered          | missed   | callStatus | Missed
            callback            | api_callback_direction  | callback | direction  | Callback
            internal            | api_internal_direction  | internal | direction  | Internal
            dropped             | api_casing              | pascal   | callStatus | Dropped
            answered            | api_casing              | camel    | callStatus | connected
            """)
    void switchesChangeTheWordsOfCalls(String kind, String name, String position, String member, String expected) {
        start();
        turn(name, position);

        var row = listed(order(kind).getString("id"));

        assertThat(String.valueOf(row.getValue(member))).isEqualTo(expected);
    }

    private List<Integer> statuses() {
        return IntStream.range(0, 12).mapToObj(i -> ask("/team").statusCode()).toList();
    }

    private static List<String> ids(JsonObject answer) {
        return rows(answer, "calls").stream().map(row -> row.getString("id")).toList();
    }
}
