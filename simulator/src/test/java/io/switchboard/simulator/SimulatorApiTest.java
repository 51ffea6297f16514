package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.simulator.script.CallKind;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST API over HTTP: its shapes are those of the samples. */
class SimulatorApiTest extends ApiFixture {
    @Test
    void aCallThatWasAnnouncedIsListedWithTheSamplesMembers() {
        start();
        var made = order("sequential");

        var row = listed(made.getString("id"));

        assertThat(shape(row)).isEqualTo(shape(sample("calls-get-bare-200")));
        assertThat(row.getString("direction")).isEqualTo("Incoming");
        assertThat(row.getString("callStatus")).isEqualTo("Connected");
        assertThat(row.getJsonObject("caller").getString("phone")).isEqualTo(made.getString("from"));
        assertThat(row.getString("businessNumber")).isEqualTo(made.getString("to"));
        assertThat(get("/calls/" + made.getString("id")))
                .isEqualTo(new JsonObject().put("data", row).put("isSuccess", true));
    }

    @Test
    void everyKindOfCallIsListedWithMembersThatTheSamplesHave() {
        start();
        for (var kind : CallKind.words()) {
            order(kind);
        }

        var answer = until("/calls?pageSize=1000", found -> rows(found, "calls").size() == 15);

        assertThat(shape(answer)).isEqualTo(shape(sample("calls-list-200")));
    }

    @Test
    void aCallOfWhichEveryWebhookWasLostIsListedAllTheSame() {
        environment.put("SIMULATOR_WEBHOOK_URLS", "http://127.0.0.1:1/w/t");
        environment.put("SIMULATOR_VALIDATE", "false");
        environment.put("SIMULATOR_LOSS_PROBABILITY", "1");
        start();
        var made = order("answered");

        assertThat(listed(made.getString("id")).getString("callStatus")).isEqualTo("Connected");
    }

    @Test
    void aCallIsListedAfterTheDelayAndItsRecordingLater() {
        environment.put("SIMULATOR_CALL_RECORD_DELAY_MS", "3600000");
        start();
        var id = order("answered").getString("id");
        assertThat(get("/calls").getJsonObject("data").getMap()).containsEntry("total", 0);
        assertThat(ask("/calls/" + id).statusCode()).isEqualTo(400);
        assertThat(ask("/calls/" + id).bodyAsJsonObject()).isEqualTo(sample("calls-get-400-not-found"));

        turn("recording_delay_ms", 3_600_000);
        turn("call_record_delay_ms", 0);
        assertThat(listed(id).getValue("callRecord")).isNull();

        turn("recording_delay_ms", 0);
        assertThat(listed(id).getJsonObject("callRecord").getString("uri")).startsWith("http://127.0.0.1:" + port);
    }

    @Test
    void aCallThatNeverEndsIsNeverListed() {
        start();
        var id = order("never-ended").getString("id");
        var unused = listed(order("answered").getString("id"));

        assertThat(get("/calls").getJsonObject("data").getInteger("total")).isEqualTo(1);
        assertThat(ask("/calls/" + id).bodyAsJsonObject()).isEqualTo(sample("calls-get-400-not-found"));
    }

    @Test
    void historyIsListedBeforeItIsAnnounced() {
        environment.put("SIMULATOR_WEBHOOK_URLS", "http://127.0.0.1:1/w/t");
        environment.put("SIMULATOR_VALIDATE", "false");
        environment.put("SIMULATOR_MAX_QUEUED", "100");
        environment.put("SIMULATOR_HISTORY_CALLS", "500");
        start();

        assertThat(get("/calls").getJsonObject("data").getInteger("total")).isBetween(490, 500);
    }

    @Test
    void theJournalHasARowForEveryCallAndMessage() {
        start();
        for (var kind : List.of("sequential", "missed", "voicemail")) {
            order(kind);
        }
        text("outbound");
        text("inbound");

        var all = until("/journal/requests", found -> rows(found, "requests").size() == 5);

        assertThat(shape(get("/journal/requests?type=Message")))
                .isEqualTo(without(shape(sample("journal-requests-messages-200")), "/requests/attachments/"));
        var ids = String.join(
                ",",
                rows(all, "requests").stream().map(row -> row.getString("id")).toList());
        assertThat(send(HttpMethod.PUT, "/journal/requests/wfstate?requestIds=" + ids, "Open")
                        .bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("message", "updated"));
        assertThat(without(shape(get("/journal/requests?type=Call")), "/requests/voicemail"))
                .isEqualTo(shape(sample("journal-requests-list-200")));
        for (var row : rows(get("/journal/requests"), "requests")) {
            assertThat(row.getString("id")).matches("[0-9a-f]{24}");
            assertThat(get("/journal/requests/" + row.getString("id"))).isEqualTo(row);
        }
    }

    @Test
    void voicemailsNumbersPeopleAndContactsLookLikeTheSamples() {
        start();
        order("voicemail");
        var voicemails = until("/voicemails", found -> rows(found, "voicemails").size() == 1);
        var id = rows(voicemails, "voicemails").getFirst().getString("id");

        assertThat(shape(voicemails)).isEqualTo(shape(sample("voicemails-list-200")));
        assertThat(shape(get("/voicemails/" + id))).isEqualTo(shape(sample("voicemails-get-200")));
        assertThat(shape(get("/phonenumbers"))).isEqualTo(shape(sample("phonenumbers-list-live-200")));
        assertThat(shape(get("/phonenumbers/0143"))).containsAll(shape(sample("phonenumbers-get-200")));
        assertThat(shape(get("/team"))).isEqualTo(shape(sample("team-200")));
        assertThat(shape(get("/profile"))).isEqualTo(shape(sample("profile-200")));
        assertThat(shape(get("/profile/102"))).isEqualTo(shape(sample("profile-200")));
        assertThat(get("/profile/status")).isEqualTo(sample("profile-status-200"));
        assertThat(shape(get("/contacts")))
                .isEqualTo(without(shape(sample("contacts-list-200")), "/data/contacts/state"));
        assertThat(shape(get("/contacts/limits"))).isEqualTo(shape(sample("contacts-limits-200")));
        assertThat(shape(get("/journal/requests/counts"))).isEqualTo(shape(sample("journal-counts-200")));
    }

    @ParameterizedTest
    @CsvSource({
        "/voicemails/00000000-0000-0000-0000-000000000000, 400, voicemails-400-not-found",
        "/calls/nonsense, 400, calls-get-400-not-found",
        "/phonenumbers/999, 400, phonenumbers-400-not-found",
        "/profile/999, 400, profile-400-not-found",
        "/journal/requests/xxxx, 400, journal-400-id-format",
        "/journal/requests/000000000000000000000000, 404, journal-404",
        "/journal/requests?someUnknownFilter=1, 400, journal-400-filter-malformed",
        "/calls?pageSize=abc&startUtc=yesterday, 400, calls-list-400-model-state",
        "/contactCenter/communications, 403, contactcenter-403-role",
        "/calls, 200, calls-list-empty-200",
        "/journal/requests, 200, journal-requests-empty-200"
    })
    void whatCannotBeFoundOrReadIsAnsweredAsInTheSample(String path, int status, String sample) {
        start();

        var answer = ask(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.bodyAsJsonObject()).isEqualTo(sample(sample));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v4/auth/token", "/v4/api/auth/token", "/api/v3/auth/token", "/api/auth/token"})
    void tokensAreGivenAtEveryKnownPath(String path) {
        start();

        var answer = await(client.post(port, "127.0.0.1", path)
                .putHeader("x-api-key", API_KEY)
                .sendForm(MultiMap.caseInsensitiveMultiMap()
                        .add("grant_type", "client_credentials")
                        .add("client_id", API_KEY)
                        .add("client_secret", USER_KEY)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(shape(answer.bodyAsJsonObject())).isEqualTo(shape(sample("auth-token-200")));
    }

    @Test
    void theOlderBaseAnswersToo() {
        start();

        assertThat(await(request(HttpMethod.GET, "/api/v3/team").send()).statusCode())
                .isEqualTo(200);
    }

    private static Set<String> without(Set<String> paths, String prefix) {
        var left = new TreeSet<>(paths);
        left.removeIf(path -> path.startsWith(prefix));
        return left;
    }
}
