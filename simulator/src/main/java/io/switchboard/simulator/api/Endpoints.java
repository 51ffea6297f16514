package io.switchboard.simulator.api;

import static io.switchboard.simulator.api.Endpoint.delete;
import static io.switchboard.simulator.api.Endpoint.get;
import static io.switchboard.simulator.api.Endpoint.post;
import static io.switchboard.simulator.api.Endpoint.put;

import io.switchboard.simulator.api.Endpoint.Access;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Stream;

/** The table of the REST API's methods; of two that match the first one counts. */
final class Endpoints {
    private Endpoints() {}

    static List<Endpoint> of(ApiAccount account) {
        return Stream.of(calls(account), journal(account), marks(account), people(account), contacts(account))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Endpoint> calls(ApiAccount account) {
        var calls = new CallsHandler(account);
        var voicemails = new VoicemailsHandler(account);
        var messages = new MessagesHandler(account);
        return List.of(
                get("/calls", calls::list),
                post("/calls/makecall", calls::make),
                get("/calls/:id", calls::find),
                get("/voicemails", voicemails::list),
                get("/voicemails/:id", voicemails::find),
                post("/messages/send", messages::send),
                post("/contactcenter/messages/send", messages::send));
    }

    private static List<Endpoint> journal(ApiAccount account) {
        var journal = new JournalHandler(account);
        return List.of(
                get("/journal/requests", journal::list),
                get("/journal/requests/counts", journal::counts),
                get("/journal/requests/:id", journal::find),
                post("/journal/requests/:id/comment", journal::comment),
                delete("/journal/requests/:id/comment", journal::removeComment),
                get("/contactCenter/communications", journal::communications),
                get("/contactcenter/communications", journal::communications));
    }

    private static List<Endpoint> marks(ApiAccount account) {
        var marks = new JournalMarksHandler(account);
        return List.of(
                put("/journal/requests/wfstate", marks::workflow),
                post("/journal/requests/flags", marks::setFlags),
                delete("/journal/requests/flags", marks::clearFlags),
                delete("/journal/requests/voicemail", marks::removeVoicemails),
                delete("/journal/requests/messages", marks::removeMessages),
                post("/journal/requests/message", marks::restoreMessage));
    }

    private static List<Endpoint> people(ApiAccount account) {
        var people = new AccountHandler(account);
        return List.of(
                new Endpoint(HttpMethod.GET, "/ping", Access.OPEN, people::ping),
                get("/phonenumbers", people::numbers),
                get("/phonenumbers/:digits", people::number),
                get("/team", people::team),
                get("/profile", people::ownProfile),
                get("/profile/status", people::status),
                put("/profile/status/:status", people::changeStatus),
                get("/profile/:extension", people::profile));
    }

    private static List<Endpoint> contacts(ApiAccount account) {
        var contacts = new ContactsHandler(account);
        return List.of(
                get("/contacts", contacts::list),
                get("/contacts/limits", contacts::limits),
                get("/contacts/:id", contacts::find),
                post("/contacts", contacts::create),
                put("/contacts", contacts::update),
                put("/contacts/:id", contacts::update),
                delete("/contacts/:id", contacts::delete));
    }
}
