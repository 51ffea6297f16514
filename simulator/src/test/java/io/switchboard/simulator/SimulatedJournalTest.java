package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, filters and what may be changed. */
class SimulatedJournalTest extends ApiFixture {
    @Test
    void callsPageBySkipAndIgnorePage() {
        environment.put("SIMULATOR_HISTORY_CALLS", "95");
        start();
        var total = get("/calls?pageSize=1000").getJsonObject("data").getInteger("total");
        var seen = new HashSet<String>();
        for (int skip = 0; skip < total; skip += 10) {
            var page = get("/calls?pageSize=10&skip=" + skip);
            assertThat(page.getJsonObject("data").getInteger("total")).isEqualTo(total);
            seen.addAll(ids(page, "calls"));
        }

        assertThat(seen).hasSize(total);
        assertThat(get("/calls?pageSize=10&page=2")).isEqualTo(get("/calls?pageSize=10"));
        assertThat(times(get("/calls?pageSize=1000"), "calls", "dateTimeUtc")).isSortedAccordingTo(String::compareTo);
    }

    @Test
    void journalPagesAreNumberedAndEndWithAShortOne() {
        environment.put("SIMULATOR_HISTORY_CALLS", "60");
        environment.put("SIMULATOR_HISTORY_TEXTS", "30");
        start();

        var first = ids(get("/journal/requests?pageSize=50"), "requests");
        var second = ids(get("/journal/requests?pageSize=50&page=2"), "requests");

        assertThat(first).hasSize(50);
        assertThat(second).hasSizeBetween(35, 40).doesNotContainAnyElementsOf(first);
        assertThat(get("/journal/requests?pageSize=50&page=3").getJsonArray("requests"))
                .isEmpty();
        assertThat(ids(get("/journal/requests?pageSize=1000&reverse=true"), "requests"))
                .isEqualTo(
                        Stream.concat(first.stream(), second.stream()).toList().reversed());
        assertThat(ask("/journal/requests?pageSize=1001").bodyAsJsonObject())
                .isEqualTo(new JsonObject()
                        .put("data", new JsonObject().put("unsupportedFilters", new JsonArray().add("pageSize")))
                        .put("errorCode", "FilterParamsMalformed")
                        .put("message", "Filter params malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=nonsense", "from=yesterday", "origin=x", "inbound=sideways", "isread=1&foo=2"})
    void aFilterThatIsNoneIsRefused(String query) {
        start();

        assertThat(ask("/journal/requests?" + query).statusCode()).isEqualTo(400);
        assertThat(ask("/journal/requests/counts?" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type=message                                  | 2
            type=Call                                     | 4
            type=call,message                             | 6
            origin=outbound                               | 2
            origin=Inbound&type=call                      | 3
            state=dropped                                 | 0
            state=missed                                  | 1
            state=Missed,VoiceMail                        | 2
            inbound=voiceMail                             | 1
            inbound=all                                   | 4
            inbound=missed&outbound=message               | 2
            searchText=Hello                              | 2
            searchText=Hello&searchProperty=Client        | 0
            businessNumber=19995550100                    | 0
            from=2999-01-01                               | 0
            to=2000-01-01T00:00:00Z                       | 0
            wfState=Open                                  | 0
            email=a@example.com                           | 0
            """)
    void filtersNarrowTheJournal(String query, int rows) {
        start();
        Stream.of("answered", "missed", "voicemail", "outgoing").forEach(this::order);
        text("inbound");
        text("outbound");
        var unused = until("/journal/requests", found -> rows(found, "requests").size() == 6);

        assertThat(get("/journal/requests?" + query).getJsonArray("requests")).hasSize(rows);
        assertThat(get("/journal/requests/counts?" + query).getInteger("records"))
                .isEqualTo(rows);
    }

    @Test
    void numbersAreWrittenWithPlusForClientsAndWithoutForOurs() {
        start();
        var made = order("missed");
        var row = listed(made.getString("id"));
        var client = row.getJsonObject("caller").getString("phone").substring(1);
        var ours = row.getString("businessNumber").substring(1);

        assertThat(get("/journal/requests?phone=%2B" + client).getJsonArray("requests"))
                .hasSize(1);
        assertThat(get("/journal/requests?phone=" + client).getJsonArray("requests"))
                .isEmpty();
        assertThat(get("/journal/requests?businessNumber=" + ours).getJsonArray("requests"))
                .hasSize(1);
        assertThat(get("/journal/requests?businessNumber=%2B" + ours).getJsonArray("requests"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            callFilter=Incoming                       | answered,missed,voicemail,widget
            callFilter=Incoming&callFilter=Missed     | missed
            callFilter=Connected                      | answered,outgoing,internal,callback,widget
            callFilter=Outgoing                       | outgoing,callback
            callFilter=InternalOnly                   | internal
            callFilter=CallbackWidget                 | widget
            callFilter=Voicemail,Missed               | missed,voicemail
            customFilter=widget                       | widget
            startUtc=2999-01-01                       |
            """)
    void filtersNarrowCalls(String query, String expected) {
        start();
        var kinds = new HashMap<String, String>();
        for (var kind : List.of("answered", "missed", "voicemail", "outgoing", "internal", "callback", "widget")) {
            kinds.put(order(kind).getString("id"), kind);
        }
        var unused = until("/calls?pageSize=100", found -> rows(found, "calls").size() == 7);

        assertThat(ids(get("/calls?pageSize=100&" + query), "calls").stream().map(kinds::get))
                .containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(","));
    }

    @Test
    void somePicturesComeWithMessages() {
        environment.put("SIMULATOR_HISTORY_TEXTS", "100");
        start();

        var messages = get("/journal/requests?type=message&pageSize=100");

        assertThat(shape(messages)).isEqualTo(shape(sample("journal-requests-messages-200")));
        var link = rows(messages, "requests").stream()
                .flatMap(row -> row.getJsonArray("attachments").stream())
                .map(attachment -> ((JsonObject) attachment).getString("link"))
                .findFirst()
                .orElseThrow();
        var picture = await(client.getAbs(link).send());
        assertThat(picture.getHeader("Content-Type")).isEqualTo("image/png");
        assertThat(picture.body().getString(1, 4)).isEqualTo("PNG");
    }

    @Test
    void commentsStatesAndFlagsAreKept() {
        start();
        order("voicemail");
        var row = rows(
                        until(
                                "/journal/requests",
                                found -> rows(found, "requests").size() == 1),
                        "requests")
                .getFirst();
        var id = row.getString("id");
        var path = "/journal/requests/" + id;

        assertThat(send(HttpMethod.POST, path + "/comment", "Call back").bodyAsJsonObject())
                .isEqualTo(sample("journal-comment-200"));
        assertThat(get(path).getString("comment")).isEqualTo("Call back");
        assertThat(send(HttpMethod.DELETE, path + "/comment", "").statusCode()).isEqualTo(200);
        assertThat(get(path).getString("comment")).isNull();

        assertThat(send(HttpMethod.POST, "/journal/requests/flags?flags=IsRead,Favorite&requestIds=" + id, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(path).getBoolean("read")).isTrue();
        assertThat(rows(get("/voicemails"), "voicemails").getFirst().getString("voicemailStatus"))
                .isEqualTo("Read");
        assertThat(send(HttpMethod.DELETE, "/journal/requests/flags?flags=IsRead&requestIds=" + id, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(path).getBoolean("read")).isFalse();

        assertThat(send(HttpMethod.PUT, "/journal/requests/wfstate?requestIds=" + id, "Done")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(HttpMethod.POST, "/journal/requests/flags?flags=Nice&requestIds=" + id, "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(HttpMethod.DELETE, "/journal/requests/messages?requestIds=" + id, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/journal/requests").getJsonArray("requests")).isEmpty();
    }

    private static List<String> ids(JsonObject answer, String name) {
        return rows(answer, name).stream().map(row -> row.getString("id")).toList();
    }

    /** Newest first, so backwards. */
    private static List<String> times(JsonObject answer, String name, String member) {
        return rows(answer, name).stream()
                .map(row -> row.getString(member).substring(0, 19))
                .toList()
                .reversed();
    }
}
