package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

/** Orders, messages, contacts, a person's status, recordings. */
class SimulatedWritesTest extends ApiFixture {
    @Test
    void anOrderedCallIsMadeAndListed() {
        start();

        var answer = send(HttpMethod.POST, "/calls/makecall", "{\"from\":\"+12025550143\",\"to\":\"+14155550162\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(shape(answer.bodyAsJsonObject())).isEqualTo(shape(sample("makecall-200")));
        var row = listed(answer.bodyAsJsonObject().getJsonObject("data").getString("id"));
        assertThat(row.getString("businessNumber")).isEqualTo("+12025550143");
        assertThat(row.getJsonObject("caller").getString("extension")).isEqualTo("101");
        assertThat(row.getJsonArray("called").getJsonObject(0).getString("phone"))
                .isEqualTo("+14155550162");
        assertThat(send(HttpMethod.POST, "/calls/makecall", "{\"from\":\"me\",\"to\":\"101\"}")
                        .bodyAsJsonObject())
                .isEqualTo(sample("makecall-400"));
    }

    @Test
    void aMessageThatIsSentStandsInTheJournal() {
        start();
        var body = "{\"from\":\"+12025550143\",\"to\":[\"+13125550117\"],\"message\":\"Yes\"}";

        var answer = send(HttpMethod.POST, "/messages/send", body).bodyAsJsonObject();

        assertThat(shape(answer)).isEqualTo(shape(sample("messages-send-200")));
        assertThat(answer.getString("sendTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
        var row = rows(get("/journal/requests"), "requests").getFirst();
        assertThat(row.getString("requestGuid")).isEqualTo(answer.getString("id"));
        assertThat(row.getString("origin")).isEqualTo("outbound");
        assertThat(row.getString("text")).isEqualTo("Yes");
    }

    @Test
    void messagesAreRefusedAsInTheSamples() {
        start();
        var body = "{\"from\":\"+12025550143\",\"to\":[\"+13125550117\"],\"message\":\"Yes\"}";

        assertThat(send(HttpMethod.POST, "/messages/send", "{}").bodyAsJsonObject())
                .isEqualTo(sample("messages-send-400"));
        turn("api_messages", "errors");
        assertThat(send(HttpMethod.POST, "/messages/send", body).bodyAsJsonObject())
                .isEqualTo(sample("messages-send-200-with-errors"));
        turn("api_messages", "forbidden");
        var forbidden = send(HttpMethod.POST, "/messages/send", body);
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.bodyAsJsonObject()).isEqualTo(sample("messages-send-403"));
        turn("api_messages", "sent");
        turn("api_messages_per_minute", 0);
        var busy = send(HttpMethod.POST, "/messages/send", body);
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.bodyAsJsonObject().getString("message"))
                .matches("Too many requests\\. Retry after \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7} UTC");
    }

    @Test
    void aContactIsChangedUnderItsEtagAndItsDeletionIsTold() {
        environment.put("SIMULATOR_CONTACTS", "0");
        environment.put("SIMULATOR_CONTACT_EDITS_PER_HOUR", "0");
        start();
        var made = data(send(HttpMethod.POST, "/contacts", contact("Ada")));
        var path = "/contacts/" + made.getString("contactId");
        assertThat(get(path).getJsonObject("data")).isEqualTo(made);

        var changed = data(send(
                HttpMethod.PUT,
                path,
                new JsonObject(contact("Eve"))
                        .put("etag", made.getString("etag"))
                        .encode()));
        assertThat(changed.getString("firstName")).isEqualTo("Eve");
        assertThat(changed.getString("etag")).isNotEqualTo(made.getString("etag"));

        var stale = send(
                HttpMethod.PUT,
                path,
                new JsonObject(contact("Zoe"))
                        .put("etag", made.getString("etag"))
                        .encode());
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.bodyAsJsonObject().getString("errorCode")).isEqualTo("ContactWasModified");
        assertThat(stale.bodyAsJsonObject().getJsonObject("data").getString("etag"))
                .isEqualTo(changed.getString("etag"));

        var twin = send(HttpMethod.POST, "/contacts?checkIntersection=true", contact("Twin"));
        assertThat(twin.statusCode()).isEqualTo(409);

        assertThat(send(HttpMethod.DELETE, path, "").statusCode()).isEqualTo(200);
        assertThat(ask(path).statusCode()).isEqualTo(404);
        assertThat(rows(get("/contacts"), "contacts")).isEmpty();
        var gone = rows(get("/contacts?updatedSince=2026-01-01T00:00:00Z"), "contacts");
        assertThat(gone).singleElement().satisfies(row -> {
            assertThat(row.getString("state")).isEqualTo("deleted");
            assertThat(row.getString("contactId")).isEqualTo(made.getString("contactId"));
        });
    }

    @Test
    void contactsArePaged() {
        environment.put("SIMULATOR_CONTACTS", "25");
        environment.put("SIMULATOR_CONTACT_EDITS_PER_HOUR", "0");
        start();

        var page = get("/contacts?pageSize=10&page=3").getJsonObject("data");

        assertThat(page.getJsonArray("contacts")).hasSize(5);
        assertThat(page.getInteger("pages")).isEqualTo(3);
        assertThat(page.getInteger("records")).isEqualTo(25);
        assertThat(page.getInteger("currentPage")).isEqualTo(3);
        assertThat(ask("/contacts/nonsense").bodyAsJsonObject().getString("errorCode"))
                .isEqualTo("ContactIdHasInvalidFormat");
        assertThat(send(HttpMethod.POST, "/contacts", "{\"contactId\":\"5cbec7858558ea749cd90001\"}")
                        .bodyAsJsonObject()
                        .getString("errorCode"))
                .isEqualTo("ContactIdIsNotEmpty");
        assertThat(send(HttpMethod.POST, "/contacts", "{\"channels\":[7]}")
                        .bodyAsJsonObject()
                        .getString("errorCode"))
                .isEqualTo("ContactDataMalformed");
    }

    @Test
    void theOwnStatusMayBeSet() {
        start();

        assertThat(send(HttpMethod.PUT, "/profile/status/dnd", "").statusCode()).isEqualTo(200);

        assertThat(get("/profile/status").getJsonObject("data").getString("status"))
                .isEqualTo("dnd");
        assertThat(send(HttpMethod.PUT, "/profile/status/lunch", "").bodyAsJsonObject())
                .isEqualTo(sample("profile-status-400"));
    }

    @Test
    void aRecordingIsASoundFileThatCanBeReadInParts() {
        start();
        var link = listed(order("answered").getString("id"))
                .getJsonObject("callRecord")
                .getString("uri");

        var whole = fetch(link, "");
        var part = fetch(link, "bytes=4-7");
        var beyond = fetch(link, "bytes=9999999-");

        assertThat(link).contains(" ");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.getHeader("Content-Type")).isEqualTo("audio/wav");
        assertThat(whole.body().getString(0, 4)).isEqualTo("RIFF");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.getHeader("Content-Range"))
                .isEqualTo("bytes 4-7/" + whole.body().length());
        assertThat(part.body()).isEqualTo(whole.body().getBuffer(4, 8));
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.getHeader("Content-Range"))
                .isEqualTo("bytes */" + whole.body().length());
        assertThat(stats().getJsonObject("api").getJsonObject("requests").fieldNames())
                .noneMatch(name -> name.contains("Mightycall"));
    }

    @Test
    void anExpiredLinkIsAnsweredWithAPageAndAFreshOneWithTheFile() {
        environment.put("SIMULATOR_MEDIA_LINK_SECONDS", "1");
        start();
        var id = order("answered").getString("id");
        var link = listed(id).getJsonObject("callRecord").getString("uri");
        var deadline = System.nanoTime() + 10_000_000_000L;
        while (fetch(link, "").getHeader("Content-Type").startsWith("audio") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        var expired = fetch(link, "");
        var fresh = fetch(listed(id).getJsonObject("callRecord").getString("uri"), "");

        assertThat(expired.statusCode()).isEqualTo(200);
        assertThat(expired.getHeader("Content-Type")).startsWith("text/html");
        assertThat(fresh.getHeader("Content-Type")).isEqualTo("audio/wav");
    }

    @Test
    void filesMayWantToSeeAToken() {
        environment.put("SIMULATOR_MEDIA_AUTH", "bearer");
        start();
        var link = listed(order("answered").getString("id"))
                .getJsonObject("callRecord")
                .getString("uri");

        assertThat(fetch(link, "").statusCode()).isEqualTo(401);
        var path = link.replace(" ", "%20").substring(link.indexOf("/Mightycall"));
        assertThat(await(request(HttpMethod.GET, path).send()).statusCode()).isEqualTo(200);
    }

    @Test
    void theWebPhonesScriptIsThere() {
        start();

        var script = await(client.get(port, "127.0.0.1", "/v4/sdk/mightycall.webphone.sdk.js")
                .send());

        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.bodyAsString()).contains("MightyCallWebPhone", "ApplyConfig", "OnCallIncoming");
    }

    private HttpResponse<Buffer> fetch(String link, String range) {
        var request = client.getAbs(link.replace(" ", "%20"));
        if (!range.isEmpty()) {
            request.putHeader("Range", range);
        }
        return await(request.send());
    }

    private static String contact(String name) {
        return """
                {"firstName":"%s","lastName":"Example","tags":["VIP"],
                 "channels":[{"labels":["Work-phone"],"phone":"+13125550117"}]}
                """.formatted(name);
    }

    private static JsonObject data(HttpResponse<Buffer> answer) {
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        return answer.bodyAsJsonObject().getJsonObject("data");
    }
}
