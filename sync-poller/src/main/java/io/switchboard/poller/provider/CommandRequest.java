package io.switchboard.poller.provider;

import static io.switchboard.poller.provider.ProviderUrls.encoded;

import io.switchboard.sync.ContactContent;
import io.switchboard.sync.PersonCommand;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person's command as the provider wants to be told it (API.md, sections 5.1, 5.2 and 5.4).
 *
 * @param path with its query, behind what all requests for data begin with
 * @param contentType null where there is no body
 * @param personal texts that no detail may show
 */
record CommandRequest(
        HttpMethod method, String path, @Nullable String contentType, Buffer body, List<String> personal) {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    static CommandRequest of(PersonCommand command) {
        return switch (command) {
            case PersonCommand.SendMessage message -> message(message);
            case PersonCommand.MakeCall call ->
                json(
                        HttpMethod.POST,
                        "calls/makecall",
                        new JsonObject().put("from", call.from()).put("to", call.to()),
                        List.of(call.from(), call.to()));
            case PersonCommand.SetStatus status -> bare(HttpMethod.PUT, "profile/status/" + encoded(status.status()));
            case PersonCommand.CreateContact create ->
                json(HttpMethod.POST, "contacts", contact(create.contact()), texts(create.contact()));
            case PersonCommand.UpdateContact update -> update(update);
            case PersonCommand.DeleteContact delete ->
                bare(
                        HttpMethod.DELETE,
                        "contacts/" + encoded(delete.id())
                                + (delete.etag() == null ? "" : "?etag=" + encoded(delete.etag())));
            case PersonCommand.SetComment comment ->
                new CommandRequest(
                        HttpMethod.POST,
                        comment(comment.id()),
                        TEXT,
                        Buffer.buffer(comment.text()),
                        List.of(comment.text()));
            case PersonCommand.DeleteComment comment -> bare(HttpMethod.DELETE, comment(comment.id()));
        };
    }

    private static CommandRequest message(PersonCommand.SendMessage message) {
        var body = new JsonObject()
                .put("from", message.from())
                .put("to", new JsonArray(message.to()))
                .put("message", message.text())
                .put("attachments", new JsonArray());
        var personal = Stream.concat(Stream.of(message.from(), message.text()), message.to().stream());
        return json(HttpMethod.POST, "messages/send", body, personal.toList());
    }

    private static CommandRequest update(PersonCommand.UpdateContact update) {
        var body = contact(update.contact()).put("contactId", update.id());
        if (update.etag() != null) {
            body.put("etag", update.etag());
        }
        return json(HttpMethod.PUT, "contacts/" + encoded(update.id()), body, texts(update.contact()));
    }

    private static JsonObject contact(ContactContent contact) {
        var channels = new JsonArray();
        contact.phones().forEach(phone -> channels.add(channel().put("phone", phone)));
        contact.emails().forEach(email -> channels.add(channel().put("email", email)));
        return new JsonObject()
                .put("firstName", contact.firstName())
                .put("lastName", contact.lastName())
                .put("comment", contact.comment())
                .put("tags", new JsonArray(contact.tags()))
                .put("channels", channels);
    }

    private static JsonObject channel() {
        return new JsonObject().put("labels", new JsonArray());
    }

    private static List<String> texts(ContactContent contact) {
        return Stream.of(
                        Stream.of(contact.firstName(), contact.lastName(), contact.comment()),
                        contact.phones().stream(),
                        contact.emails().stream(),
                        contact.tags().stream())
                .flatMap(texts -> texts)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static String comment(String id) {
        return "journal/requests/" + encoded(id) + "/comment";
    }

    private static CommandRequest json(HttpMethod method, String path, JsonObject body, List<String> personal) {
        return new CommandRequest(method, path, JSON, body.toBuffer(), personal);
    }

    private static CommandRequest bare(HttpMethod method, String path) {
        return new CommandRequest(method, path, null, Buffer.buffer(), List.of());
    }

    /** Shows nothing of what it says. */
    @Override
    public String toString() {
        return "CommandRequest[" + method + "]";
    }
}
